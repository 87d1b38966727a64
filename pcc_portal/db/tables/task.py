"""What waits for somebody (FHIR Task), and what coordinators note about it among themselves."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import JSON, Index, UniqueConstraint
from sqlmodel import Field

from pcc_portal.db.base import ClinicRow, UtcDateTime
from pcc_portal.domain.ids import utc_now


class Task(ClinicRow, table=True):
    """One thing that waits in the inbox; its ``focus_id`` is the thread, request or coverage it is about.

    ``queue`` says whom it waits for (``clinic``, ``patient``, ``done``); ``rank`` is the urgency as a
    number, 0 the most urgent; ``waiting_since`` the moment since which nobody has answered.
    """

    __tablename__ = "task"
    __table_args__ = (
        UniqueConstraint("kind", "focus_id"),
        Index("ix_task_queue", "clinic_id", "queue", "rank", "waiting_since", "id"),
        Index("ix_task_owner", "clinic_id", "queue", "owner_id", "rank", "waiting_since", "id"),
        Index("ix_task_last", "clinic_id", "queue", "last_at", "id"),
        Index("ix_task_patient", "patient_id", "created_at"),
    )

    patient_id: UUID = Field(foreign_key="patient.id")
    kind: str
    focus_id: UUID
    category: str
    title: str
    preview: str = ""
    language: str = "en"
    queue: str = "clinic"
    status: str = "requested"
    rank: int = 2
    findings: list[str] = Field(default_factory=list, sa_type=JSON)
    waiting_since: datetime = Field(default_factory=utc_now, sa_type=UtcDateTime)
    due_at: datetime = Field(default_factory=utc_now, sa_type=UtcDateTime)
    last_at: datetime = Field(default_factory=utc_now, sa_type=UtcDateTime)
    owner_id: UUID | None = Field(default=None, foreign_key="portal_user.id")
    owner_name: str = ""
    done_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    done_by_name: str = ""


class Note(ClinicRow, table=True):
    """An internal note on a task. In a table of its own, which no patient-side rule ever opens."""

    __tablename__ = "note"
    __table_args__ = (Index("ix_note_task", "task_id", "created_at"),)

    patient_id: UUID = Field(foreign_key="patient.id")
    task_id: UUID = Field(foreign_key="task.id")
    author_id: UUID = Field(foreign_key="portal_user.id")
    author_name: str
    body: str
