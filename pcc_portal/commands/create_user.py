"""``pcc-portal create-user``."""

from __future__ import annotations

import asyncio
import sys
from uuid import UUID

import click


@click.command()
@click.option("--email", required=True)
@click.option("--name", required=True)
@click.option(
    "--role", required=True, type=click.Choice(["patient", "trusted", "coordinator", "lead", "admin"])
)
@click.option("--clinic", default="", help="The clinic's slug; not needed when there is only one.")
@click.option("--patient", type=click.UUID, help="The record of somebody who signs in as a patient.")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
def command(
    email: str, name: str, role: str, clinic: str, patient: UUID | None, password_stdin: bool
) -> None:
    """Let somebody sign in."""
    if password_stdin:
        password = sys.stdin.readline().rstrip("\n")
    else:
        password = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    asyncio.run(_create(email, name, role, clinic, patient, password))
    click.echo(f"{name} can sign in as {email}.")


async def _create(email: str, name: str, role: str, clinic: str, patient: UUID | None, password: str) -> None:
    """Call the service; say in words what it would not take."""
    from pcc_portal.db.engine import close_all
    from pcc_portal.domain.actor import Actor, Role
    from pcc_portal.domain.errors import Invalid, PortalError
    from pcc_portal.services import identity

    try:
        actor = Actor.system(await _clinic(clinic), "create-user")
        await identity.create_user(
            actor, email=email, name=name, role=Role(role), password=password, patient_id=patient
        )
    except Invalid as invalid:
        said = "; ".join(f"{field}: {problem}" for field, problem in invalid.by_field.items())
        raise click.ClickException(said) from None
    except PortalError as error:
        raise click.ClickException(error.say) from None
    finally:
        await close_all()


async def _clinic(slug: str) -> UUID:
    """The clinic of that slug; the only one when none is given."""
    from pcc_portal.services.record_import import clinics

    found = await clinics()
    if slug in found:
        return found[slug]
    if not slug and len(found) == 1:
        return next(iter(found.values()))
    raise click.ClickException(
        f"Say which clinic with --clinic (there is: {', '.join(sorted(found)) or 'none'})."
    )
