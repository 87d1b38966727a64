"""The sample inbox: conversations, requests and cards in every state, sixty and more of them open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from uuid import UUID

from pcc_portal.db import tables as t
from pcc_portal.db.queue import PREVIEW, hours_of
from pcc_portal.db.unit_of_work import Work, unit_of_work
from pcc_portal.demo.scenes import ASKS, CARDS, SCENES, Ask, Scene, Sent
from pcc_portal.domain.actor import Actor
from pcc_portal.domain.appointment import CARE_TYPES, OFFER_HOURS, REASONS, AppointmentStatus
from pcc_portal.domain.clock import OpeningHours, due_at
from pcc_portal.domain.communication import Side
from pcc_portal.domain.coverage import Verification
from pcc_portal.domain.ids import new_id
from pcc_portal.domain.task import Queue, TaskKind, TaskStatus
from pcc_portal.domain.urgency import Assessment, Urgency, assess
from pcc_portal.integrations.storage.clean import CleanFile, prepare
from pcc_portal.integrations.storage.keep import keep_file

PICTURES = Path(__file__).parent / "cards"
ADMINISTRATIVE = Assessment(Urgency.ADMINISTRATIVE)


@dataclass(frozen=True)
class Cast:
    """Who plays: living patients, the user behind each, two coordinators."""

    patients: Sequence[t.Patient]
    users: dict[UUID, t.PortalUser]
    coordinators: tuple[t.PortalUser, t.PortalUser]

    def patient(self, n: int, language: str = "en") -> t.Patient:
        """The n-th patient, among those of a language where it matters."""
        spoken = [p for p in self.patients if p.language.startswith(language)]
        return (spoken or list(self.patients))[n % len(spoken or self.patients)]


async def fill_inbox(system: Actor, cast: Cast) -> None:
    """Write the morning, in one transaction."""
    pictures = {
        name: await prepare((PICTURES / name).read_bytes(), name)
        for name in sorted({sent.card for sent in CARDS})
    }
    async with unit_of_work(system) as work:
        hours = await hours_of(work)
        for n, scene in enumerate(SCENES):
            await _talk(work, cast, scene, n, hours)
        for n, scene in enumerate(s for s in SCENES if s.state == "new" and s.language == "en"):
            if n % 2:
                await _talk(work, cast, scene, n + 7, hours, later=26)
        for n, ask in enumerate(ASKS):
            await _request(work, cast, ask, n + 3, hours)
        for n, sent in enumerate(CARDS):
            await _card(work, cast, sent, n + 5, hours, pictures[sent.card])


def _task(
    work: Work,
    cast: Cast,
    patient: t.Patient,
    kind: TaskKind,
    focus: UUID,
    title: str,
    preview: str,
    category: str,
    at: datetime,
    state: str,
    found: Assessment,
    hours: OpeningHours,
    n: int,
) -> t.Task:
    owner = None if state == "new" else cast.coordinators[n % 2]
    queue = {"new": Queue.CLINIC, "claimed": Queue.CLINIC, "done": Queue.DONE}.get(state, Queue.PATIENT)
    status = {
        "new": TaskStatus.REQUESTED,
        "claimed": TaskStatus.IN_PROGRESS,
        "done": TaskStatus.COMPLETED,
    }.get(state, TaskStatus.ON_HOLD)
    return work.add(
        t.Task(
            clinic_id=patient.clinic_id,
            patient_id=patient.id,
            kind=kind,
            focus_id=focus,
            category=category,
            title=title,
            preview=" ".join(preview.split())[:PREVIEW],
            language=patient.language,
            queue=queue,
            status=status,
            rank=found.urgency.rank,
            findings=list(found.findings),
            waiting_since=at,
            last_at=at,
            due_at=due_at(at, found.urgency, hours),
            owner_id=owner.id if owner else None,
            owner_name=owner.name if owner else "",
            done_at=at if queue == Queue.DONE else None,
            done_by_name=owner.name if owner and queue == Queue.DONE else "",
        )
    )


async def _talk(work: Work, cast: Cast, scene: Scene, n: int, hours: OpeningHours, later: float = 0) -> None:
    patient = cast.patient(n, scene.language)
    user, colleague = cast.users[patient.id], cast.coordinators[n % 2]
    times = [work.now - timedelta(hours=line.hours + later) for line in scene.lines]
    thread = t.CommunicationThread(
        id=new_id(),
        clinic_id=patient.clinic_id,
        patient_id=patient.id,
        category=scene.category,
        subject=scene.subject,
        started_by=user.id,
        created_at=times[0],
        last_at=times[-1],
        last_side=Side.PATIENT if scene.lines[-1].side == "p" else Side.CLINIC,
        message_count=len(times),
    )
    work.add(thread)
    await work.flush()
    for line, at in zip(scene.lines, times, strict=True):
        sender, side = (user, Side.PATIENT) if line.side == "p" else (colleague, Side.CLINIC)
        read = scene.state != "new" and side is Side.PATIENT
        work.add(
            t.Communication(
                clinic_id=patient.clinic_id,
                patient_id=patient.id,
                thread_id=thread.id,
                side=side,
                sender_id=sender.id,
                sender_name=sender.name,
                body=line.body,
                created_at=at,
                sent_at=at,
                read_at=at + timedelta(minutes=20) if read else None,
                read_by_name=colleague.name if read else "",
            )
        )
    first = scene.lines[0].body
    task = _task(
        work, cast, patient, TaskKind.MESSAGE, thread.id, scene.subject, first, scene.category,
        times[-1], scene.state, assess(first, scene.category), hours, n,
    )  # fmt: skip
    if scene.state == "claimed":
        _note(work, task, colleague)


def _note(work: Work, task: t.Task, author: t.PortalUser) -> None:
    work.add(
        t.Note(
            clinic_id=task.clinic_id,
            patient_id=task.patient_id,
            task_id=task.id,
            author_id=author.id,
            author_name=author.name,
            body="Called, no answer. I try again after lunch.",
            created_at=task.waiting_since + timedelta(hours=1),
        )
    )


async def _request(work: Work, cast: Cast, ask: Ask, n: int, hours: OpeningHours) -> None:
    patient = cast.patient(n)
    at = work.now - timedelta(hours=ask.hours)
    status = {
        "offered": AppointmentStatus.PENDING,
        "booked": AppointmentStatus.BOOKED,
        "cancelled": AppointmentStatus.CANCELLED,
    }.get(ask.state, AppointmentStatus.PROPOSED)
    start = _next_weekday(work.now, 3 + n % 6).replace(hour=15, minute=0, second=0, microsecond=0)
    booked = status == AppointmentStatus.BOOKED
    visit = t.Appointment(
        id=new_id(),
        clinic_id=patient.clinic_id,
        patient_id=patient.id,
        status=status,
        care_type=ask.care_type,
        reason=ask.reason,
        detail=ask.detail,
        modality=ask.modality,
        windows=[{"on": start.date().isoformat(), "part": "morning"}],
        callback_phone=patient.phone or "617 555 0142",
        callback_time="12-16",
        requested_by=cast.users[patient.id].id,
        requested_by_name=patient.name,
        created_at=at,
        updated_at=at,
        start_at=start if booked else None,
        end_at=start + timedelta(minutes=30) if booked else None,
        place="Harbor Street 12, room 4" if booked else "",
        with_whom="Dr. Amara Osei" if booked else "",
        cancel_reason="feeling-better" if ask.state == "cancelled" else "",
    )
    work.add(visit)
    await work.flush()
    if ask.state == "offered":
        _offers(work, visit, start, cast.coordinators[n % 2])
    state = {"offered": "answered", "booked": "done", "cancelled": "done"}.get(ask.state, ask.state)
    title = f"{CARE_TYPES[ask.care_type]}: {REASONS[ask.reason]}"
    _task(
        work, cast, patient, TaskKind.APPOINTMENT, visit.id, title, ask.detail, "appointments",
        at, state, assess(ask.detail, ask.reason), hours, n,
    )  # fmt: skip


def _next_weekday(moment: datetime, days: int) -> datetime:
    day = moment + timedelta(days=days)
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() >= 5 else 0)


def _offers(work: Work, visit: t.Appointment, start: datetime, by: t.PortalUser) -> None:
    for n in range(2):
        at = _next_weekday(start, n)
        work.add(
            t.AppointmentOffer(
                clinic_id=visit.clinic_id,
                patient_id=visit.patient_id,
                appointment_id=visit.id,
                start_at=at,
                end_at=at + timedelta(minutes=30),
                place="Harbor Street 12, room 4",
                with_whom="Dr. Amara Osei",
                expires_at=work.now + timedelta(hours=OFFER_HOURS),
                offered_by=by.id,
            )
        )


async def _card(work: Work, cast: Cast, sent: Sent, n: int, hours: OpeningHours, picture: CleanFile) -> None:
    patient = cast.patient(n)
    user, at = cast.users[patient.id], work.now - timedelta(hours=sent.hours)
    verification = {
        "confirmed": Verification.CONFIRMED,
        "photo": Verification.PHOTO_NEEDED,
    }.get(sent.state, Verification.NOT_CHECKED)
    coverage = t.Coverage(
        id=new_id(),
        clinic_id=patient.clinic_id,
        patient_id=patient.id,
        status="active",
        payer_name=sent.payer,
        plan_name=sent.plan,
        plan_type=sent.plan_type,
        member_id=sent.member_id,
        group_number=sent.group,
        effective_on=date(at.year, 1, 1),
        verification=verification,
        verification_reason=(
            "The photo is blurred: we cannot read the member ID. Please hold the phone still, in daylight."
            if sent.state == "photo"
            else ""
        ),
        submitted_by=user.id,
        submitted_by_name=user.name,
        created_at=at,
        updated_at=at,
    )
    work.add(coverage)
    await work.flush()
    file = await keep_file(work, picture, patient.id, "insurance", "coverage", coverage.id)
    file.uploaded_by = user.id
    await work.flush()
    coverage.front_file_id = file.id
    state = {"confirmed": "done", "photo": "answered"}.get(sent.state, sent.state)
    _task(
        work, cast, patient, TaskKind.COVERAGE, coverage.id, sent.payer, sent.plan, "insurance",
        at, state, ADMINISTRATIVE, hours, n,
    )  # fmt: skip
