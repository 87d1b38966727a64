"""Two at the same moment: the one who comes second acts on what the first one left."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlmodel import select, update

from pcc_portal.db import tables as t
from pcc_portal.db.engine import database
from pcc_portal.domain.actor import Actor
from pcc_portal.domain.errors import Conflict, NotFound
from pcc_portal.domain.ids import utc_now
from pcc_portal.domain.task import Queue
from pcc_portal.integrations.storage.clean import CleanFile
from pcc_portal.integrations.storage.vault import path_of
from pcc_portal.services.appointment import accept_offer, offer_times, request_appointment
from pcc_portal.services.communication import send_message
from pcc_portal.services.draft import draft_of, save_draft
from pcc_portal.services.draft_file import (
    add_draft_file,
    discard_draft_files,
    remove_draft_file,
    sweep_draft_files,
)
from pcc_portal.services.task import finish_task
from tests.factories import fetch
from tests.services.world import World, a_message, a_reply, a_request, an_offer, the_task

MOMENT = 0.4


@asynccontextmanager
async def first(store: str, statement: Any, **values: Any) -> AsyncIterator[None]:
    """Somebody holds the row and has changed it, and commits a moment after the block has begun."""
    session = database().session(writes=True)
    row = (await session.exec(statement.with_for_update())).one()
    for name, value in values.items():
        setattr(row, name, value)
    session.add(row)
    await session.flush()

    async def commits() -> None:
        await asyncio.sleep(MOMENT)
        await session.commit()
        await session.close()

    later = asyncio.create_task(commits())
    try:
        yield
    finally:
        await later


async def offers(request: UUID) -> list[t.AppointmentOffer]:
    """The times of a request."""
    statement = select(t.AppointmentOffer).where(t.AppointmentOffer.appointment_id == request)
    return await fetch(statement.order_by(t.AppointmentOffer.start_at))


async def test_words_that_come_while_an_item_is_closed_open_it_again(world: World, store: str):
    """The message must wait in the inbox, whatever the coordinator did in the same moment."""
    thread = await send_message(world.ana.actor, a_message(world.ana))
    task = await the_task(thread)
    async with first(store, select(t.Task).where(t.Task.id == task.id), queue="done", status="completed"):
        await send_message(world.ana.actor, a_reply(thread, "It got worse"))
    task = await the_task(thread)
    assert (task.queue, task.status, task.preview) == (Queue.CLINIC, "requested", "It got worse")


async def test_finishing_and_replying_at_once_lose_no_message(world: World):
    for _ in range(5):
        thread = await send_message(world.ana.actor, a_message(world.ana))
        task = await the_task(thread)
        await asyncio.gather(
            finish_task(world.cora.actor, task.id), send_message(world.ana.actor, a_reply(thread, "Wait"))
        )
        task = await the_task(thread)
        assert task.queue == Queue.CLINIC or (task.done_at and task.preview == "Wait")


async def test_a_time_that_was_just_withdrawn_is_not_booked(world: World, store: str):
    """New times go out while the patient takes an old one: the old one is gone."""
    request = await request_appointment(world.ana.actor, a_request(world.ana))
    await offer_times(world.cora.actor, an_offer(request))
    old = (await offers(request))[0]
    session = database().session(writes=True)
    await session.exec(select(t.Appointment).where(t.Appointment.id == request).with_for_update())
    row = (await session.exec(select(t.AppointmentOffer).where(t.AppointmentOffer.id == old.id))).one()
    row.status = "withdrawn"
    await session.flush()
    taking = asyncio.create_task(accept_offer(world.ana.actor, old.id, uuid4()))
    await asyncio.sleep(MOMENT)
    await session.commit()
    await session.close()
    with pytest.raises(Conflict):
        await taking
    assert [row.status for row in await fetch(select(t.Appointment))] == ["pending"]


async def test_two_take_different_times_and_one_is_booked(world: World):
    request = await request_appointment(world.ana.actor, a_request(world.ana))
    await offer_times(world.cora.actor, an_offer(request))
    one, other = await offers(request)
    results = await asyncio.gather(
        accept_offer(world.ana.actor, one.id, uuid4()),
        accept_offer(world.dana.actor, other.id, uuid4()),
        return_exceptions=True,
    )
    assert sorted(isinstance(result, Conflict) for result in results) == [False, True]
    assert sorted(row.status for row in await offers(request)) == ["taken", "withdrawn"]


async def test_two_take_the_same_time_and_both_have_it(world: World):
    request = await request_appointment(world.ana.actor, a_request(world.ana))
    await offer_times(world.cora.actor, an_offer(request))
    one = (await offers(request))[0]
    both = [accept_offer(who.actor, one.id, uuid4()) for who in (world.ana, world.dana)]
    assert await asyncio.gather(*both) == [request, request]


async def test_a_draft_is_kept_and_thrown_away_at_the_same_moment(world: World):
    """Two tabs, or the last save and the send: none of them fails."""
    actor, patient = world.ana.actor, world.ana.actor.patient_id
    assert patient is not None
    for n in range(6):
        keeps = [save_draft(actor, f"slot-{n}", patient, {"body": str(i)}) for i in range(4)]
        await asyncio.gather(*keeps)
        assert await draft_of(actor, f"slot-{n}", patient) in [{"body": str(i)} for i in range(4)]
        await asyncio.gather(
            save_draft(actor, f"slot-{n}", patient, {}),
            save_draft(actor, f"slot-{n}", patient, {"body": "x"}),
            save_draft(actor, f"slot-{n}", patient, {}),
        )


@pytest.mark.parametrize("way", ["swept", "discarded", "replaced", "removed"])
async def test_a_file_that_is_being_sent_is_not_thrown_away(world: World, store: str, way: str):
    """Sent in this moment it is part of the record, whatever its draft was about to do with it."""
    actor, patient = world.ana.actor, world.ana.actor.patient_id
    assert patient is not None
    picture = CleanFile("card.txt", "text/plain", b"the card")
    file = UUID((await add_draft_file(actor, "card", patient, "front", picture)).id)
    if way == "swept":
        async with database().session(writes=True) as session:
            await session.exec(update(t.StoredFile).values(created_at=utc_now() - timedelta(days=2)))  # type: ignore[call-overload]
            await session.commit()
    throwing = {
        "swept": lambda: sweep_draft_files(Actor.system(actor.clinic_id)),
        "discarded": lambda: discard_draft_files(actor, "card", patient),
        "replaced": lambda: add_draft_file(actor, "card", patient, "front", picture),
        "removed": lambda: remove_draft_file(actor, file),
    }
    async with first(store, select(t.StoredFile).where(t.StoredFile.id == file), owner_kind="coverage"):
        with suppress(NotFound):
            await throwing[way]()
    kept = {row.id: row.owner_kind for row in await fetch(select(t.StoredFile))}
    assert kept.get(file) == "coverage" and path_of(file).exists()
