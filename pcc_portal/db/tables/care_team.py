"""The people who plan a patient's care (FHIR CareTeam)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field

from pcc_portal.db.base import PatientRecord, UtcDateTime, unique_source


class CareTeam(PatientRecord, table=True):
    """A care team; its participants are read from ``raw``."""

    __tablename__ = "care_team"
    __table_args__ = (unique_source(), Index("ix_care_team_patient", "patient_id"))

    status: str = ""
    name: str = ""
    period_start: datetime | None = Field(default=None, sa_type=UtcDateTime)
    period_end: datetime | None = Field(default=None, sa_type=UtcDateTime)
