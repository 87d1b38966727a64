"""Insurance: what a patient told us, and whether it was verified (FHIR Coverage)."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Index
from sqlmodel import Field

from pcc_portal.db.base import PatientRecord, UtcDateTime, unique_source


class Coverage(PatientRecord, table=True):
    """One insurance of one patient. ``verification`` is who acts next, ``status`` is FHIR's."""

    __tablename__ = "coverage"
    __table_args__ = (unique_source(), Index("ix_coverage_patient", "patient_id"))

    status: str = "draft"
    payer_name: str = ""
    plan_name: str = ""
    plan_type: str = ""
    member_id: str = ""
    group_number: str = ""
    payer_id: str = ""
    rx_bin: str = ""
    rx_pcn: str = ""
    rx_group: str = ""
    holder_name: str = ""
    holder_birth_date: date | None = None
    relationship: str = "self"
    effective_on: date | None = None
    expires_on: date | None = None
    payer_phone: str = ""
    order: int = 1
    verification: str = "not-checked"
    verification_reason: str = ""
    verified_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    verified_by_name: str = ""
    front_file_id: UUID | None = Field(default=None, foreign_key="stored_file.id")
    back_file_id: UUID | None = Field(default=None, foreign_key="stored_file.id")
    submitted_by: UUID | None = Field(default=None, foreign_key="portal_user.id")
    submitted_by_name: str = ""
