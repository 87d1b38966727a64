"""``pcc-portal demo``: the sample clinic, from nothing to a page that can be opened."""

from __future__ import annotations

import asyncio
import inspect
import shutil
from pathlib import Path

import click

from pcc_portal.commands.serve import choose_address, refuse_busy_port, run


@click.command()
@click.option("--fresh", is_flag=True, help="Throw the demo's data away and start over.")
@click.option("--host", envvar="PCC_HOST", show_envvar=True, help="Address to listen on.")
@click.option("--port", envvar="PCC_PORT", show_envvar=True, type=click.IntRange(1, 65535))
def command(fresh: bool, host: str | None, port: int | None) -> None:
    """Serve a sample clinic on an embedded database."""
    choose_address(host, port)
    from pcc_portal.settings import settings

    if settings().environment == "production":
        raise click.ClickException("This is a production environment (PCC_ENVIRONMENT): no demo here.")
    refuse_busy_port()
    if fresh or _unfinished(settings().data_dir).exists():
        _start_over(settings().data_dir, settings().database)
    prepare(settings().data_dir, settings().database)
    run(_welcome)


def prepare(folder: Path, url: str) -> None:
    """Migrate the database and, when it is empty, load the sample clinic."""
    from pcc_portal.db import migrate

    if migrate.revision_of(url) != migrate.newest():
        migrate.upgrade(url)
    if not _is_empty(url):
        return
    from pcc_portal.demo import loader

    click.echo("Loading the sample clinic …")
    folder.mkdir(parents=True, exist_ok=True)
    _unfinished(folder).touch()
    _finish(loader.load())
    _unfinished(folder).unlink()


def main_prepare() -> None:
    """What ``demo`` does before it serves; used by tests that serve for themselves."""
    from pcc_portal.settings import settings

    prepare(settings().data_dir, settings().database)


def _unfinished(folder: Path) -> Path:
    """There while the sample clinic is being loaded: a start that finds it begins again."""
    return folder / ".loading-sample"


def _is_empty(url: str) -> bool:
    """Whether nobody can sign in yet."""
    from sqlalchemy import create_engine, func, select

    from pcc_portal.db.tables.portal_user import PortalUser

    engine = create_engine(url.replace("+aiosqlite", ""))
    try:
        with engine.connect() as connection:
            return not connection.scalar(select(func.count()).select_from(PortalUser))
    finally:
        engine.dispose()


def _finish(result: object) -> None:
    """Run a coroutine to its end, on a loop of its own, and close the database that it opened."""
    if not inspect.iscoroutine(result):
        return

    async def whole() -> None:
        from pcc_portal.db.engine import close_all

        try:
            await result
        finally:
            await close_all()

    asyncio.run(whole())


def _start_over(folder: Path, url: str) -> None:
    """Empty the data folder; refuses when the data is anywhere else."""
    if url != f"sqlite+aiosqlite:///{folder.resolve() / 'portal.db'}":
        raise click.ClickException(
            "FRESH starts the embedded database over; PCC_DATABASE_URL names another one."
        )
    if folder.exists() and any(folder.iterdir()) and not (folder / "portal.db").exists():
        raise click.ClickException(f"{folder} does not look like a demo's data: nothing was deleted.")
    shutil.rmtree(folder, ignore_errors=True)


def _welcome() -> None:
    """The address, and who can sign in."""
    from pcc_portal.sample_people import SIGN_INS
    from pcc_portal.settings import settings

    rows = [("Role", "Name", "E-mail", "Password"), *(tuple(map(str, row[:4])) for row in SIGN_INS)]
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    click.echo(f"\n  The portal is ready: {settings().origin}\n")
    for row in rows:
        click.echo(
            "  " + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        )
    click.echo("\n  All of it is sample data. Stop with Ctrl-C; the data is kept.\n")
