"""What a patient wants to reach (FHIR Goal)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field

from pcc_portal.db.base import PatientRecord, UtcDateTime, unique_source


class Goal(PatientRecord, table=True):
    """A goal; its targets are read from ``raw``."""

    __tablename__ = "goal"
    __table_args__ = (unique_source(), Index("ix_goal_patient", "patient_id"))

    lifecycle_status: str = ""
    achievement_status: str = ""
    description: str = ""
    start_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
