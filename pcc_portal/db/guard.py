"""What the unit of work knows of statements and rows: their tables, their patient, what goes on record."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, inspect
from sqlalchemy.sql import Select, visitors
from sqlmodel import SQLModel

from pcc_portal.db import tables as t
from pcc_portal.domain.actor import Actor

# Not about anybody's care: their reads and writes are no audit events of their own.
UNAUDITED = (
    t.AuditEvent, t.Clinic, t.PortalSession, t.SignInAttempt, t.Draft, t.Submission, t.PendingReference,
    t.FhirIdentifier, t.Practitioner, t.PractitionerRole, t.Organization, t.Location, t.Consent,
)  # fmt: skip
UNAUDITED_READS = (*UNAUDITED, t.PortalUser, t.AppointmentOffer)
_MODELS: dict[str, type[SQLModel]] = {getattr(t, name).__tablename__: getattr(t, name) for name in t.__all__}


def tables_of(statement: Any) -> tuple[type[SQLModel], ...]:
    """The tables a SELECT touches, in a steady order."""
    found: dict[type[SQLModel], None] = {}
    for element in visitors.iterate(statement):
        name = getattr(element, "name", None) if element.__visit_name__ == "table" else None
        if name is not None:
            found[_MODELS[name]] = None
    if isinstance(statement, Select):
        for column in statement.column_descriptions:
            entity = column.get("entity")
            mapper = inspect(entity, raiseerr=False) if entity is not None else None
            if mapper is not None:
                found[mapper.mapper.class_] = None
    return tuple(found)


def patient_of(row: Any, table: type[SQLModel] | None = None) -> UUID | None:
    """The patient a row is about, or None: a table's row, some of its columns, or what was read with it."""
    if isinstance(row, t.Patient):
        return row.id
    patient: UUID | None = getattr(row, "patient_id", None)
    if patient is None and isinstance(row, Row):
        found = (patient_of(part) for part in row if isinstance(part, SQLModel))
        patient = next(filter(None, found), None)
    if patient is None and table is t.Patient:
        patient = getattr(row, "id", None)
    return patient


def event_of(
    actor: Actor,
    at: datetime,
    action: str,
    entity: Any,
    entity_id: UUID | None,
    patient_id: UUID | None,
    *,
    outcome: str = "ok",
    detail: str = "",
) -> t.AuditEvent:
    """The record of one act of an actor; ``entity`` is a table or the name of what was acted on."""
    return t.AuditEvent(
        recorded_at=at,
        clinic_id=actor.clinic_id,
        agent_id=actor.user_id,
        agent_name=actor.name,
        agent_role=actor.role.value,
        action=action,
        outcome=outcome,
        entity_type=entity.__name__ if isinstance(entity, type) else str(entity),
        entity_id=entity_id,
        patient_id=patient_id,
        detail=detail,
    )
