"""Inbox items as a coordinator's browser may see them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from pcc_portal.cards.appointment import NO_APPOINTMENT, AppointmentCard
from pcc_portal.cards.communication import NO_THREAD, ThreadView
from pcc_portal.cards.coverage import NO_COVERAGE, CoverageCard
from pcc_portal.db import tables as t
from pcc_portal.db.unit_of_work import Work
from pcc_portal.domain import moment
from pcc_portal.domain.task import CANCELLED, KIND_TEXT, Queue, TaskKind
from pcc_portal.domain.urgency import Urgency
from pcc_portal.language import _


@dataclass(frozen=True)
class TaskRow:
    """One line of the inbox."""

    id: str
    patient: str
    title: str
    preview: str
    kind: str
    kind_text: str
    urgency: str
    urgency_text: str
    waiting: str
    due: str
    late: bool
    owner: str
    mine: bool
    language: str


@dataclass(frozen=True)
class Inbox:
    """A page of the inbox; ``counts`` says how many each view holds, ``more`` whether a page follows."""

    rows: list[TaskRow]
    counts: dict[str, int]
    more: bool


@dataclass(frozen=True)
class NoteCard:
    """An internal note."""

    id: str
    author: str
    when: str
    body: str


@dataclass(frozen=True)
class TaskView:
    """An inbox item, open: what it is about (the other two are empty), and the notes."""

    row: TaskRow
    patient_id: str
    findings: str
    queue: str
    thread: ThreadView = NO_THREAD
    appointment: AppointmentCard = NO_APPOINTMENT
    coverage: CoverageCard = NO_COVERAGE
    notes: list[NoteCard] = field(default_factory=list)


NO_ROW = TaskRow("", "", "", "", "", "", "", "", "", "", False, "", False, "en")
NO_TASK = TaskView(NO_ROW, "", "", "")


def row_of(task: t.Task, patient: str, work: Work) -> TaskRow:
    """A task as a line of the inbox."""
    urgency = Urgency.of_rank(task.rank)
    open_now = task.queue == Queue.CLINIC
    return TaskRow(
        id=str(task.id),
        patient=patient,
        title=title_of(task),
        preview=_(task.preview) if task.title == CANCELLED else task.preview,
        kind=task.kind,
        kind_text=_(KIND_TEXT[TaskKind(task.kind)]),
        urgency=urgency,
        urgency_text=_(urgency.text),
        waiting=moment.since(task.waiting_since if open_now else task.last_at, work.now),
        due=_due(task, work),
        late=open_now and task.due_at < work.now,
        owner=task.owner_name,
        mine=task.owner_id == work.actor.user_id,
        language=task.language[:2],
    )


def title_of(task: t.Task) -> str:
    """How an item is called: a request's title is made of our own words, any other is the patient's."""
    if task.kind != TaskKind.APPOINTMENT:
        return task.title
    return ": ".join(_(part) for part in task.title.split(": "))


def _due(task: t.Task, work: Work) -> str:
    if task.queue == Queue.DONE:
        return _("Done by {name}", name=task.done_by_name) if task.done_by_name else _("Done")
    if task.queue == Queue.PATIENT:
        return _("Waiting for the patient")
    if task.due_at < work.now:
        if work.now - task.due_at < timedelta(minutes=1):
            return _("due now")
        return _("{time} late", time=moment.since(task.due_at, work.now))
    return _("due {when}", when=moment.soon(task.due_at, work.now, work.actor.zone))


def notes_of(notes: list[t.Note], zone: str) -> list[NoteCard]:
    """Notes as cards, in the order given."""
    return [
        NoteCard(str(note.id), note.author_name, moment.day_and_time(note.created_at, zone), note.body)
        for note in notes
    ]
