"""A problem or diagnosis (FHIR Condition)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field

from pcc_portal.db.base import PatientRecord, UtcDateTime, unique_source


class Condition(PatientRecord, table=True):
    """A condition; ``code`` is SNOMED CT or ICD-10 as received."""

    __tablename__ = "condition"
    __table_args__ = (unique_source(), Index("ix_condition_patient", "patient_id"))

    clinical_status: str = ""
    verification_status: str = ""
    category: str = ""
    code: str = ""
    display: str = ""
    onset_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    abated_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    recorded_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
