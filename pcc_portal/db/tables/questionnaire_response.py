"""A form that was filled in (FHIR QuestionnaireResponse)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field

from pcc_portal.db.base import PatientRecord, UtcDateTime, unique_source


class QuestionnaireResponse(PatientRecord, table=True):
    """A filled-in form; the answers are read from ``raw``."""

    __tablename__ = "questionnaire_response"
    __table_args__ = (unique_source(), Index("ix_questionnaire_response_patient", "patient_id"))

    status: str = ""
    questionnaire: str = ""
    authored_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
