"""A visit or stay (FHIR Encounter)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field

from pcc_portal.db.base import PatientRecord, UtcDateTime, unique_source


class Encounter(PatientRecord, table=True):
    """An encounter."""

    __tablename__ = "encounter"
    __table_args__ = (unique_source(), Index("ix_encounter_patient", "patient_id"))

    status: str = ""
    class_code: str = ""
    display: str = ""
    start_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    end_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
