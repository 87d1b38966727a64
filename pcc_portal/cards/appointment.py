"""Appointments as a browser may see them, with who acts next and by when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import quote
from uuid import UUID

from sqlmodel import col, select

from pcc_portal import routes
from pcc_portal.cards import promise
from pcc_portal.cards.promise import Promise
from pcc_portal.db import queue
from pcc_portal.db import tables as t
from pcc_portal.db.unit_of_work import Work
from pcc_portal.domain import moment
from pcc_portal.domain.appointment import (
    CALLBACK_TIMES,
    CARE_TYPES,
    MODALITIES,
    NEEDS,
    OPEN,
    PARTS_OF_DAY,
    REASONS,
    STATUS_TEXT,
    AppointmentStatus,
)
from pcc_portal.domain.clock import OpeningHours, due_at
from pcc_portal.domain.urgency import Urgency
from pcc_portal.language import _


@dataclass(frozen=True)
class OfferCard:
    """A time that can be taken."""

    id: str
    when: str
    where: str
    until: str


@dataclass(frozen=True)
class DayTile:
    """A day as a leaf of a calendar shows it: ``NOV``, ``30``, and ``Monday`` with the time beside it."""

    month: str = ""
    number: str = ""
    weekday: str = ""
    time: str = ""


NO_DAY = DayTile()


@dataclass(frozen=True)
class VisitDates:
    """A booked visit as a calendar file tells of it: when and where, not why. Moments are UTC."""

    id: str
    start: datetime
    end: datetime
    updated: datetime
    clinic: str
    place: str
    phone: str


@dataclass(frozen=True)
class AppointmentCard:
    """A request or visit as a browser may see it."""

    id: str
    title: str
    status: str
    status_text: str
    tone: str
    when: str
    where: str
    with_whom: str
    detail: str
    wishes: str
    needs: str
    callback: str
    next_step: str
    asked_by: str
    offers: list[OfferCard] = field(default_factory=list)
    can_cancel: bool = False
    turn: str = ""
    stage: int = 0
    tile: DayTile = NO_DAY
    calendar: str = ""
    directions: str = ""


#: How far along Requested, Times offered, Booked a request has come.
STAGES = {AppointmentStatus.PROPOSED: 1, AppointmentStatus.PENDING: 2, AppointmentStatus.BOOKED: 3}
#: Opens the phone's own map with the way to an address, and says nothing about who asks.
MAPS = "https://www.google.com/maps/dir/?api=1&destination="

NO_APPOINTMENT = AppointmentCard("", "", "", "", "neutral", "", "", "", "", "", "", "", "", "")


@dataclass(frozen=True)
class Appointments:
    """A patient's appointments: under way, to come, and past."""

    requests: list[AppointmentCard]
    upcoming: list[AppointmentCard]
    past: list[AppointmentCard]


def is_upcoming(row: t.Appointment, now: datetime) -> bool:
    """Whether a visit is booked and still to come."""
    return row.status == AppointmentStatus.BOOKED and row.start_at is not None and row.start_at > now


async def cards_of(work: Work, rows: Sequence[t.Appointment]) -> list[AppointmentCard]:
    """Appointments as cards, with the times still on offer (two queries at most)."""
    pending = [row.id for row in rows if row.status == AppointmentStatus.PENDING]
    offers: dict[UUID, list[t.AppointmentOffer]] = {}
    if pending:
        offer = t.AppointmentOffer
        found = await work.all(
            select(offer)
            .where(col(offer.appointment_id).in_(pending), offer.status == "offered")
            .order_by(col(offer.start_at))
        )
        for row in found:
            offers.setdefault(row.appointment_id, []).append(row)
    clinic = await work.one(t.Clinic, work.actor.clinic_id)
    return [_card(row, offers.get(row.id, []), clinic, work) for row in rows]


def _card(
    row: t.Appointment, offers: Sequence[t.AppointmentOffer], clinic: t.Clinic, work: Work
) -> AppointmentCard:
    hours = queue.hours_at(clinic)
    zone = work.actor.zone
    status = AppointmentStatus(row.status)
    title = _(CARE_TYPES.get(row.care_type, "")) if row.care_type else row.reason or _("Visit")
    live = [offer for offer in offers if offer.expires_at > work.now]
    step = _next_step(row, live, hours, work)
    return AppointmentCard(
        id=str(row.id),
        title=title,
        status=status,
        status_text=_(STATUS_TEXT[status]),
        tone={"booked": "good", "pending": "warn", "proposed": "wait"}.get(status, "neutral"),
        when=moment.day_and_time(row.start_at, zone) if row.start_at else "",
        where=row.place or (_(MODALITIES[row.modality]) if row.modality in MODALITIES else ""),
        with_whom=row.with_whom,
        detail=row.detail,
        wishes=_wishes(row),
        needs=", ".join(_(NEEDS[name]) for name in row.needs if name in NEEDS),
        callback=_callback(row),
        next_step=step.text,
        asked_by=row.requested_by_name,
        offers=[_offer_card(offer, zone) for offer in live],
        can_cancel=row.status in OPEN or is_upcoming(row, work.now),
        turn=step.turn,
        stage=STAGES.get(status, 0),
        **_coming(row, clinic, work),
    )


def _coming(row: t.Appointment, clinic: t.Clinic, work: Work) -> dict[str, Any]:
    """What only a visit to come has: its day as a tile, its calendar file, the way there."""
    if not is_upcoming(row, work.now) or row.start_at is None:
        return {}
    here = row.modality in ("", "in-person") and clinic.address
    return {
        "tile": _tile(row.start_at, work.actor.zone),
        "calendar": routes.CALENDAR.format(appointment_id=row.id),
        "directions": MAPS + quote(clinic.address) if here else "",
    }


def _tile(start: datetime, zone: str) -> DayTile:
    return DayTile(
        month=moment.short_month(start, zone),
        number=moment.day_number(start, zone),
        weekday=moment.weekday(start, zone),
        time=moment.clock(start, zone),
    )


def _wishes(row: t.Appointment) -> str:
    return "; ".join(
        _(
            "{day}, {part}",
            day=moment.day(datetime.fromisoformat(on).date()),
            part=_(PARTS_OF_DAY[part]).lower(),
        )
        for on, part in ((window["on"], window["part"]) for window in row.windows)
    )


def _callback(row: t.Appointment) -> str:
    best = _(CALLBACK_TIMES[row.callback_time]) if row.callback_time in CALLBACK_TIMES else ""
    return " · ".join(part for part in (row.callback_phone, best) if part)


def _offer_card(offer: t.AppointmentOffer, zone: str) -> OfferCard:
    return OfferCard(
        id=str(offer.id),
        when=moment.day_and_time(offer.start_at, zone),
        where=_("{place}, with {whom}", place=offer.place, whom=offer.with_whom),
        until=_("Held for you until {when}", when=moment.day_and_time(offer.expires_at, zone)),
    )


def _next_step(
    row: t.Appointment, live: Sequence[t.AppointmentOffer], hours: OpeningHours, work: Work
) -> Promise:
    zone = work.actor.zone
    if row.status == AppointmentStatus.PENDING and live:
        by = moment.day_and_time(min(offer.expires_at for offer in live), zone)
        return Promise(_("Your turn: choose a time by {when}", when=by), promise.YOURS)
    if row.status == AppointmentStatus.PENDING:
        return Promise(_("The offered times have lapsed. Tell us what would suit you."), promise.YOURS)
    if row.status == AppointmentStatus.PROPOSED:
        due = due_at(row.updated_at, Urgency.ADMINISTRATIVE, hours)
        return promise.ours(_("We offer you times by {when}"), due, work.now, zone)
    if is_upcoming(row, work.now):
        return Promise(_("Nothing to do now. We look forward to seeing you."), promise.SETTLED)
    return Promise("", promise.SETTLED)


def summary_lines(row: t.Appointment) -> list[str]:
    """A request in a few lines, for the coordinator beside it."""
    reason = _(REASONS[row.reason]) if row.reason in REASONS else row.reason
    modality = _(MODALITIES[row.modality]) if row.modality in MODALITIES else ""
    return [line for line in (reason, modality, _wishes(row), _callback(row)) if line]
