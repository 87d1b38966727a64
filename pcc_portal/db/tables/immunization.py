"""A vaccine that was given (FHIR Immunization)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field

from pcc_portal.db.base import PatientRecord, UtcDateTime, unique_source


class Immunization(PatientRecord, table=True):
    """An immunization."""

    __tablename__ = "immunization"
    __table_args__ = (unique_source(), Index("ix_immunization_patient", "patient_id"))

    status: str = ""
    code: str = ""
    display: str = ""
    occurred_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
