"""``pcc-portal import-fhir``."""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

import click

if TYPE_CHECKING:
    from pcc_portal.integrations.fhir.files import Source
    from pcc_portal.integrations.fhir.report import Report


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object with all counts.")
@click.option("--clinic", default="", help="The clinic's slug; not needed when there is only one.")
@click.option("--source", default="import", help="The system the records come from.", show_default=True)
def command(paths: tuple[Path, ...], as_json: bool, clinic: str, source: str) -> None:
    """Bring in FHIR R4 records: bundles and resources as JSON or NDJSON, also gzipped, and folders.

    Each file is one transaction. A file that cannot be imported is named with the reason, nothing of it
    is written, the others are imported all the same, and the exit status is 1.
    """
    if not source or source == "portal":
        raise click.BadParameter("give the other system a name of its own", param_hint="--source")
    report = asyncio.run(_import(paths, clinic, source))
    for name in report.left_out:
        click.echo(f"left out (not FHIR JSON by its name): {name}", err=True)
    for refusal in report.refusals:
        click.echo(f"refused: {refusal}", err=True)
    if as_json:
        click.echo(json.dumps(report.as_json()))
    else:
        _say(report)
    if report.refusals:
        sys.exit(1)


async def _import(paths: tuple[Path, ...], clinic: str, source: str) -> Report:
    from pcc_portal.db.engine import close_all
    from pcc_portal.domain.actor import Actor
    from pcc_portal.services.record_import import import_records

    try:
        clinic_id = await _clinic(clinic)
        with _Progress() as progress:
            actor = Actor.system(clinic_id, "import")
            return await import_records(actor, paths, source=source, progress=progress.step)
    finally:
        await close_all()


async def _clinic(slug: str) -> UUID:
    from sqlalchemy.exc import DatabaseError

    from pcc_portal.services.record_import import clinics

    try:
        found = await clinics()
    except DatabaseError:
        raise click.ClickException("The database is not ready. Run `pcc-portal migrate` first.") from None
    if slug in found:
        return found[slug]
    names = ", ".join(sorted(found)) or "none; `pcc-portal demo` makes a sample one"
    if slug:
        raise click.ClickException(f"There is no clinic {slug!r} (there is: {names}).")
    if len(found) != 1:
        raise click.ClickException(f"Say which clinic with --clinic (there is: {names}).")
    return next(iter(found.values()))


def _say(report: Report) -> None:
    """The counts for a person: one line a type, then references and files."""
    for kind, counts in report.counts.by_type().items():
        done = [f"{count} {name.replace('_', ' ')}" for name, count in counts.items() if count]
        click.echo(f"{kind}: {', '.join(done)}")
    found = report.as_json()
    references, files = found["references"], found["files"]
    click.echo(f"References: {references['resolved']} resolved, {references['unresolved']} unresolved")
    said = [f"{count} {name.replace('_', ' ')}" for name, count in files.items()]
    click.echo(f"Files: {', '.join(said)}")


class _Progress:
    """A bar on a terminal, a plain line a file elsewhere; both on standard error."""

    def __init__(self) -> None:
        self._bar: Any = None
        self._task: Any = None

    def __enter__(self) -> _Progress:
        if sys.stderr.isatty():
            from rich.console import Console
            from rich.progress import Progress

            self._bar = Progress(console=Console(stderr=True))
            self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar:
            self._bar.stop()

    def step(self, source: Source, done: int, total: int) -> None:
        """Show that one more file is done."""
        if self._bar is None:
            click.echo(f"{done}/{total} {source.name}", err=True)
            return
        if self._task is None:
            self._task = self._bar.add_task("Importing", total=total)
        self._bar.update(self._task, completed=done, description=source.path.name)
