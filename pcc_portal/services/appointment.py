"""Appointments: asked for, offered, taken, booked, cancelled."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import col, select

from pcc_portal.cards.appointment import Appointments, VisitDates, cards_of, is_upcoming
from pcc_portal.db import queue
from pcc_portal.db import tables as t
from pcc_portal.db.unit_of_work import Work, reading, unit_of_work
from pcc_portal.domain.actor import Actor
from pcc_portal.domain.appointment import (
    CANCEL_REASONS,
    CARE_TYPES,
    OFFER_HOURS,
    OPEN,
    REASONS,
    AppointmentDraft,
    AppointmentStatus,
    OfferDraft,
)
from pcc_portal.domain.errors import Conflict, Invalid, NotFound
from pcc_portal.domain.permission import Permission
from pcc_portal.domain.task import CANCELLED, TaskKind
from pcc_portal.domain.urgency import Assessment, Urgency, assess
from pcc_portal.language import N_

PAGE = 50
USUAL_LENGTH = timedelta(minutes=30)

GONE = N_("This time is no longer free. Choose another one.")


async def request_appointment(actor: Actor, draft: AppointmentDraft) -> UUID:
    """Ask the clinic for a visit; it stays proposed until a coordinator books it. Twice is once."""
    async with unit_of_work(actor) as work:
        if done := await work.earlier("request-appointment", draft.submission):
            return done
        patient = await work.one(t.Patient, draft.patient_id)
        work.require(Permission.APPOINTMENT_REQUEST, patient.id)
        appointment = work.add(
            t.Appointment(
                clinic_id=patient.clinic_id,
                patient_id=patient.id,
                status=AppointmentStatus.PROPOSED,
                care_type=draft.care_type,
                reason=draft.reason,
                detail=draft.detail,
                modality=draft.modality,
                windows=[window.as_dict() for window in draft.windows],
                needs=draft.needs,
                callback_phone=draft.callback_phone,
                callback_time=draft.callback_time,
                requested_by=actor.user_id,
                requested_by_name=actor.name,
            )
        )
        await work.flush()
        await queue.wait_for_clinic(work, patient, _waiting(appointment))
        return work.settle(appointment.id)


def _waiting(appointment: t.Appointment) -> queue.Waiting:
    return queue.Waiting(
        TaskKind.APPOINTMENT,
        appointment.id,
        "appointments",
        f"{CARE_TYPES[appointment.care_type]}: {REASONS[appointment.reason]}",
        appointment.detail,
        assess(appointment.detail, appointment.reason),
    )


async def offer_times(actor: Actor, draft: OfferDraft) -> UUID:
    """Offer up to three times for a request, or book the first of them at once. Twice is once."""
    async with unit_of_work(actor) as work:
        if done := await work.earlier("offer-times", draft.submission):
            return done
        appointment = await work.one(t.Appointment, draft.appointment_id, lock=True)
        work.require(Permission.APPOINTMENT_TRIAGE, appointment.patient_id)
        if appointment.status not in OPEN:
            raise Conflict(N_("This request was settled already."))
        await queue.refuse_if_held(work, TaskKind.APPOINTMENT, appointment.id)
        await _withdraw_offers(work, appointment)
        if draft.book:
            _book(appointment, draft)
            await queue.finish(work, TaskKind.APPOINTMENT, appointment.id)
        else:
            for start in draft.starts:
                work.add(_offer(work, appointment, draft, start))
            appointment.status = AppointmentStatus.PENDING
            await queue.wait_for_patient(work, TaskKind.APPOINTMENT, appointment.id)
        appointment.updated_at = work.now
        queue.tell(work, appointment.patient_id)
        return work.settle(appointment.id)


def _book(appointment: t.Appointment, draft: OfferDraft) -> None:
    appointment.status = AppointmentStatus.BOOKED
    appointment.start_at = draft.starts[0]
    appointment.end_at = draft.starts[0] + timedelta(minutes=draft.minutes)
    appointment.place, appointment.with_whom = draft.place, draft.with_whom


def _offer(work: Work, appointment: t.Appointment, draft: OfferDraft, start: datetime) -> t.AppointmentOffer:
    return t.AppointmentOffer(
        clinic_id=appointment.clinic_id,
        patient_id=appointment.patient_id,
        appointment_id=appointment.id,
        start_at=start,
        end_at=start + timedelta(minutes=draft.minutes),
        place=draft.place,
        with_whom=draft.with_whom,
        expires_at=work.now + timedelta(hours=OFFER_HOURS),
        offered_by=work.actor.user_id,
    )


async def _offers(work: Work, appointment: t.Appointment) -> list[t.AppointmentOffer]:
    offer = t.AppointmentOffer
    statement = select(offer).where(offer.appointment_id == appointment.id, offer.status == "offered")
    return list(await work.all(statement))


async def _withdraw_offers(work: Work, appointment: t.Appointment) -> None:
    for offer in await _offers(work, appointment):
        offer.status = "withdrawn"


async def accept_offer(actor: Actor, offer_id: UUID | None, submission: UUID | None = None) -> UUID:
    """Take one of the offered times: the visit is booked. An expired or withdrawn one says so."""
    async with unit_of_work(actor) as work:
        if done := await work.earlier("accept-offer", submission):
            return done
        named = await work.one(t.AppointmentOffer, offer_id)
        appointment = await work.one(t.Appointment, named.appointment_id, lock=True)
        offer = await work.one(t.AppointmentOffer, offer_id, lock=True)
        work.require(Permission.APPOINTMENT_REQUEST, appointment.patient_id)
        taken = offer.status == "taken" and appointment.status == AppointmentStatus.BOOKED
        if not taken:
            if appointment.status != AppointmentStatus.PENDING or offer.status != "offered":
                raise Conflict(GONE)
            if offer.expires_at <= work.now:
                raise Conflict(GONE)
            await _withdraw_offers(work, appointment)
            offer.status = "taken"
            appointment.status = AppointmentStatus.BOOKED
            appointment.start_at, appointment.end_at = offer.start_at, offer.end_at
            appointment.place, appointment.with_whom = offer.place, offer.with_whom
            appointment.updated_at = work.now
            await queue.finish(work, TaskKind.APPOINTMENT, appointment.id)
            queue.tell(work, appointment.patient_id)
        return work.settle(appointment.id)


async def decline_offers(
    actor: Actor, appointment_id: UUID | None, why: str, submission: UUID | None = None
) -> UUID:
    """None of the offered times suits: the request goes back to the clinic with the reason."""
    async with unit_of_work(actor) as work:
        if done := await work.earlier("decline-offers", submission):
            return done
        appointment = await work.one(t.Appointment, appointment_id, lock=True)
        work.require(Permission.APPOINTMENT_REQUEST, appointment.patient_id)
        if appointment.status != AppointmentStatus.PENDING:
            raise Conflict(N_("This request was settled already."))
        if not why.strip():
            raise Invalid({"why": N_("Say which times would suit you.")})
        await _withdraw_offers(work, appointment)
        appointment.status = AppointmentStatus.PROPOSED
        appointment.detail = f"{appointment.detail}\n\n{why.strip()}"[-2_000:]
        appointment.updated_at = work.now
        patient = await work.one(t.Patient, appointment.patient_id)
        await queue.wait_for_clinic(work, patient, _waiting(appointment))
        return work.settle(appointment.id)


async def cancel_appointment(
    actor: Actor, appointment_id: UUID | None, reason: str, submission: UUID | None = None
) -> UUID:
    """Cancel a request or a booked visit; the clinic is told of a cancelled visit as a new task."""
    async with unit_of_work(actor) as work:
        if done := await work.earlier("cancel-appointment", submission):
            return done
        if reason not in CANCEL_REASONS:
            raise Invalid({"reason": N_("Choose a reason.")})
        appointment = await work.one(t.Appointment, appointment_id, lock=True)
        work.require(Permission.APPOINTMENT_REQUEST, appointment.patient_id)
        if appointment.status == AppointmentStatus.CANCELLED:
            return work.settle(appointment.id)
        booked = appointment.status == AppointmentStatus.BOOKED
        if not booked and appointment.status not in OPEN:
            raise Conflict(N_("This visit can no longer be cancelled here. Please call us."))
        await _withdraw_offers(work, appointment)
        appointment.status = AppointmentStatus.CANCELLED
        appointment.cancel_reason = reason
        appointment.updated_at = work.now
        await _tell_of_cancel(work, appointment, booked)
        return work.settle(appointment.id)


async def _tell_of_cancel(work: Work, appointment: t.Appointment, booked: bool) -> None:
    if not booked:
        await queue.finish(work, TaskKind.APPOINTMENT, appointment.id)
        queue.tell(work, appointment.patient_id)
        return
    patient = await work.one(t.Patient, appointment.patient_id)
    waiting = queue.Waiting(
        TaskKind.APPOINTMENT,
        appointment.id,
        "appointments",
        CANCELLED,
        CANCEL_REASONS[appointment.cancel_reason],
        Assessment(Urgency.ADMINISTRATIVE),
    )
    await queue.wait_for_clinic(work, patient, waiting)


async def list_appointments(actor: Actor, patient_id: UUID) -> Appointments:
    """A patient's requests, visits to come and last 50 past ones."""
    async with reading(actor) as work:
        work.require(Permission.APPOINTMENT_READ, patient_id)
        appointment = t.Appointment
        statement = select(appointment).where(appointment.patient_id == patient_id)
        rows = await work.all(statement.order_by(col(appointment.created_at).desc()).limit(200))
        cards = await cards_of(work, rows)
        pairs = list(zip(rows, cards, strict=True))
        upcoming = [p for p in pairs if is_upcoming(p[0], work.now)]
        upcoming.sort(key=lambda p: p[0].start_at or work.now)
        requests = [card for row, card in pairs if row.status in OPEN]
        settled = [p for p in pairs if p[0].status not in OPEN and not is_upcoming(p[0], work.now)]
        settled.sort(key=lambda p: p[0].start_at or p[0].updated_at, reverse=True)
        return Appointments(requests, [c for _row, c in upcoming], [c for _row, c in settled[:PAGE]])


async def visit_dates(actor: Actor, appointment_id: UUID | None) -> VisitDates:
    """When and where a booked visit is, for a calendar; one that is not booked is not there."""
    async with reading(actor) as work:
        row = await work.one(t.Appointment, appointment_id)
        work.require(Permission.APPOINTMENT_READ, row.patient_id)
        if row.status != AppointmentStatus.BOOKED or row.start_at is None:
            raise NotFound
        clinic = await work.one(t.Clinic, actor.clinic_id)
        return VisitDates(
            id=str(row.id),
            start=row.start_at,
            end=row.end_at or row.start_at + USUAL_LENGTH,
            updated=row.updated_at,
            clinic=clinic.name,
            place=", ".join(part for part in (row.place, clinic.address) if part),
            phone=clinic.phone,
        )
