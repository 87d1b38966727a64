"""Messages: a patient's side and the clinic's write to each other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import func
from sqlmodel import col, select

from pcc_portal.cards.communication import ThreadCard, ThreadView, thread_card, thread_view
from pcc_portal.db import queue
from pcc_portal.db import tables as t
from pcc_portal.db.unit_of_work import Work, reading, unit_of_work
from pcc_portal.domain import glossary
from pcc_portal.domain.actor import Actor
from pcc_portal.domain.communication import MessageDraft, Side
from pcc_portal.domain.errors import Invalid, NotFound
from pcc_portal.domain.permission import Permission
from pcc_portal.domain.task import TaskKind
from pcc_portal.domain.urgency import assess
from pcc_portal.integrations.storage.clean import CleanFile
from pcc_portal.integrations.storage.keep import keep_file
from pcc_portal.language import N_

PAGE = 25


async def send_message(actor: Actor, draft: MessageDraft, files: Sequence[CleanFile | UUID] = ()) -> UUID:
    """Send a message from whichever side the actor is on; answers the thread's id. Twice is once.

    ``files`` are new ones, and the ids of those in the sender's draft.
    """
    async with unit_of_work(actor) as work:
        if done := await work.earlier("send-message", draft.submission):
            return done
        thread = await _thread_for(work, draft)
        work.require(Permission.COMMUNICATION_SEND, thread.patient_id)
        side = Side.CLINIC if actor.gives_care else Side.PATIENT
        message = work.add(
            t.Communication(
                clinic_id=thread.clinic_id,
                patient_id=thread.patient_id,
                thread_id=thread.id,
                side=side,
                sender_id=actor.user_id,
                sender_name=actor.name,
                on_behalf=side is Side.PATIENT and actor.patient_id != thread.patient_id,
                body=draft.body,
                sent_at=work.now,
            )
        )
        thread.last_at, thread.last_side, thread.message_count = (
            work.now,
            side,
            thread.message_count + 1,
        )
        await work.flush()
        for file in files:
            await keep_file(work, file, thread.patient_id, "messages", "communication", message.id)
        if side is Side.PATIENT:
            await _ask_clinic(work, thread, draft.body)
        else:
            await _answer(work, thread)
        queue.tell(work, thread.patient_id)
        return work.settle(thread.id)


async def _thread_for(work: Work, draft: MessageDraft) -> t.CommunicationThread:
    """The thread replied to, or a new one (also from a coordinator to a patient)."""
    if draft.thread_id is not None:
        thread = await work.one(t.CommunicationThread, draft.thread_id, lock=True)
        if draft.patient_id not in {None, thread.patient_id}:
            raise NotFound
        return thread
    patient = await work.one(t.Patient, draft.patient_id)
    work.require(Permission.COMMUNICATION_SEND, patient.id)
    about = await _about(work, draft)
    thread = t.CommunicationThread(
        clinic_id=patient.clinic_id,
        patient_id=patient.id,
        category=draft.category,
        subject=draft.subject,
        about_kind=draft.about_kind if about else "",
        about_id=draft.about_id if about else None,
        about_text=about,
        started_by=work.actor.user_id,
    )
    work.add(thread)
    await work.flush()
    return thread


ABOUT: dict[str, tuple[Any, str]] = {
    "care-plan": (t.CarePlan, "title"),
    "goal": (t.Goal, "description"),
    "condition": (t.Condition, "display"),
    "medicine": (t.MedicationRequest, "display"),
    "allergy": (t.AllergyIntolerance, "display"),
}


async def _about(work: Work, draft: MessageDraft) -> str:
    """The words of the card a question was asked from, read from the record and not from the form."""
    if draft.about_kind not in ABOUT or draft.about_id is None:
        return ""
    table, column = ABOUT[draft.about_kind]
    row: Any = await work.one(table, draft.about_id)
    if row.patient_id != draft.patient_id:
        raise Invalid({"about_id": N_("This card belongs to another record.")})
    return str(getattr(row, column))


async def about_text(actor: Actor, kind: str, key: UUID) -> str:
    """The words of the card that a question is about; NotFound when it cannot be asked about."""
    if kind not in ABOUT:
        raise NotFound
    table, column = ABOUT[kind]
    async with reading(actor) as work:
        row: Any = await work.one(table, key)
        return glossary.about(kind, str(getattr(row, column)), getattr(row, "code", ""))


async def _ask_clinic(work: Work, thread: t.CommunicationThread, body: str) -> None:
    patient = await work.one(t.Patient, thread.patient_id)
    kind = TaskKind.QUESTION if thread.about_kind else TaskKind.MESSAGE
    waiting = queue.Waiting(
        kind, thread.id, thread.category, thread.subject, body, assess(body, thread.category)
    )
    await queue.wait_for_clinic(work, patient, waiting)


async def _answer(work: Work, thread: t.CommunicationThread) -> None:
    """A coordinator's reply: refused when a colleague holds the item, with her name."""
    kind = TaskKind.QUESTION if thread.about_kind else TaskKind.MESSAGE
    await queue.refuse_if_held(work, kind, thread.id)
    await queue.wait_for_patient(work, kind, thread.id)


async def list_threads(actor: Actor, patient_id: UUID, before: UUID | None = None) -> list[ThreadCard]:
    """A patient's conversations, newest first, 25 at a time, after the thread ``before``."""
    async with reading(actor) as work:
        work.require(Permission.COMMUNICATION_READ, patient_id)
        thread = t.CommunicationThread
        statement = select(thread, _unread_in(thread), _last_words(thread))
        statement = statement.where(thread.patient_id == patient_id)
        if before is not None:
            edge = await work.one(thread, before)
            at, key = col(thread.last_at), col(thread.id)
            statement = statement.where((at < edge.last_at) | ((at == edge.last_at) & (key < edge.id)))
        newest = (col(thread.last_at).desc(), col(thread.id).desc())
        rows = await work.all(statement.order_by(*newest).limit(PAGE))
        hours = await queue.hours_of(work)
        return [thread_card(row, count, body, hours, work) for row, count, body in rows]


def _unread_in(thread: Any) -> Any:
    """How many messages of the clinic nobody on the patient's side has opened, as a subquery."""
    message = t.Communication
    unread = (message.thread_id == thread.id, message.side == Side.CLINIC, col(message.read_at).is_(None))
    return select(func.count()).where(*unread).correlate(thread).scalar_subquery()


def _last_words(thread: Any) -> Any:
    """The newest message's text, as a subquery."""
    message = t.Communication
    statement = select(message.body).where(message.thread_id == thread.id).correlate(thread)
    newest = (col(message.sent_at).desc(), col(message.id).desc())
    return statement.order_by(*newest).limit(1).scalar_subquery()


async def open_thread(actor: Actor, thread_id: UUID) -> ThreadView:
    """A conversation of the record on screen, oldest first; what the other side wrote counts as read now."""
    async with reading(actor) as work:
        thread = await work.one(t.CommunicationThread, thread_id)
        work.require(Permission.COMMUNICATION_READ, thread.patient_id)
        if not actor.gives_care and thread.patient_id != actor.subject_id:
            raise NotFound
        view = await thread_view(work, thread, await queue.hours_of(work))
        other = Side.PATIENT if actor.gives_care else Side.CLINIC
        unread = any(row.side == other and row.read_at is None for row in view[1])
    if unread:
        await _mark_read(actor, thread, other)
    return view[0]


async def _mark_read(actor: Actor, thread: t.CommunicationThread, other: Side) -> None:
    async with unit_of_work(actor) as work:
        message = t.Communication
        changed = await work.change_all(
            message,
            message.thread_id == thread.id,
            message.side == other,
            col(message.read_at).is_(None),
            read_at=work.now,
            read_by_name=actor.name,
        )
        if changed:
            queue.tell(work, thread.patient_id)


async def count_unread(actor: Actor, patient_id: UUID) -> int:
    """How many messages from the clinic nobody on the patient's side has opened."""
    async with reading(actor) as work:
        message = t.Communication
        rows = await work.count(
            select(func.count(col(message.id))).where(
                message.patient_id == patient_id,
                message.side == Side.CLINIC,
                col(message.read_at).is_(None),
            )
        )
        return int(rows[0])
