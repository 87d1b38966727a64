"""Uploaded files: what they are and how they are locked; the bytes lie encrypted outside the database."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import Index, LargeBinary
from sqlmodel import Field

from pcc_portal.db.base import ClinicRow

#: ``owner_kind`` of a file that was chosen and not yet sent: its uploader's alone.
DRAFT = "draft"


class StoredFile(ClinicRow, table=True):
    """One file, encrypted with a key of its own, which is wrapped by the master key.

    ``scope`` is the part of the record it belongs to; ``owner_kind`` and ``owner_id`` the resource.
    ``size`` is in bytes, of the cleaned content; ``sha256`` too.
    """

    __tablename__ = "stored_file"
    __table_args__ = (
        Index("ix_stored_file_owner", "owner_kind", "owner_id"),
        Index("ix_stored_file_uploaded", "uploaded_by", "created_at"),
    )

    patient_id: UUID = Field(foreign_key="patient.id")
    scope: str
    owner_kind: str
    owner_id: UUID
    uploaded_by: UUID = Field(foreign_key="portal_user.id")
    name: str
    media_type: str
    size: int
    sha256: bytes = Field(sa_type=LargeBinary)
    wrapped_key: bytes = Field(sa_type=LargeBinary)
