"""``pcc-portal create-clinic``."""

from __future__ import annotations

import asyncio

import click


@click.command()
@click.option("--slug", required=True, help="A short name for commands, like harbor-street.")
@click.option("--name", required=True, help="The name people read.")
@click.option("--zone", default="America/New_York", show_default=True, help="IANA time zone.")
@click.option("--phone", default="", help="The number patients can call.")
@click.option("--address", default="", help="Where it is, on one line; for directions to a visit.")
def command(slug: str, name: str, zone: str, phone: str, address: str) -> None:
    """Set up a clinic; users and records belong to one."""
    asyncio.run(_create(slug, name, zone, phone, address))
    click.echo(f"{name} is set up as {slug}.")


async def _create(slug: str, name: str, zone: str, phone: str, address: str) -> None:
    """Call the service; say in words what it would not take."""
    from pcc_portal.db.engine import close_all
    from pcc_portal.domain.actor import Actor
    from pcc_portal.domain.errors import Invalid
    from pcc_portal.domain.ids import new_id
    from pcc_portal.services.clinic import create_clinic

    try:
        system = Actor.system(new_id(), "create-clinic")
        await create_clinic(system, slug=slug, name=name, zone=zone, phone=phone, address=address)
    except Invalid as invalid:
        said = "; ".join(f"{field}: {problem}" for field, problem in invalid.by_field.items())
        raise click.ClickException(said) from None
    finally:
        await close_all()
