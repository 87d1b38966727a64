"""Appointments: honest statuses, what can be asked for, and what may follow what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from uuid import UUID
from zoneinfo import ZoneInfo

from pcc_portal.domain.form import Answers
from pcc_portal.language import N_

LONGEST_DETAIL = 1_000
FURTHEST_DAYS = 120
OFFER_HOURS = 72


class AppointmentStatus(StrEnum):
    """FHIR R4 Appointment.status."""

    PROPOSED = "proposed"
    PENDING = "pending"
    BOOKED = "booked"
    ARRIVED = "arrived"
    CHECKED_IN = "checked-in"
    FULFILLED = "fulfilled"
    CANCELLED = "cancelled"
    NOSHOW = "noshow"
    WAITLIST = "waitlist"
    ENTERED_IN_ERROR = "entered-in-error"


STATUS_TEXT = {
    AppointmentStatus.PROPOSED: N_("Requested"),
    AppointmentStatus.PENDING: N_("Times offered"),
    AppointmentStatus.BOOKED: N_("Booked"),
    AppointmentStatus.ARRIVED: N_("Arrived"),
    AppointmentStatus.CHECKED_IN: N_("Checked in"),
    AppointmentStatus.FULFILLED: N_("Done"),
    AppointmentStatus.CANCELLED: N_("Cancelled"),
    AppointmentStatus.NOSHOW: N_("Missed"),
    AppointmentStatus.WAITLIST: N_("On the waiting list"),
    AppointmentStatus.ENTERED_IN_ERROR: N_("Entered by mistake"),
}
OPEN = frozenset({AppointmentStatus.PROPOSED, AppointmentStatus.PENDING})

CARE_TYPES = {
    "primary-care": N_("My main clinic"),
    "specialist": N_("A specialist"),
    "nurse": N_("A nurse visit"),
    "test": N_("A test or scan"),
    "therapy": N_("Therapy or counseling"),
    "not-sure": N_("I am not sure"),
}
REASONS = {
    "follow-up": N_("Routine visit or follow-up"),
    "new-problem": N_("A new problem"),
    "medication": N_("A question about a medicine"),
    "procedure": N_("A test or procedure"),
    "other": N_("Something else"),
}
#: The stages of a request, as people follow it.
STAGE_TEXT = (N_("Requested"), N_("Times offered"), N_("Booked"))
MODALITIES = {"in-person": N_("In person"), "video": N_("Video"), "phone": N_("Phone")}
PARTS_OF_DAY = {"morning": N_("Morning"), "afternoon": N_("Afternoon"), "evening": N_("Evening")}
CALLBACK_TIMES = {
    "8-12": N_("8 AM to noon"),
    "12-16": N_("Noon to 4 PM"),
    "16-20": N_("4 PM to 8 PM"),
}
NEEDS = {
    "interpreter": N_("An interpreter"),
    "sign-language": N_("A sign language interpreter"),
    "wheelchair": N_("Step-free access or a wheelchair"),
    "transport": N_("Help getting there"),
    "companion": N_("Someone comes with me"),
    "earlier": N_("Tell me if an earlier time opens"),
}
CANCEL_REASONS = {
    "feeling-better": N_("Feeling better"),
    "wait-too-long": N_("The wait is too long"),
    "other-clinician": N_("I prefer another clinician"),
    "moving": N_("I am moving"),
    "telehealth": N_("I switch to a video or phone visit"),
    "cost": N_("Cost"),
    "insurance": N_("Insurance"),
    "other": N_("Something else"),
}


@dataclass(frozen=True)
class Window:
    """A time that suits the patient: a day and a part of it."""

    on: date
    part: str

    def as_dict(self) -> dict[str, str]:
        """As stored."""
        return {"on": self.on.isoformat(), "part": self.part}


@dataclass(frozen=True)
class AppointmentDraft:
    """A request as typed, checked."""

    patient_id: UUID | None
    care_type: str
    reason: str
    detail: str
    modality: str
    windows: tuple[Window, ...]
    callback_phone: str
    callback_time: str
    needs: dict[str, str] = field(default_factory=dict)
    submission: UUID | None = None

    @classmethod
    def parse(cls, form: Mapping[str, str], *, today: date) -> AppointmentDraft:
        """From a form; ``today`` is the clinic's day. Invalid names each field with a problem."""
        answers = Answers(form)
        draft = cls(
            patient_id=answers.key("patient"),
            care_type=answers.choice("care_type", CARE_TYPES, N_("Choose the kind of care.")),
            reason=answers.choice("reason", REASONS, N_("Choose a reason.")),
            detail=answers.text("detail", N_("Say in a few words what it is about."), longest=LONGEST_DETAIL),
            modality=answers.choice("modality", MODALITIES, N_("Choose how you want to meet.")),
            windows=_windows(answers, today),
            callback_phone=_phone(answers),
            callback_time=answers.choice("callback_time", CALLBACK_TIMES),
            needs=_needs(answers),
            submission=answers.key("submission"),
        )
        answers.done()
        return draft


def _windows(answers: Answers, today: date) -> tuple[Window, ...]:
    windows: list[Window] = []
    for n in (1, 2, 3):
        say = N_("Choose a day that suits you.") if n == 1 else ""
        on = answers.day(f"window{n}_on", say)
        if on is None:
            continue
        if not today < on <= today + timedelta(days=FURTHEST_DAYS):
            answers.problems[f"window{n}_on"] = N_("Choose a day from tomorrow to 120 days from now.")
        part = answers.choice(f"window{n}_part", PARTS_OF_DAY, N_("Choose a part of the day."))
        windows.append(Window(on, part))
    return tuple(windows)


def _phone(answers: Answers) -> str:
    phone = answers.text("callback_phone", N_("Enter a phone number we can call."), longest=30)
    digits = sum(c.isdigit() for c in phone)
    if phone and (digits < 7 or digits > 15 or not set(phone) <= set("0123456789+-().x ")):
        answers.problems["callback_phone"] = N_("Enter a phone number, like 617 555 0100.")
    return phone


def _needs(answers: Answers) -> dict[str, str]:
    needs = {name: "yes" for name in NEEDS if answers.ticked(f"need_{name}")}
    if language := answers.text("interpreter_language", longest=60):
        needs["interpreter"] = language
    return needs


@dataclass(frozen=True)
class OfferDraft:
    """Times a coordinator offers, or the one she books at once (``book``)."""

    appointment_id: UUID | None
    starts: tuple[datetime, ...]
    minutes: int
    place: str
    with_whom: str
    book: bool
    submission: UUID | None = None

    @classmethod
    def parse(cls, form: Mapping[str, str], *, zone: str, now: datetime) -> OfferDraft:
        """From a form, its local times read in the clinic's ``zone``."""
        answers = Answers(form)
        starts = tuple(start for n in (1, 2, 3) if (start := _start(answers, f"start{n}", zone, now, n == 1)))
        minutes = answers.choice("minutes", {"15", "30", "45", "60", "90"}, N_("Choose a length."))
        draft = cls(
            appointment_id=answers.key("appointment"),
            starts=starts,
            minutes=int(minutes or 30),
            place=answers.text("place", N_("Say where, or how to join."), longest=200),
            with_whom=answers.text("with_whom", N_("Say with whom."), longest=120),
            book=answers.choice("how", {"offer", "book"}) == "book",
            submission=answers.key("submission"),
        )
        answers.done()
        return draft


def _start(answers: Answers, name: str, zone: str, now: datetime, required: bool) -> datetime | None:
    typed = answers.text(name, N_("Choose a day and time.") if required else "", longest=20)
    if not typed:
        return None
    try:
        local = datetime.fromisoformat(typed).replace(tzinfo=ZoneInfo(zone))
    except ValueError:
        answers.problems[name] = N_("Choose a day and time.")
        return None
    start = local.astimezone(UTC)
    if start <= now:
        answers.problems[name] = N_("Choose a time that is still to come.")
    return start
