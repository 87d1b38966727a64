"""``pcc-portal create-user``."""

from __future__ import annotations

import asyncio
import sys

import click


@click.command()
@click.option("--email", required=True)
@click.option("--name", required=True)
@click.option("--role", required=True, help="patient, coordinator, lead or admin")
@click.option("--clinic", default="", help="The clinic's name; staff belong to one.")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
def command(email: str, name: str, role: str, clinic: str, password_stdin: bool) -> None:
    """Let somebody sign in."""
    if password_stdin:
        password = sys.stdin.readline().rstrip("\n")
    else:
        password = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    try:
        asyncio.run(_create(email, name, role, clinic, password))
    except Exception as error:
        from pcc_portal.domain.errors import PortalError

        if isinstance(error, PortalError):
            raise click.ClickException(str(error)) from None
        raise
    click.echo(f"{name} can sign in as {email}.")


async def _create(email: str, name: str, role: str, clinic: str, password: str) -> None:
    """Call the service and close the database."""
    from pcc_portal.db.engine import close_all
    from pcc_portal.services import identity

    try:
        await identity.create_user(email=email, name=name, role=role, clinic=clinic, password=password)
    finally:
        await close_all()
