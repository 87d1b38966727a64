"""A medicine that was prescribed (FHIR MedicationRequest)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field

from pcc_portal.db.base import PatientRecord, UtcDateTime, unique_source


class MedicationRequest(PatientRecord, table=True):
    """A prescription; ``dosage`` is the first instruction's text."""

    __tablename__ = "medication_request"
    __table_args__ = (unique_source(), Index("ix_medication_request_patient", "patient_id"))

    status: str = ""
    intent: str = ""
    code: str = ""
    display: str = ""
    dosage: str = ""
    authored_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
