"""What a patient lets a trusted person see and do (FHIR Consent)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index
from sqlmodel import Field

from pcc_portal.db.base import ClinicRow, UtcDateTime


class Consent(ClinicRow, table=True):
    """One scope of one patient's record, given to one trusted person, until it ends."""

    __tablename__ = "consent"
    __table_args__ = (
        Index("ix_consent_grantee_id", "grantee_id"),
        Index("ix_consent_patient_id", "patient_id"),
    )

    patient_id: UUID = Field(foreign_key="patient.id")
    grantee_id: UUID = Field(foreign_key="portal_user.id")
    relationship: str = ""
    scope: str
    level: str
    status: str = "active"
    expires_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
