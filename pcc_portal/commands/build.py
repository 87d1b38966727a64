"""``pcc-portal build``."""

from __future__ import annotations

import click

from pcc_portal import frontend
from pcc_portal.frontend_files import UnexpectedOutput


@click.command()
@click.option("--force", is_flag=True, help="Build even when nothing has changed.")
def command(force: bool) -> None:
    """Build the production frontend, unless it is up to date."""
    if not build(force=force):
        click.echo("The frontend is up to date.")


def build(*, force: bool = False) -> bool:
    """Build when needed; say what went wrong in words."""
    try:
        return frontend.build(force=force, say=click.echo)
    except (frontend.BuildFailed, UnexpectedOutput) as failed:
        raise click.ClickException(f"The frontend could not be built: {failed}") from None
