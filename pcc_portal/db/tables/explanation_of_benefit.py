"""What an insurer paid for a claim (FHIR ExplanationOfBenefit)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field

from pcc_portal.db.base import PatientRecord, UtcDateTime, unique_source


class ExplanationOfBenefit(PatientRecord, table=True):
    """A settled claim; amounts are in ``currency``."""

    __tablename__ = "explanation_of_benefit"
    __table_args__ = (unique_source(), Index("ix_explanation_of_benefit_patient", "patient_id"))

    status: str = ""
    use: str = ""
    made_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    total_number: float | None = None
    patient_share_number: float | None = None
    currency: str = "USD"
