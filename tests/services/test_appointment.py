"""Appointments: asked, offered, taken or declined, booked, cancelled; and by nobody else."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from icalendar import Calendar
from sqlmodel import select

from pcc_portal.db import tables as t
from pcc_portal.domain.errors import Conflict, Denied, Invalid, NotFound
from pcc_portal.domain.ids import utc_now
from pcc_portal.domain.task import Queue
from pcc_portal.services.appointment import (
    accept_offer,
    cancel_appointment,
    decline_offers,
    list_appointments,
    offer_times,
    request_appointment,
    visit_dates,
)
from pcc_portal.web.calendar import calendar_file
from tests.factories import fetch, put
from tests.services.world import World, a_request, an_offer, the_task


async def offered(world: World) -> tuple[UUID, list[UUID]]:
    """A request with two times on offer."""
    request = await request_appointment(world.ana.actor, a_request(world.ana))
    await offer_times(world.cora.actor, an_offer(request))
    rows = await fetch(select(t.AppointmentOffer).order_by(t.AppointmentOffer.start_at))
    return request, [row.id for row in rows]


async def status_of(request: UUID) -> str:
    """Where a request stands."""
    return (await fetch(select(t.Appointment).where(t.Appointment.id == request)))[0].status


class TestRequest:
    async def test_it_is_only_requested(self, world: World):
        request = await request_appointment(world.ana.actor, a_request(world.ana))
        found = await list_appointments(world.ana.actor, world.ana.actor.patient_id)
        assert [card.status_text for card in found.requests] == ["Requested"]
        assert found.requests[0].next_step.startswith("We offer you times by ")
        assert (await the_task(request)).title == "My main clinic: Routine visit or follow-up"

    async def test_twice_is_once(self, world: World):
        draft = a_request(world.ana)
        assert await request_appointment(world.ana.actor, draft) == await request_appointment(
            world.ana.actor, draft
        )
        assert len(await fetch(select(t.Appointment))) == 1

    async def test_its_words_are_scanned(self, world: World):
        request = await request_appointment(
            world.ana.actor, a_request(world.ana, "I can't breathe when I lie down")
        )
        assert (await the_task(request)).rank == 0

    async def test_not_for_a_stranger(self, world: World):
        for person in (world.bo, world.stranger, world.viewer, world.admin):
            with pytest.raises((NotFound, Denied)):
                await request_appointment(person.actor, a_request(world.ana))
        assert await fetch(select(t.Appointment)) == []

    async def test_a_helper_asks_in_her_own_name(self, world: World):
        await request_appointment(world.dana.actor, a_request(world.ana))
        found = await list_appointments(world.ana.actor, world.ana.actor.patient_id)
        assert found.requests[0].asked_by == "Dana Reyes"


class TestOffer:
    async def test_a_time_is_taken_once(self, world: World):
        request, (first, second) = await offered(world)
        assert (await the_task(request)).queue == Queue.PATIENT
        key = uuid4()
        await accept_offer(world.ana.actor, second, key)
        await accept_offer(world.ana.actor, second, key)
        await accept_offer(world.dana.actor, second, uuid4())
        assert await status_of(request) == "booked"
        assert (await the_task(request)).queue == Queue.DONE
        with pytest.raises(Conflict):
            await accept_offer(world.ana.actor, first, uuid4())

    async def test_an_expired_time_says_so(self, world: World):
        request, (first, _second) = await offered(world)
        rows = await fetch(select(t.AppointmentOffer).where(t.AppointmentOffer.id == first))
        rows[0].expires_at = utc_now() - timedelta(minutes=1)
        await put(rows[0])
        with pytest.raises(Conflict):
            await accept_offer(world.ana.actor, first, uuid4())
        assert await status_of(request) == "pending"

    async def test_none_suits(self, world: World):
        request, (first, _second) = await offered(world)
        with pytest.raises(Invalid):
            await decline_offers(world.ana.actor, request, "  ", uuid4())
        await decline_offers(world.ana.actor, request, "Only after 3 pm", uuid4())
        assert (await the_task(request)).queue == Queue.CLINIC
        assert await status_of(request) == "proposed"
        with pytest.raises(Conflict):
            await accept_offer(world.ana.actor, first, uuid4())

    async def test_booked_at_once(self, world: World):
        request = await request_appointment(world.ana.actor, a_request(world.ana))
        await offer_times(world.cora.actor, an_offer(request, book=True))
        found = await list_appointments(world.ana.actor, world.ana.actor.patient_id)
        assert (found.requests, len(found.upcoming)) == ([], 1)
        with pytest.raises(Conflict):
            await offer_times(world.marcus.actor, an_offer(request))

    async def test_only_the_clinics_coordinators_offer(self, world: World):
        request = await request_appointment(world.ana.actor, a_request(world.ana))
        for person in (world.ana, world.dana, world.bo, world.stranger, world.admin):
            with pytest.raises((NotFound, Denied)):
                await offer_times(person.actor, an_offer(request))
        assert await status_of(request) == "proposed"

    async def test_strangers_cannot_take_or_cancel(self, world: World):
        request, (first, _second) = await offered(world)
        for person in (world.bo, world.stranger, world.viewer, world.cora):
            with pytest.raises((NotFound, Denied)):
                await accept_offer(person.actor, first, uuid4())
            with pytest.raises((NotFound, Denied)):
                await cancel_appointment(person.actor, request, "other", uuid4())
            with pytest.raises((NotFound, Denied)):
                await decline_offers(person.actor, request, "no", uuid4())
        assert await status_of(request) == "pending"


class TestCancel:
    async def test_the_clinic_hears_of_a_cancelled_visit(self, world: World):
        request, (first, _second) = await offered(world)
        await accept_offer(world.ana.actor, first, uuid4())
        await cancel_appointment(world.ana.actor, request, "cost", uuid4())
        task = await the_task(request)
        assert (task.queue, task.preview) == (Queue.CLINIC, "Cost")

    async def test_a_request_just_ends(self, world: World):
        request = await request_appointment(world.ana.actor, a_request(world.ana))
        with pytest.raises(Invalid):
            await cancel_appointment(world.ana.actor, request, "because", uuid4())
        await cancel_appointment(world.ana.actor, request, "other", uuid4())
        assert (await the_task(request)).queue == Queue.DONE


class TestCalendar:
    async def test_when_and_where_and_nothing_of_why(self, world: World):
        request, (offer, _later) = await offered(world)
        with pytest.raises(NotFound):
            await visit_dates(world.ana.actor, request)
        await accept_offer(world.ana.actor, offer)
        dates = await visit_dates(world.ana.actor, request)
        file = calendar_file(dates).decode()
        (event,) = Calendar.from_ical(file).walk("VEVENT")
        assert event.start == dates.start.replace(microsecond=0)
        assert event.end == dates.end.replace(microsecond=0)
        assert dates.start.tzinfo is not None and dates.end > dates.start
        assert str(event["summary"]) == f"Visit at {dates.clinic}"
        assert "breath" not in file and world.ana.actor.name not in file

    async def test_only_for_whoever_may_see_appointments(self, world: World):
        request, (offer, _later) = await offered(world)
        await accept_offer(world.ana.actor, offer)
        for person in world.outsiders():
            with pytest.raises((Denied, NotFound)):
                await visit_dates(person.actor, request)

    async def test_a_visit_to_come_has_its_tile_and_the_way_there(self, world: World):
        request, (offer, _later) = await offered(world)
        await accept_offer(world.ana.actor, offer)
        found = await list_appointments(world.ana.actor, world.ana.actor.patient_id)
        (card,) = found.upcoming
        assert card.calendar == f"/calendar/{request}" and card.stage == 3
        assert card.tile.number.isdigit() and card.tile.month and card.tile.weekday
        assert card.directions.endswith("12%20Harbor%20Street%2C%20Boston")
