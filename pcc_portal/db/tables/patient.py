"""The person the record is about (FHIR Patient)."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Index
from sqlmodel import Field

from pcc_portal.db.base import FhirRecord, UtcDateTime, unique_source


class Patient(FhirRecord, table=True):
    """A patient of a clinic. ``language`` is the BCP 47 tag of the preferred language.

    ``coordinator_id`` is her coordinator, a portal user (no foreign key: users point at patients).
    """

    __tablename__ = "patient"
    __table_args__ = (
        unique_source(),
        Index("ix_patient_clinic_name", "clinic_id", "family", "given"),
    )

    family: str = ""
    given: str = ""
    birth_date: date | None = None
    gender: str = ""
    deceased_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    language: str = "en"
    phone: str = ""
    email: str = ""
    mrn: str = ""
    coordinator_id: UUID | None = None

    @property
    def name(self) -> str:
        """Given and family name, as said to a person."""
        return f"{self.given} {self.family}".strip()
