"""What is planned for a patient (FHIR CarePlan)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field

from pcc_portal.db.base import PatientRecord, UtcDateTime, unique_source


class CarePlan(PatientRecord, table=True):
    """A care plan; its activities and goals are read from ``raw``."""

    __tablename__ = "care_plan"
    __table_args__ = (unique_source(), Index("ix_care_plan_patient", "patient_id"))

    status: str = ""
    intent: str = ""
    title: str = ""
    period_start: datetime | None = Field(default=None, sa_type=UtcDateTime)
    period_end: datetime | None = Field(default=None, sa_type=UtcDateTime)
