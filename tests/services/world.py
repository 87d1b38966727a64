"""A small clinic for service tests: two patients, a helper, two coordinators, and a clinic across town."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

from sqlmodel import select

from pcc_portal.db import tables as t
from pcc_portal.domain.actor import Level, Role, Scope
from pcc_portal.domain.appointment import AppointmentDraft, OfferDraft, Window
from pcc_portal.domain.communication import MessageDraft
from pcc_portal.domain.coverage import CoverageDraft
from pcc_portal.integrations.storage.clean import CleanFile
from tests.factories import Person, a_clinic, a_coordinator, a_helper, a_patient, a_person, fetch

PICTURE = CleanFile("front.png", "image/png", b"\x89PNG\r\n\x1a\n not really looked at here")


@dataclass(frozen=True)
class World:
    """Everybody a test may need."""

    clinic: t.Clinic
    ana: Person
    bo: Person
    dana: Person
    viewer: Person
    cora: Person
    marcus: Person
    lead: Person
    admin: Person
    stranger: Person

    def outsiders(self) -> tuple[Person, ...]:
        """Who must see nothing of Ana's messages."""
        return (self.bo, self.stranger, self.admin)


async def a_world() -> World:
    """The clinic, fresh."""
    clinic, other = await a_clinic(), await a_clinic("across-town")
    ana, bo = await a_patient(clinic), await a_patient(clinic, "Bo", "Lind")
    everything = (Scope.MESSAGES, Scope.APPOINTMENTS, Scope.INSURANCE, Scope.CARE_PLAN)
    return World(
        clinic=clinic,
        ana=ana,
        bo=bo,
        dana=await a_helper(clinic, _patient(ana), *everything),
        viewer=await a_helper(clinic, _patient(ana), *everything, level=Level.VIEW),
        cora=await a_coordinator(clinic),
        marcus=await a_coordinator(clinic, "Marcus Bell"),
        lead=await a_person(clinic, Role.LEAD, "Priya Nair"),
        admin=await a_person(clinic, Role.ADMIN, "Sam Okafor"),
        stranger=await a_coordinator(other, "Olga Stern"),
    )


def _patient(person: Person) -> t.Patient:
    assert person.patient is not None
    return person.patient


def a_message(patient: Person, body: str = "Is the visit still on?", **more: object) -> MessageDraft:
    """The start of a conversation."""
    values: dict[str, object] = {"category": "general", "subject": "A question", "submission": uuid4()}
    return MessageDraft(body=body, patient_id=_patient(patient).id, **(values | more))  # type: ignore[arg-type]


def a_reply(thread: UUID, body: str = "Yes, it is.") -> MessageDraft:
    """An answer in a conversation."""
    return MessageDraft(body=body, thread_id=thread, submission=uuid4())


def a_request(patient: Person, detail: str = "My knee hurts.") -> AppointmentDraft:
    """A request for a visit."""
    return AppointmentDraft(
        patient_id=_patient(patient).id,
        care_type="primary-care",
        reason="follow-up",
        detail=detail,
        modality="in-person",
        windows=(Window(date(2027, 1, 11), "morning"),),
        callback_phone="617 555 0100",
        callback_time="8-12",
        submission=uuid4(),
    )


def an_offer(appointment: UUID, *, book: bool = False) -> OfferDraft:
    """Two times for a request."""
    start = datetime.now(UTC) + timedelta(days=5)
    return OfferDraft(
        appointment_id=appointment,
        starts=(start, start + timedelta(days=1)),
        minutes=30,
        place="Room 4",
        with_whom="Dr. Osei",
        book=book,
        submission=uuid4(),
    )


def a_card(patient: Person, coverage: UUID | None = None) -> CoverageDraft:
    """An insurance card's details."""
    return CoverageDraft.parse(
        {
            "patient": str(_patient(patient).id),
            "coverage": str(coverage or ""),
            "payer_name": "Bluewater Health",
            "plan_type": "ppo",
            "member_id": "BWH1",
            "relationship": "self",
            "submission": str(uuid4()),
        }
    )


async def the_task(focus: UUID) -> t.Task:
    """The task behind a request."""
    rows = await fetch(select(t.Task).where(t.Task.focus_id == focus))
    assert len(rows) == 1
    return rows[0]


async def refusals() -> list[t.AuditEvent]:
    """Every refusal on record."""
    return await fetch(select(t.AuditEvent).where(t.AuditEvent.outcome == "refused"))
