"""What was read and refused is on record, about the right patient; and nobody fills the record."""

from __future__ import annotations

import pytest
from sqlmodel import select

from pcc_portal.db import refusals as module
from pcc_portal.db import tables as t
from pcc_portal.domain.errors import NotFound
from pcc_portal.services import identity
from pcc_portal.services.appointment import list_appointments, request_appointment
from pcc_portal.services.care_plan import read_care_plan
from pcc_portal.services.communication import list_threads, open_thread, send_message
from pcc_portal.services.coverage import list_coverages, submit_coverage
from pcc_portal.services.file import open_file
from pcc_portal.services.home import home
from pcc_portal.services.patient import patient_context
from pcc_portal.services.task import inbox, open_task
from pcc_portal.settings import settings
from tests.factories import fetch, nobody_id, put
from tests.services.world import PICTURE, World, a_card, a_message, a_request, refusals, the_task


async def reads(who: t.PortalUser) -> list[tuple[str, object]]:
    """What somebody has read, and about whom."""
    event = t.AuditEvent
    found = await fetch(select(event).where(event.agent_id == who.id, event.action == "R"))
    return [(row.entity_type, row.patient_id) for row in found]


async def test_each_read_names_its_patient(world: World):
    """One patient was looked at, by each service in its own way: every event of it is in her access log."""
    ana, cora = world.ana, world.cora.actor
    patient = ana.actor.patient_id
    assert patient is not None
    thread = await send_message(ana.actor, a_message(ana))
    await request_appointment(ana.actor, a_request(ana))
    await submit_coverage(ana.actor, a_card(ana), PICTURE, None)
    await put(
        t.Goal(clinic_id=world.clinic.id, patient_id=patient, description="Walk", lifecycle_status="active")
    )
    for look in (list_threads, list_appointments, list_coverages, read_care_plan, patient_context, home):
        await look(cora, patient)
    await open_thread(cora, thread)
    await open_task(cora, (await the_task(thread)).id)
    await inbox(cora)
    found = await reads(world.cora.user)
    assert {"CommunicationThread", "Communication", "Appointment", "Coverage", "Task", "Goal", "Patient"} <= {
        kind for kind, _ in found
    }
    assert [each for each in found if each[1] != patient] == []


async def test_the_names_around_a_screen_are_on_record(world: World):
    """The switcher and the banner read a name by its columns."""
    await identity.helped_patients(world.dana.actor)
    await identity.surroundings(world.dana.actor)
    assert set(await reads(world.dana.user)) == {("Patient", world.ana.actor.patient_id)}


async def test_a_switch_that_is_refused_is_on_record(world: World):
    for person in (world.bo, world.cora, world.admin):
        with pytest.raises(NotFound):
            await identity.act_as(person.actor, world.ana.actor.patient_id)
    assert [(row.entity_type, row.agent_id) for row in await refusals()] == [
        ("act-as", person.user.id) for person in (world.bo, world.cora, world.admin)
    ]


async def test_asking_for_what_is_not_there_fills_no_table(world: World, monkeypatch: pytest.MonkeyPatch):
    """Thousands of guessed ids leave as many events as the limit says, one by one, and none for others."""
    monkeypatch.setenv("PCC_REFUSALS_A_MINUTE", "30")
    settings.cache_clear()
    module.refusals.cache_clear()
    try:
        for _ in range(10):
            with pytest.raises(NotFound):
                await open_file(world.bo.actor, nobody_id())
        assert len(await refusals()) == 3
        with pytest.raises(NotFound):
            await open_file(world.stranger.actor, nobody_id())
        assert len(await refusals()) == 4
    finally:
        module.refusals.cache_clear()
