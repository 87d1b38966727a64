"""A referral or order (FHIR ServiceRequest)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field

from pcc_portal.db.base import PatientRecord, UtcDateTime, unique_source


class ServiceRequest(PatientRecord, table=True):
    """A referral, test or other order."""

    __tablename__ = "service_request"
    __table_args__ = (unique_source(), Index("ix_service_request_patient", "patient_id"))

    status: str = ""
    intent: str = ""
    code: str = ""
    display: str = ""
    authored_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
