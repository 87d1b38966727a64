"""Who did what to whose record (FHIR AuditEvent)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from pcc_portal.db.base import UtcDateTime
from pcc_portal.domain.ids import new_id, utc_now


class AuditEvent(SQLModel, table=True):
    """One act. ``action`` is FHIR's (C, R, U, D, E), ``outcome`` is ``ok`` or ``refused``.

    No clinical content: ids, kinds and names of people who act.
    """

    __tablename__ = "audit_event"
    __table_args__ = (
        Index("ix_audit_event_patient", "patient_id", "recorded_at"),
        Index("ix_audit_event_clinic", "clinic_id", "recorded_at"),
    )

    id: UUID = Field(default_factory=new_id, primary_key=True)
    recorded_at: datetime = Field(default_factory=utc_now, sa_type=UtcDateTime)
    clinic_id: UUID | None = None
    agent_id: UUID | None = None
    agent_name: str = ""
    agent_role: str = ""
    action: str
    outcome: str = "ok"
    entity_type: str
    entity_id: UUID | None = None
    patient_id: UUID | None = None
    detail: str = ""
