"""Who plays in the sample clinic, and the task behind whatever they send."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from pcc_portal.db import tables as t
from pcc_portal.db.queue import PREVIEW
from pcc_portal.db.unit_of_work import Work
from pcc_portal.domain.clock import SATURDAY, OpeningHours, due_at
from pcc_portal.domain.task import Queue, TaskKind, TaskStatus
from pcc_portal.domain.urgency import Assessment

QUEUES = {"new": Queue.CLINIC, "claimed": Queue.CLINIC, "done": Queue.DONE}
STATUSES = {
    "new": TaskStatus.REQUESTED,
    "claimed": TaskStatus.IN_PROGRESS,
    "done": TaskStatus.COMPLETED,
}


@dataclass(frozen=True)
class Cast:
    """Living patients, the user behind each, and the staff by id."""

    patients: Sequence[t.Patient]
    users: Mapping[UUID, t.PortalUser]
    staff: Mapping[UUID, t.PortalUser]

    def patient(self, given: str) -> t.Patient:
        """The patient with a first name."""
        return next(patient for patient in self.patients if patient.given.startswith(given))

    def coordinator(self, patient: t.Patient) -> t.PortalUser:
        """Who looks after a patient."""
        return next(user for key, user in self.staff.items() if key == patient.coordinator_id)


@dataclass(frozen=True)
class Stage:
    """The open transaction, the cast, and the clinic's hours."""

    work: Work
    cast: Cast
    hours: OpeningHours

    def ago(self, hours: float) -> datetime:
        """So many hours ago; from one hour on nights and weekends are skipped, a day being 24 hours still.

        So the inbox looks like a working morning at whatever time the sample is loaded.
        """
        if hours < 1:
            return self.work.now - timedelta(hours=hours)
        left = timedelta(hours=hours * self.hours.day_hours() / 24)
        local = self.work.now.astimezone(ZoneInfo(self.hours.zone))
        while True:
            opened = datetime.combine(local.date(), self.hours.opens, local.tzinfo)
            until = min(local, datetime.combine(local.date(), self.hours.closes, local.tzinfo))
            if local.weekday() < SATURDAY and until > opened:
                if left <= until - opened:
                    return (until - left).astimezone(UTC)
                left -= until - opened
            local = datetime.combine(local.date() - timedelta(days=1), time.max, local.tzinfo)


@dataclass(frozen=True)
class Item:
    """What a task is about, and how it reads in the inbox."""

    kind: TaskKind
    focus_id: UUID
    title: str
    preview: str
    category: str
    at: datetime
    state: str
    found: Assessment


def add_task(stage: Stage, patient: t.Patient, item: Item) -> t.Task:
    """Put an item in the inbox, where its state says."""
    queue = QUEUES.get(item.state, Queue.PATIENT)
    owner = None if item.state == "new" else stage.cast.coordinator(patient)
    done = queue is Queue.DONE and owner is not None
    return stage.work.add(
        t.Task(
            clinic_id=patient.clinic_id,
            patient_id=patient.id,
            kind=item.kind,
            focus_id=item.focus_id,
            category=item.category,
            title=item.title,
            preview=" ".join(item.preview.split())[:PREVIEW],
            language=patient.language,
            queue=queue,
            status=STATUSES.get(item.state, TaskStatus.ON_HOLD),
            rank=item.found.urgency.rank,
            findings=list(item.found.findings),
            waiting_since=item.at,
            created_at=item.at,
            last_at=item.at,
            due_at=due_at(item.at, item.found.urgency, stage.hours),
            owner_id=owner.id if owner else None,
            owner_name=owner.name if owner else "",
            done_at=item.at if done else None,
            done_by_name=owner.name if done and owner else "",
        )
    )
