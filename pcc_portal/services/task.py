"""The inbox: what waits, opened, claimed, noted on and done by coordinators."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from sqlalchemy import case, func
from sqlmodel import col, select

from pcc_portal.cards import appointment as appointments
from pcc_portal.cards import coverage as coverages
from pcc_portal.cards.appointment import NO_APPOINTMENT
from pcc_portal.cards.communication import NO_THREAD, thread_view
from pcc_portal.cards.coverage import NO_COVERAGE
from pcc_portal.cards.task import Inbox, TaskRow, TaskView, notes_of, row_of
from pcc_portal.db import queue
from pcc_portal.db import tables as t
from pcc_portal.db.unit_of_work import Work, reading, unit_of_work
from pcc_portal.domain.actor import Actor
from pcc_portal.domain.appointment import OPEN
from pcc_portal.domain.communication import NoteDraft, Side
from pcc_portal.domain.coverage import Verification
from pcc_portal.domain.errors import Conflict
from pcc_portal.domain.permission import Permission
from pcc_portal.domain.task import EMERGENT, Queue, TaskKind, TaskStatus, View
from pcc_portal.language import N_, current_locale

PAGE = 50
_QUEUE_OF = {View.WAITING: Queue.PATIENT, View.DONE: Queue.DONE}


async def inbox(actor: Actor, view: View = View.ALL, after: UUID | None = None) -> Inbox:
    """A page of 50 of what waits, the most urgent first, then the longest waiting (two queries).

    All who look at the same page at the same moment share those two: a message that comes in wakes every
    open inbox of the clinic.
    """
    async with reading(actor) as work:
        work.require(Permission.TASK_READ)
        owner = actor.user_id if view is View.MINE else None
        key = ("inbox", actor.clinic_id, view, after, owner, actor.zone, current_locale())
        seen = (t.Task, t.Patient)
        page = await work.together(key, seen, lambda look: _look(look, view, after, owner))
        work.seen(seen, page.patients, view)
        rows = list(page.rows)
        for place in page.places.get(actor.user_id, ()):
            rows[place] = replace(rows[place], mine=True)
        counts = {**page.counts, View.MINE.value: page.owned.get(actor.user_id, 0)}
        return Inbox(rows, counts, page.more)


@dataclass(frozen=True)
class _Page:
    """A page as it is for everybody: its lines (nobody's own), and what is whose.

    ``places`` are an owner's lines on this page, ``owned`` how many open tasks each owner has.
    """

    rows: Sequence[TaskRow]
    patients: Set[UUID]
    places: Mapping[UUID, Sequence[int]]
    counts: Mapping[str, int]
    owned: Mapping[UUID, int]
    more: bool


_LINE: Any = (
    t.Task.id, t.Task.patient_id, t.Task.kind, t.Task.title, t.Task.preview, t.Task.queue, t.Task.rank,
    t.Task.language, t.Task.waiting_since, t.Task.last_at, t.Task.due_at, t.Task.owner_id, t.Task.owner_name,
    t.Task.done_by_name, t.Patient.given, t.Patient.family,
)  # fmt: skip


async def _look(work: Work, view: View, after: UUID | None, owner: UUID | None) -> _Page:
    found = await work.all((await _page(work, view, after, owner)).limit(PAGE + 1))
    shown = found[:PAGE]
    places: defaultdict[UUID, list[int]] = defaultdict(list)
    for place, row in enumerate(shown):
        places[row.owner_id].append(place)
    waiting = await work.count(_WAITING.where(t.Task.clinic_id == work.actor.clinic_id))
    counts, owned = _counts(waiting)
    return _Page(
        rows=[_nobodys(row_of(row, f"{row.given} {row.family}".strip(), work)) for row in shown],
        patients={row.patient_id for row in shown},
        places=places,
        counts=counts,
        owned=owned,
        more=len(found) > PAGE,
    )


def _nobodys(row: TaskRow) -> TaskRow:
    return replace(row, mine=False) if row.mine else row


async def _page(work: Work, view: View, after: UUID | None, owner: UUID | None) -> Any:
    """The rows of a view in its order, with keyset paging."""
    task = t.Task
    statement = (
        select(*_LINE)
        .join(t.Patient, col(t.Patient.id) == task.patient_id)
        .where(task.clinic_id == work.actor.clinic_id, task.queue == _QUEUE_OF.get(view, Queue.CLINIC))
    )
    if owner is not None:
        statement = statement.where(task.owner_id == owner)
    if view is View.UNASSIGNED:
        statement = statement.where(col(task.owner_id).is_(None))
    rank, since, last, key = col(task.rank), col(task.waiting_since), col(task.last_at), col(task.id)
    edge = await work.one(task, after) if after is not None else None
    if view in (View.DONE, View.WAITING):
        if edge is not None:
            older = (last < edge.last_at) | ((last == edge.last_at) & (key < edge.id))
            statement = statement.where(older)
        return statement.order_by(last.desc(), key.desc())
    if edge is not None:
        later = (since > edge.waiting_since) | ((since == edge.waiting_since) & (key > edge.id))
        statement = statement.where((rank > edge.rank) | ((rank == edge.rank) & later))
    return statement.order_by(rank, since, key)


_WAITING: Any = (
    select(t.Task.queue, t.Task.owner_id, func.count(), func.sum(case((col(t.Task.rank) == 0, 1), else_=0)))
    .where(col(t.Task.queue).in_([Queue.CLINIC, Queue.PATIENT]))
    .group_by(col(t.Task.queue), col(t.Task.owner_id))
)


def _counts(waiting: Sequence[Any]) -> tuple[dict[str, int], dict[UUID, int]]:
    """How many tasks each view of open ones holds, how many are emergent, and how many each owner has."""
    counts, owned, emergent = dict.fromkeys(View, 0), {}, 0
    for waits_for, owner_id, number, loud in waiting:
        if waits_for == Queue.PATIENT:
            counts[View.WAITING] += number
            continue
        counts[View.ALL] += number
        emergent += int(loud)
        counts[View.UNASSIGNED] += number if owner_id is None else 0
        owned[owner_id] = number
    return {view.value: number for view, number in counts.items()} | {EMERGENT: emergent}, owned


async def open_task(actor: Actor, task_id: UUID) -> TaskView:
    """An inbox item with what it is about and its notes; a patient's messages in it count as read."""
    async with reading(actor) as work:
        work.require(Permission.TASK_READ)
        task = await work.one(t.Task, task_id)
        patient = await work.one(t.Patient, task.patient_id)
        view, unread = await _view(work, task, patient)
    if unread:
        await _mark_read(actor, view)
    return view


async def _view(work: Work, task: t.Task, patient: t.Patient) -> tuple[TaskView, bool]:
    thread, appointment, coverage = NO_THREAD, NO_APPOINTMENT, NO_COVERAGE
    unread = False
    match TaskKind(task.kind):
        case TaskKind.MESSAGE | TaskKind.QUESTION:
            row = await work.one(t.CommunicationThread, task.focus_id)
            thread, messages = await thread_view(work, row, await queue.hours_of(work))
            unread = any(m.side == Side.PATIENT and m.read_at is None for m in messages)
        case TaskKind.APPOINTMENT:
            asked = await work.one(t.Appointment, task.focus_id)
            appointment = (await appointments.cards_of(work, [asked]))[0]
        case TaskKind.COVERAGE:
            coverage = coverages.card_of(
                await work.one(t.Coverage, task.focus_id), work, await queue.hours_of(work)
            )
    note = t.Note
    notes = await work.all(select(note).where(note.task_id == task.id).order_by(col(note.created_at)))
    view = TaskView(
        row=row_of(task, patient.name, work),
        patient_id=str(task.patient_id),
        findings=", ".join(task.findings),
        queue=task.queue,
        thread=thread,
        appointment=appointment,
        coverage=coverage,
        notes=notes_of(list(notes), work.actor.zone),
    )
    return view, unread


async def _mark_read(actor: Actor, view: TaskView) -> None:
    async with unit_of_work(actor) as work:
        message = t.Communication
        changed = await work.change_all(
            message,
            message.thread_id == UUID(view.thread.id),
            message.side == Side.PATIENT,
            col(message.read_at).is_(None),
            read_at=work.now,
            read_by_name=actor.name,
        )
        if changed:
            queue.tell(work, UUID(view.patient_id))


async def claim_task(actor: Actor, task_id: UUID, *, take_over: bool = False) -> None:
    """Take an item on; when a colleague was first, Conflict with her name (unless taken over knowingly)."""
    async with unit_of_work(actor) as work:
        work.require(Permission.TASK_WORK)
        task = await work.one(t.Task, task_id, lock=True)
        if task.owner_id not in {None, actor.user_id} and not take_over:
            raise Conflict(N_("{by} is already working on this."), by=task.owner_name)
        task.owner_id, task.owner_name = actor.user_id, actor.name
        if task.queue == Queue.CLINIC:
            task.status = TaskStatus.IN_PROGRESS
        queue.tell(work, task.patient_id)


async def release_task(actor: Actor, task_id: UUID) -> None:
    """Give an item back, so that anybody can take it."""
    async with unit_of_work(actor) as work:
        work.require(Permission.TASK_WORK)
        task = await work.one(t.Task, task_id, lock=True)
        if task.owner_id == actor.user_id:
            task.owner_id, task.owner_name = None, ""
            if task.queue == Queue.CLINIC:
                task.status = TaskStatus.REQUESTED
            queue.tell(work, task.patient_id)


async def finish_task(actor: Actor, task_id: UUID) -> None:
    """Close an item; when a colleague holds it, Conflict with her name."""
    async with unit_of_work(actor) as work:
        work.require(Permission.TASK_WORK)
        task = await work.one(t.Task, task_id, lock=True)
        if task.owner_id not in {None, actor.user_id} and task.queue != Queue.DONE:
            raise Conflict(N_("{by} is working on this. Take it over first."), by=task.owner_name)
        if task.queue != Queue.DONE:
            await _refuse_if_unanswered(work, task)
            task.owner_id, task.owner_name = actor.user_id, actor.name
            queue.close(work, task)
            queue.tell(work, task.patient_id)


async def _refuse_if_unanswered(work: Work, task: t.Task) -> None:
    """A patient was promised an answer to her request: it is not closed over her head."""
    if task.kind == TaskKind.APPOINTMENT:
        asked = await work.one(t.Appointment, task.focus_id)
        if asked.status in OPEN:
            raise Conflict(N_("The patient waits for an answer: offer times or book one first."))
    if task.kind == TaskKind.COVERAGE:
        card = await work.one(t.Coverage, task.focus_id)
        if card.verification == Verification.NOT_CHECKED:
            raise Conflict(N_("The patient waits for an answer: say what you found first."))


async def add_note(actor: Actor, draft: NoteDraft) -> UUID:
    """Note something for colleagues; patients never see it. Twice is once."""
    async with unit_of_work(actor) as work:
        if done := await work.earlier("add-note", draft.submission):
            return done
        work.require(Permission.NOTE_WRITE)
        task = await work.one(t.Task, draft.task_id)
        note = work.add(
            t.Note(
                clinic_id=task.clinic_id,
                patient_id=task.patient_id,
                task_id=task.id,
                author_id=actor.user_id,
                author_name=actor.name,
                body=draft.body,
            )
        )
        queue.tell(work, task.patient_id)
        return work.settle(note.id)
