"""Home: what to do next, the next visit, the coordinator, and what is under way."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func
from sqlmodel import col, select

from pcc_portal import routes
from pcc_portal.cards.appointment import AppointmentCard, cards_of, is_upcoming
from pcc_portal.cards.coverage import CoverageCard, card_of
from pcc_portal.cards.goal import goal_cards
from pcc_portal.cards.home import Coordinator, Home, NextStep, Underway
from pcc_portal.db import queue
from pcc_portal.db import tables as t
from pcc_portal.db.unit_of_work import Work, reading
from pcc_portal.domain import moment
from pcc_portal.domain.actor import Actor, Level, Scope
from pcc_portal.domain.appointment import OPEN, AppointmentStatus
from pcc_portal.domain.clock import OpeningHours
from pcc_portal.domain.communication import Side
from pcc_portal.domain.coverage import Verification
from pcc_portal.domain.permission import Permission
from pcc_portal.language import _, localized, ngettext

OPEN_GOALS = ("proposed", "planned", "accepted", "active")


async def home(actor: Actor, patient_id: UUID) -> Home:
    """The patient's Home, with only the parts that this person may see."""
    async with reading(actor) as work:
        patient = await work.one(t.Patient, patient_id)
        work.require(Permission.SESSION_READ, patient_id)
        hours = await queue.hours_of(work)
        visits = await _visits(work, patient_id)
        coverages = await _coverages(work, patient_id, hours)
        unread = await _unread(work, patient_id)
        goals = await _goals(work, patient_id)
        requests = [card for card in visits if card.status in OPEN]
        upcoming = [card for card in visits if card.status == AppointmentStatus.BOOKED]
        return Home(
            next_step=_do_next(requests, coverages, unread),
            visit=upcoming[0] if upcoming else None,
            coordinator=await _coordinator(work, patient, hours),
            underway=_underway(requests, coverages),
            goals=goals,
            plan=actor.may(Scope.CARE_PLAN, patient_id, Level.VIEW),
            unread=unread,
        )


async def _visits(work: Work, patient_id: UUID) -> list[AppointmentCard]:
    """Open requests and visits to come, the next one first."""
    if not work.actor.may(Scope.APPOINTMENTS, patient_id, Level.VIEW):
        return []
    visit = t.Appointment
    live = [*OPEN, AppointmentStatus.BOOKED]
    rows = await work.all(
        select(visit)
        .where(visit.patient_id == patient_id, col(visit.status).in_(live))
        .order_by(col(visit.start_at), col(visit.created_at))
        .limit(50)
    )
    return await cards_of(work, [row for row in rows if row.status in OPEN or is_upcoming(row, work.now)])


async def _coverages(work: Work, patient_id: UUID, hours: OpeningHours) -> list[CoverageCard]:
    if not work.actor.may(Scope.INSURANCE, patient_id, Level.VIEW):
        return []
    coverage = t.Coverage
    rows = await work.all(
        select(coverage).where(
            coverage.patient_id == patient_id,
            col(coverage.verification).in_([Verification.NOT_CHECKED, Verification.PHOTO_NEEDED]),
            col(coverage.submitted_by).is_not(None),
        )
    )
    return [card_of(row, work, hours) for row in rows]


async def _unread(work: Work, patient_id: UUID) -> int:
    message = t.Communication
    rows = await work.count(
        select(func.count(col(message.id))).where(
            message.patient_id == patient_id,
            message.side == Side.CLINIC,
            col(message.read_at).is_(None),
        )
    )
    return int(rows[0])


async def _goals(work: Work, patient_id: UUID) -> list[bool]:
    """For each open goal whether it is reached, as the care plan page shows it; the reached ones first."""
    goal = t.Goal
    rows = await work.all(
        select(goal).where(goal.patient_id == patient_id, col(goal.lifecycle_status).in_(OPEN_GOALS))
    )
    cards = await goal_cards(work, patient_id, rows)
    return sorted((card.tone == "good" for card in cards), reverse=True)


async def _coordinator(work: Work, patient: t.Patient, hours: OpeningHours) -> Coordinator:
    clinic = await work.one(t.Clinic, work.actor.clinic_id)
    user = t.PortalUser
    found = await work.first(select(user).where(user.id == patient.coordinator_id))
    name = found.name if found else _("Your coordinator team")
    change = moment.soon(hours.next_change(work.now), work.now, hours.zone)
    open_now = hours.is_open(work.now)
    return Coordinator(
        name=name,
        initials="".join(part[:1] for part in name.split()[:2]),
        hours=_("Open until {when}", when=change) if open_now else _("Opens {when}", when=change),
        open_now=open_now,
        reply=_("Answers messages within one business day"),
        phone=clinic.phone,
    )


def _do_next(requests: Sequence[AppointmentCard], coverages: Sequence[CoverageCard], unread: int) -> NextStep:
    """The one thing that waits for the patient: an answer on times, a photo, a message."""
    offered = next((card for card in requests if card.offers), None)
    if offered is not None:
        return NextStep(
            _("Choose a time for your visit"),
            offered.next_step,
            _("See the times"),
            localized(routes.APPOINTMENTS),
            "calendar-clock",
        )
    photo = next((card for card in coverages if card.verification == Verification.PHOTO_NEEDED), None)
    if photo is not None:
        return NextStep(
            _("Send a new photo of your insurance card"),
            photo.reason,
            _("Send a photo"),
            f"{localized(routes.INSURANCE_ADD)}?coverage={photo.id}",
            "camera",
        )
    if unread:
        return NextStep(
            ngettext("You have {n} new message", "You have {n} new messages", unread),
            _("Your coordinator wrote to you."),
            _("Read it"),
            localized(routes.MESSAGES),
            "mail",
        )
    return NextStep("", "", "", "")


def _underway(requests: Sequence[AppointmentCard], coverages: Sequence[CoverageCard]) -> list[Underway]:
    asked = [
        Underway(
            card.title,
            _("Appointment"),
            card.status_text,
            card.tone,
            card.next_step,
            card.turn,
            localized(routes.APPOINTMENTS),
            "appointment",
            card.stage,
        )
        for card in requests
    ]
    sent = [
        Underway(
            card.payer_name,
            _("Insurance"),
            card.verification_text,
            card.tone,
            card.next_step,
            card.turn,
            localized(routes.INSURANCE),
            "coverage",
            card.stage,
        )
        for card in coverages
    ]
    return asked + sent
