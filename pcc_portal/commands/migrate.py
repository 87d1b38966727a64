"""``pcc-portal migrate``."""

from __future__ import annotations

import click

from pcc_portal.settings import settings


@click.command()
def command() -> None:
    """Bring the database to the newest schema."""
    from pcc_portal.db import migrate

    migrate.upgrade(settings().database)
    click.echo(f"The database is at {migrate.revision_of(settings().database)}.")
