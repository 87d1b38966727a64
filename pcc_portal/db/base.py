"""What every table shares: ids, UTC times, and the columns of an imported FHIR resource."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import DateTime, LargeBinary, UniqueConstraint
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field, SQLModel

from pcc_portal.domain.ids import new_id, utc_now

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}
SQLModel.metadata.naming_convention = NAMING

PORTAL_SOURCE = "portal"


class UtcDateTime(TypeDecorator[datetime]):
    """A moment, stored in UTC and always read back with its zone; a naive one is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """To UTC (SQLite keeps no zone, so it is dropped there)."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a zone")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """Back with its zone."""
        if value is None:
            return None
        moment: datetime = value
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


class Row(SQLModel):
    """A row with a UUIDv7 and the time it was made."""

    id: UUID = Field(default_factory=new_id, primary_key=True)
    created_at: datetime = Field(default_factory=utc_now, sa_type=UtcDateTime)


class ClinicRow(Row):
    """A row that belongs to one clinic; no row is ever visible to another one."""

    clinic_id: UUID = Field(foreign_key="clinic.id")


class FhirRecord(ClinicRow):
    """A resource that came in as FHIR: its identity at the source, and its JSON as received.

    ``source`` names the system it came from (``portal`` for what is made here), ``source_id`` its
    logical id there, ``source_hash`` tells an unchanged version from a new one.
    """

    source: str = PORTAL_SOURCE
    source_id: str = Field(default_factory=lambda: str(new_id()))
    source_hash: bytes = Field(default=b"", sa_type=LargeBinary)
    raw: bytes | None = Field(default=None, sa_type=LargeBinary)
    updated_at: datetime = Field(default_factory=utc_now, sa_type=UtcDateTime)


class PatientRecord(FhirRecord):
    """A resource about one patient."""

    patient_id: UUID = Field(foreign_key="patient.id")


def unique_source() -> UniqueConstraint:
    """One row for one resource of one source; also what an import looks things up by."""
    return UniqueConstraint("clinic_id", "source", "source_id")


def check_references_at_commit() -> None:
    """Make every foreign key DEFERRED: a transaction may write its rows in any order."""
    for table in SQLModel.metadata.tables.values():
        for constraint in table.foreign_key_constraints:
            constraint.deferrable, constraint.initially = True, "DEFERRED"
