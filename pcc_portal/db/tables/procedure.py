"""Something that was done (FHIR Procedure)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field

from pcc_portal.db.base import PatientRecord, UtcDateTime, unique_source


class Procedure(PatientRecord, table=True):
    """A procedure."""

    __tablename__ = "procedure"
    __table_args__ = (unique_source(), Index("ix_procedure_patient", "patient_id"))

    status: str = ""
    code: str = ""
    display: str = ""
    performed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
