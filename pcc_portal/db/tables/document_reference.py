"""A document in the record (FHIR DocumentReference)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field

from pcc_portal.db.base import PatientRecord, UtcDateTime, unique_source


class DocumentReference(PatientRecord, table=True):
    """A document; its content stays in ``raw`` or at its address."""

    __tablename__ = "document_reference"
    __table_args__ = (unique_source(), Index("ix_document_reference_patient", "patient_id"))

    status: str = ""
    code: str = ""
    display: str = ""
    media_type: str = ""
    indexed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
