"""Conversations as a browser may see them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from sqlmodel import col, select

from pcc_portal.cards import promise
from pcc_portal.cards.promise import Promise
from pcc_portal.db import tables as t
from pcc_portal.db.unit_of_work import Work
from pcc_portal.domain import glossary, moment
from pcc_portal.domain.clock import OpeningHours, due_at
from pcc_portal.domain.communication import CATEGORY_TEXT, Category, Side
from pcc_portal.domain.spoken import written_in
from pcc_portal.domain.urgency import Urgency
from pcc_portal.language import _

MESSAGES = 200


@dataclass(frozen=True)
class FileCard:
    """A file as a browser may know it."""

    id: str
    name: str
    size: str
    is_image: bool


@dataclass(frozen=True)
class MessageCard:
    """One message as a browser may see it; ``mine`` when the reader's own side wrote it."""

    id: str
    body: str
    sender: str
    when: str
    mine: bool
    read: str
    files: list[FileCard] = field(default_factory=list)
    language: str = ""


@dataclass(frozen=True)
class ThreadCard:
    """A conversation in a list: who acts next and by when."""

    id: str
    subject: str
    category: str
    preview: str
    when: str
    unread: int
    next_step: str
    turn: str


@dataclass(frozen=True)
class ThreadView:
    """A conversation, open."""

    id: str
    subject: str
    category: str
    about: str
    next_step: str
    messages: list[MessageCard]
    patient_id: str = ""
    turn: str = ""


NO_THREAD = ThreadView("", "", "", "", "", [])


def thread_card(
    thread: t.CommunicationThread, unread: int, last: str | None, hours: OpeningHours, work: Work
) -> ThreadCard:
    """A conversation as a line of the list."""
    step = next_step(thread, hours, work)
    return ThreadCard(
        id=str(thread.id),
        subject=thread.subject,
        category=_(CATEGORY_TEXT[Category(thread.category)]),
        preview=" ".join((last or "").split())[:120],
        when=moment.since(thread.last_at, work.now),
        unread=unread,
        next_step=step.text,
        turn=step.turn,
    )


def next_step(thread: t.CommunicationThread, hours: OpeningHours, work: Work) -> Promise:
    """Who acts next and by when, in words for the patient's side."""
    if thread.last_side == Side.CLINIC:
        return Promise(_("You can answer if you want"), promise.SETTLED)
    due = due_at(thread.last_at, Urgency.ROUTINE, hours)
    return promise.ours(_("We answer by {when}"), due, work.now, work.actor.zone)


async def thread_view(
    work: Work, thread: t.CommunicationThread, hours: OpeningHours
) -> tuple[ThreadView, list[t.Communication]]:
    """A conversation with its last 200 messages, oldest first (two queries), and its rows."""
    statement = select(t.Communication).where(t.Communication.thread_id == thread.id)
    newest = (col(t.Communication.sent_at).desc(), col(t.Communication.id).desc())
    rows = list(reversed(await work.all(statement.order_by(*newest).limit(MESSAGES))))
    files = await _files_of(work, [row.id for row in rows])
    step = next_step(thread, hours, work)
    mine = Side.CLINIC if work.actor.gives_care else Side.PATIENT
    cards = [_card(row, files.get(row.id, []), mine, work) for row in rows]
    view = ThreadView(
        id=str(thread.id),
        subject=thread.subject,
        category=_(CATEGORY_TEXT[Category(thread.category)]),
        about=await _about(work, thread),
        next_step=step.text,
        messages=cards,
        patient_id=str(thread.patient_id),
        turn=step.turn,
    )
    return view, rows


async def _about(work: Work, thread: t.CommunicationThread) -> str:
    """What a question is about, in the reader's language; only a condition's words are found by its code."""
    if thread.about_kind != "condition":
        return glossary.about(thread.about_kind, thread.about_text) if thread.about_text else ""
    row = await work.first(select(t.Condition).where(t.Condition.id == thread.about_id))
    return glossary.about(thread.about_kind, thread.about_text, row.code if row is not None else "")


def _card(row: t.Communication, files: list[FileCard], mine: Side, work: Work) -> MessageCard:
    zone = work.actor.zone
    read = ""
    if row.side == mine and row.read_at is not None:
        read = _("Read {when}", when=moment.day_and_time(row.read_at, zone))
    elif row.side == mine:
        read = _("Sent")
    return MessageCard(
        id=str(row.id),
        body=row.body,
        sender=_("{name}, for the patient", name=row.sender_name) if row.on_behalf else row.sender_name,
        when=moment.day_and_time(row.sent_at, zone),
        mine=row.side == mine,
        read=read,
        files=files,
        language=written_in(row.body),
    )


async def _files_of(work: Work, owners: Sequence[UUID]) -> dict[UUID, list[FileCard]]:
    if not owners:
        return {}
    file = t.StoredFile
    rows = await work.all(
        select(file).where(file.owner_kind == "communication", col(file.owner_id).in_(owners))
    )
    found: dict[UUID, list[FileCard]] = {}
    for row in rows:
        card = FileCard(
            id=str(row.id),
            name=row.name,
            size=_("{n} kB", n=max(1, row.size // 1024)),
            is_image=row.media_type in {"image/jpeg", "image/png"},
        )
        found.setdefault(row.owner_id, []).append(card)
    return found
