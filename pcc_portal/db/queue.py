"""The tasks behind what patients send: put in the inbox, handed back and forth, finished.

Patients never see tasks; their requests move them all the same, which is why this lives below the services.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlmodel import select

from pcc_portal.db import tables as t
from pcc_portal.db.unit_of_work import Work
from pcc_portal.domain.clock import OpeningHours, due_at
from pcc_portal.domain.errors import Conflict
from pcc_portal.domain.task import Queue, TaskKind, TaskStatus
from pcc_portal.domain.topic import Topic
from pcc_portal.domain.urgency import Assessment, Urgency
from pcc_portal.language import N_

PREVIEW = 140


@dataclass(frozen=True)
class Waiting:
    """What waits: its kind and focus, how it reads in a list, and how urgent its words are."""

    kind: TaskKind
    focus_id: UUID
    category: str
    title: str
    preview: str
    assessment: Assessment


async def hours_of(work: Work) -> OpeningHours:
    """The opening hours of the actor's clinic."""
    return hours_at(await work.one(t.Clinic, work.actor.clinic_id))


def hours_at(clinic: t.Clinic) -> OpeningHours:
    """The opening hours of a clinic."""
    return OpeningHours.of(clinic.zone, clinic.opens, clinic.closes)


async def wait_for_clinic(work: Work, patient: t.Patient, waiting: Waiting) -> None:
    """Put something in the inbox, or back into it; while it is open its urgency only rises."""
    task = await task_of(work, waiting.kind, waiting.focus_id)
    urgency = waiting.assessment.urgency
    if task is None:
        task = t.Task(
            clinic_id=patient.clinic_id,
            patient_id=patient.id,
            kind=waiting.kind,
            focus_id=waiting.focus_id,
            category=waiting.category,
            title=waiting.title,
            language=patient.language,
            waiting_since=work.now,
            rank=urgency.rank,
        )
        work.add(task)
    elif task.queue != Queue.CLINIC:
        task.waiting_since = work.now
        task.rank = urgency.rank
    else:
        task.rank = min(task.rank, urgency.rank)
    task.title = waiting.title  # a visit that is cancelled is no longer a request
    task.findings = sorted({*task.findings, *waiting.assessment.findings})
    task.queue = Queue.CLINIC
    task.status = TaskStatus.IN_PROGRESS if task.owner_id else TaskStatus.REQUESTED
    task.done_at = None
    task.preview = " ".join(waiting.preview.split())[:PREVIEW]
    task.last_at = work.now
    due = due_at(task.waiting_since, Urgency.of_rank(task.rank), await hours_of(work))
    task.due_at = max(due, work.now) if urgency is Urgency.EMERGENT else due
    tell(work, patient.id)


async def task_of(work: Work, kind: TaskKind, focus_id: UUID) -> t.Task | None:
    """The task of a request, seen with the portal's eyes and held until the transaction ends."""
    statement = select(t.Task).where(t.Task.kind == kind, t.Task.focus_id == focus_id)
    found: t.Task | None = await work.internal(statement.with_for_update())
    return found


async def refuse_if_held(work: Work, kind: TaskKind, focus_id: UUID) -> None:
    """Conflict, with the colleague's name, while somebody else works on this."""
    task = await task_of(work, kind, focus_id)
    if task and task.owner_id not in {None, work.actor.user_id} and task.queue != Queue.DONE:
        raise Conflict(N_("{by} is working on this. Take it over first."), by=task.owner_name)


async def wait_for_patient(work: Work, kind: TaskKind, focus_id: UUID) -> None:
    """Take a task out of the inbox until the patient answers; whoever acted owns it."""
    task = await task_of(work, kind, focus_id)
    if task is not None:
        task.queue = Queue.PATIENT
        task.status = TaskStatus.ON_HOLD
        task.last_at = work.now
        if task.owner_id is None and work.actor.gives_care:
            task.owner_id, task.owner_name = work.actor.user_id, work.actor.name


async def finish(work: Work, kind: TaskKind, focus_id: UUID) -> None:
    """Close the task of a request."""
    task = await task_of(work, kind, focus_id)
    if task is not None:
        close(work, task)


def close(work: Work, task: t.Task) -> None:
    """Close a task; its owner stays on record."""
    task.queue = Queue.DONE
    task.status = TaskStatus.COMPLETED
    task.done_at = task.last_at = work.now
    task.done_by_name = work.actor.name


def tell(work: Work, patient_id: UUID) -> None:
    """Wake the patient's screens and the clinic's inbox after the commit."""
    work.announce(Topic.patient(patient_id), Topic.triage(work.actor.clinic_id))
