"""The sample conversations, with their answers, notes, attachments and the cards they were asked from."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlmodel import col, select

from pcc_portal.db import tables as t
from pcc_portal.demo.cast import Item, Stage, add_task
from pcc_portal.demo.scenes import Talk
from pcc_portal.domain.communication import Side
from pcc_portal.domain.ids import new_id
from pcc_portal.domain.task import TaskKind
from pcc_portal.domain.urgency import assess
from pcc_portal.integrations.storage.clean import CleanFile
from pcc_portal.integrations.storage.keep import keep_file

ANSWERED_AFTER = timedelta(hours=2)
TABLES: dict[str, tuple[Any, str]] = {
    "care-plan": (t.CarePlan, "title"),
    "goal": (t.Goal, "description"),
    "condition": (t.Condition, "display"),
}


async def add_talk(stage: Stage, talk: Talk, picture: CleanFile | None) -> None:
    """One conversation, its task, and the note of who took it."""
    patient = stage.cast.patient(talk.who)
    at = stage.ago(talk.hours)
    thread = await _thread(stage, patient, talk, at)
    first = await _say(stage, thread, talk.body, at, read=talk.state != "new")
    if picture is not None:
        file = await keep_file(stage.work, picture, patient.id, "messages", "communication", first.id)
        file.uploaded_by = first.sender_id
    if talk.answer:
        await _say(stage, thread, talk.answer, at + ANSWERED_AFTER, read=talk.state == "done", clinic=True)
    kind = TaskKind.QUESTION if thread.about_kind else TaskKind.MESSAGE
    found = assess(talk.body, talk.category)
    item = Item(kind, thread.id, talk.subject, talk.body, talk.category, thread.last_at, talk.state, found)
    task = add_task(stage, patient, item)
    if talk.note:
        await stage.work.flush()
        _note(stage, task, stage.cast.coordinator(patient), talk.note)


async def _thread(stage: Stage, patient: t.Patient, talk: Talk, at: datetime) -> t.CommunicationThread:
    kind, about_id, about = await _about(stage, patient.id, talk.about)
    thread = stage.work.add(
        t.CommunicationThread(
            id=new_id(),
            clinic_id=patient.clinic_id,
            patient_id=patient.id,
            category=talk.category,
            subject=talk.subject,
            about_kind=kind,
            about_id=about_id,
            about_text=about,
            started_by=stage.cast.users[patient.id].id,
            created_at=at,
            last_at=at + ANSWERED_AFTER if talk.answer else at,
            last_side=Side.CLINIC if talk.answer else Side.PATIENT,
            message_count=2 if talk.answer else 1,
        )
    )
    await stage.work.flush()
    return thread


async def _about(stage: Stage, patient_id: UUID, words: str) -> tuple[str, UUID | None, str]:
    """The card of the record that a question was asked from, if there is such a card."""
    kind, _colon, part = words.partition(":")
    if kind not in TABLES:
        return "", None, ""
    table, column = TABLES[kind]
    text = getattr(table, column)
    row = await stage.work.first(
        select(table).where(table.patient_id == patient_id, col(text).contains(part)).order_by(table.id)
    )
    return (kind, row.id, str(getattr(row, column))) if row else ("", None, "")


async def _say(
    stage: Stage, thread: t.CommunicationThread, body: str, at: datetime, *, read: bool, clinic: bool = False
) -> t.Communication:
    patient = next(p for p in stage.cast.patients if p.id == thread.patient_id)
    user, colleague = stage.cast.users[patient.id], stage.cast.coordinator(patient)
    sender, reader = (colleague, user) if clinic else (user, colleague)
    message = stage.work.add(
        t.Communication(
            id=new_id(),
            clinic_id=thread.clinic_id,
            patient_id=thread.patient_id,
            thread_id=thread.id,
            side=Side.CLINIC if clinic else Side.PATIENT,
            sender_id=sender.id,
            sender_name=sender.name,
            body=body,
            created_at=at,
            sent_at=at,
            read_at=min(at + timedelta(minutes=20), stage.work.now) if read else None,
            read_by_name=reader.name if read else "",
        )
    )
    await stage.work.flush()
    return message


def _note(stage: Stage, task: t.Task, author: t.PortalUser, body: str) -> None:
    stage.work.add(
        t.Note(
            clinic_id=task.clinic_id,
            patient_id=task.patient_id,
            task_id=task.id,
            author_id=author.id,
            author_name=author.name,
            body=body,
            created_at=min(task.waiting_since + timedelta(minutes=50), stage.work.now),
        )
    )
