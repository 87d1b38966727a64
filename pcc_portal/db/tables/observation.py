"""A vital sign, laboratory result or answer (FHIR Observation)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field

from pcc_portal.db.base import PatientRecord, UtcDateTime, unique_source


class Observation(PatientRecord, table=True):
    """A measurement; ``value_number`` is in ``value_unit``. Components (blood pressure) are in ``raw``."""

    __tablename__ = "observation"
    __table_args__ = (
        unique_source(),
        Index("ix_observation_patient", "patient_id", "code", "effective_at"),
    )

    status: str = ""
    category: str = ""
    code: str = ""
    display: str = ""
    effective_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    value_number: float | None = None
    value_unit: str = ""
    value_text: str = ""
