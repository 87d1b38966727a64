"""What imported resources are known by, besides their logical id (FHIR Identifier)."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import Index
from sqlmodel import Field, SQLModel


class FhirIdentifier(SQLModel, table=True):
    """One identifier of one imported resource; conditional and logical references are found by it.

    ``key`` is ``system|value``, or the URN a bundle calls the resource by.
    """

    __tablename__ = "fhir_identifier"
    __table_args__ = (Index("ix_fhir_identifier_owner", "clinic_id", "source", "target_type", "source_id"),)

    clinic_id: UUID = Field(primary_key=True, foreign_key="clinic.id")
    source: str = Field(primary_key=True)
    key: str = Field(primary_key=True)
    target_type: str = Field(primary_key=True)
    source_id: str = Field(primary_key=True)
