"""An allergy or intolerance (FHIR AllergyIntolerance)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field

from pcc_portal.db.base import PatientRecord, UtcDateTime, unique_source


class AllergyIntolerance(PatientRecord, table=True):
    """An allergy; ``reaction`` is the first manifestation's text."""

    __tablename__ = "allergy_intolerance"
    __table_args__ = (unique_source(), Index("ix_allergy_intolerance_patient", "patient_id"))

    clinical_status: str = ""
    criticality: str = ""
    code: str = ""
    display: str = ""
    reaction: str = ""
    recorded_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
