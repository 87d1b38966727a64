"""A new installation sets up its clinic and its first user."""

from __future__ import annotations

import pytest
from sqlmodel import select

from pcc_portal.db import tables as t
from pcc_portal.domain.actor import Actor, Role
from pcc_portal.domain.errors import Denied, Invalid
from pcc_portal.domain.ids import new_id
from pcc_portal.services.clinic import create_clinic
from pcc_portal.services.identity import create_user
from tests.factories import fetch
from tests.services.world import World

PASSWORD = "a long enough password"


async def test_a_clinic_and_its_first_coordinator(store: str):
    system = Actor.system(new_id())
    known = {"phone": "+1 312 555 0100", "address": "1 Pier, Chicago"}
    clinic = await create_clinic(system, slug="harbor", name="Harbor", zone="America/Chicago", **known)
    (row,) = await fetch(select(t.Clinic))
    assert {"phone": row.phone, "address": row.address} == known
    await create_user(system, email="Cora@Example.org", name="Cora", role=Role.COORDINATOR, password=PASSWORD)
    users = await fetch(select(t.PortalUser))
    assert [(user.email, user.clinic_id) for user in users] == [("cora@example.org", clinic)]


async def test_what_is_wrong_is_said_and_nothing_is_made(store: str):
    with pytest.raises(Invalid) as invalid:
        await create_clinic(Actor.system(new_id()), slug="Harbor!", name=" ", zone="Mars/Base")
    assert set(invalid.value.by_field) == {"slug", "name", "zone"}
    assert await fetch(select(t.Clinic)) == []


async def test_the_same_names_twice(store: str):
    system = Actor.system(new_id())
    await create_clinic(system, slug="harbor", name="Harbor", zone="UTC")
    with pytest.raises(Invalid):
        await create_clinic(Actor.system(new_id()), slug="harbor", name="Other", zone="UTC")
    user = {"email": "a@example.org", "name": "A", "role": Role.LEAD, "password": PASSWORD}
    await create_user(system, **user)
    with pytest.raises(Invalid) as invalid:
        await create_user(system, **user)
    assert set(invalid.value.by_field) == {"email"}


async def test_nobody_but_the_portal_itself(world: World):
    for person in (world.ana, world.cora, world.admin):
        with pytest.raises(Denied):
            await create_clinic(person.actor, slug="own-clinic", name="Own", zone="UTC")
    for person in (world.ana, world.cora, world.lead, world.dana):
        with pytest.raises(Denied):
            await create_user(
                person.actor, email="x@example.org", name="X", role=Role.ADMIN, password=PASSWORD
            )
