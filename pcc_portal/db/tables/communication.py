"""Messages between a patient's side and her coordinators (FHIR Communication)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index
from sqlmodel import Field

from pcc_portal.db.base import ClinicRow, UtcDateTime
from pcc_portal.domain.ids import utc_now


class CommunicationThread(ClinicRow, table=True):
    """A conversation about one thing. ``about`` is the card a question was asked from."""

    __tablename__ = "communication_thread"
    __table_args__ = (Index("ix_communication_thread_patient", "patient_id", "last_at", "id"),)

    patient_id: UUID = Field(foreign_key="patient.id")
    category: str
    subject: str
    about_kind: str = ""
    about_id: UUID | None = None
    about_text: str = ""
    started_by: UUID = Field(foreign_key="portal_user.id")
    last_at: datetime = Field(default_factory=utc_now, sa_type=UtcDateTime)
    last_side: str = "patient"
    message_count: int = 0
    closed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Communication(ClinicRow, table=True):
    """One message. ``side`` is ``patient`` or ``clinic``; ``read_at`` when the other side first saw it."""

    __tablename__ = "communication"
    __table_args__ = (
        Index("ix_communication_thread", "thread_id", "sent_at", "id"),
        Index("ix_communication_unread", "patient_id", "side", "read_at"),
    )

    patient_id: UUID = Field(foreign_key="patient.id")
    thread_id: UUID = Field(foreign_key="communication_thread.id")
    side: str
    sender_id: UUID = Field(foreign_key="portal_user.id")
    sender_name: str
    on_behalf: bool = False
    body: str
    sent_at: datetime = Field(default_factory=utc_now, sa_type=UtcDateTime)
    read_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    read_by_name: str = ""
