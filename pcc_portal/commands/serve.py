"""``pcc-portal serve``."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

import click

from pcc_portal import serve
from pcc_portal.commands.build import build


@click.command()
@click.option("--host", envvar="PCC_HOST", show_envvar=True, help="Address to listen on.")
@click.option("--port", envvar="PCC_PORT", show_envvar=True, type=click.IntRange(1, 65535))
def command(host: str | None, port: int | None) -> None:
    """Serve the portal on one port, and restart it when it dies."""
    choose_address(host, port)
    run(lambda: click.echo(f"Ready at {_origin()}"))


def choose_address(host: str | None, port: int | None) -> None:
    """Make the command line's host and port those of the settings, here and in the processes started."""
    for name, value in (("PCC_HOST", host), ("PCC_PORT", port)):
        if value:
            os.environ[name] = str(value)


def run(on_ready: Callable[[], None]) -> None:
    """Build when needed and serve until stopped; ends the process with the server's status."""
    from pcc_portal.settings import settings

    refuse_busy_port()
    build()
    try:
        sys.exit(serve.serve(settings().host, settings().port, on_ready))
    except serve.PortInUse as busy:
        raise click.ClickException(str(busy)) from None


def refuse_busy_port() -> None:
    """End with a sentence when the port is taken, before any long work."""
    from pcc_portal.settings import settings

    try:
        serve.reserve(settings().host, settings().port).close()
    except serve.PortInUse as busy:
        raise click.ClickException(str(busy)) from None


def _origin() -> str:
    from pcc_portal.settings import settings

    return settings().origin
