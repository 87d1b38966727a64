"""The sample requests for visits, some with times on offer, some booked."""

from __future__ import annotations

from datetime import datetime, timedelta

from pcc_portal.db import tables as t
from pcc_portal.demo.cast import Item, Stage, add_task
from pcc_portal.demo.scenes import Ask
from pcc_portal.domain.appointment import CARE_TYPES, OFFER_HOURS, REASONS, AppointmentStatus
from pcc_portal.domain.ids import new_id
from pcc_portal.domain.task import TaskKind
from pcc_portal.domain.urgency import assess

STATUSES = {
    "offered": AppointmentStatus.PENDING,
    "booked": AppointmentStatus.BOOKED,
    "cancelled": AppointmentStatus.CANCELLED,
}
STATES = {"offered": "answered", "booked": "done", "cancelled": "done"}
PLACE = "Room 4"
DOCTORS = ("Dr. Amara Osei", "Dr. Ben Farrow", "Nurse Lucia Ortiz")
HOURS_UTC = (14, 15, 18, 19)


async def add_visit(stage: Stage, ask: Ask, n: int) -> None:
    """One request, its task, and the times it was answered with."""
    patient = stage.cast.patient(ask.who)
    at, start = stage.ago(ask.hours), _weekday(stage.work.now, 3 + n % 6, HOURS_UTC[n % 4])
    visit = stage.work.add(_visit(stage, patient, ask, at, start, DOCTORS[n % 3]))
    await stage.work.flush()
    if ask.state == "offered":
        for days, hour in ((0, 14), (1, 19), (2, 15)):
            _offer(stage, visit, _weekday(start, days, hour), DOCTORS[n % 3])
    title = f"{CARE_TYPES[ask.care_type]}: {REASONS[ask.reason]}"
    state, found = STATES.get(ask.state, ask.state), assess(ask.detail, ask.reason)
    item = Item(TaskKind.APPOINTMENT, visit.id, title, ask.detail, "appointments", at, state, found)
    add_task(stage, patient, item)


def _visit(
    stage: Stage, patient: t.Patient, ask: Ask, at: datetime, start: datetime, doctor: str
) -> t.Appointment:
    booked = ask.state == "booked"
    return t.Appointment(
        id=new_id(),
        clinic_id=patient.clinic_id,
        patient_id=patient.id,
        status=STATUSES.get(ask.state, AppointmentStatus.PROPOSED),
        care_type=ask.care_type,
        reason=ask.reason,
        detail=ask.detail,
        modality=ask.modality,
        windows=[
            {"on": start.date().isoformat(), "part": "morning"},
            {"on": _weekday(start, 2, 14).date().isoformat(), "part": "afternoon"},
        ],
        callback_phone=patient.phone or "617 555 0142",
        callback_time="12-16",
        requested_by=stage.cast.users[patient.id].id,
        requested_by_name=patient.name,
        created_at=at,
        updated_at=at,
        start_at=start if booked else None,
        end_at=start + timedelta(minutes=30) if booked else None,
        place=PLACE if booked else "",
        with_whom=doctor if booked else "",
        cancel_reason="feeling-better" if ask.state == "cancelled" else "",
    )


def _offer(stage: Stage, visit: t.Appointment, start: datetime, doctor: str) -> None:
    patient = next(p for p in stage.cast.patients if p.id == visit.patient_id)
    stage.work.add(
        t.AppointmentOffer(
            clinic_id=visit.clinic_id,
            patient_id=visit.patient_id,
            appointment_id=visit.id,
            start_at=start,
            end_at=start + timedelta(minutes=30),
            place=PLACE,
            with_whom=doctor,
            expires_at=stage.work.now + timedelta(hours=OFFER_HOURS),
            offered_by=stage.cast.coordinator(patient).id,
        )
    )


def _weekday(moment: datetime, days: int, hour: int) -> datetime:
    """A weekday so many days later, at a full hour (UTC)."""
    day = moment + timedelta(days=days)
    day += timedelta(days=7 - day.weekday() if day.weekday() >= 5 else 0)
    return day.replace(hour=hour, minute=0, second=0, microsecond=0)
