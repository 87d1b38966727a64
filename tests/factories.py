"""Rows for tests, made directly: a clinic, its people, a patient with a record."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlmodel import SQLModel

from pcc_portal.db import tables as t
from pcc_portal.db.engine import database
from pcc_portal.domain.actor import Actor, Grant, Level, Role, Scope


async def put(*rows: SQLModel) -> None:
    """Write rows as they are, in the given order."""
    async with database().session(writes=True) as session:
        for row in rows:
            session.add(row)
            await session.flush()
        await session.commit()


async def fetch(statement: Any) -> list[Any]:
    """Look at the database with no rule in between."""
    async with database().session(writes=False) as session:
        return list((await session.exec(statement)).all())


async def a_clinic(slug: str = "harbor") -> t.Clinic:
    """A clinic in New York's zone."""
    clinic = t.Clinic(slug=f"{slug}-{uuid4().hex[:6]}", name="Harbor Clinic")
    clinic.phone, clinic.address = "+1 617 555 0100", "12 Harbor Street, Boston"
    await put(clinic)
    return clinic


@dataclass(frozen=True)
class Person:
    """Somebody who can sign in, as a test needs her: the row, and the actor she is."""

    user: t.PortalUser
    actor: Actor
    patient: t.Patient | None = None

    def granted(self, *grants: Grant) -> Person:
        """The same person with grants, as if just loaded from the database."""
        return replace(self, actor=replace(self.actor, grants=grants))


async def a_person(clinic: t.Clinic, role: Role, name: str, patient: t.Patient | None = None) -> Person:
    """A user in a role (the password cannot be guessed: there is none)."""
    user = t.PortalUser(
        clinic_id=clinic.id,
        email=f"{name.split()[0].lower()}-{uuid4().hex[:8]}@example.org",
        name=name,
        role=role.value,
        password_hash="!",
        patient_id=patient.id if patient else None,
    )
    await put(user)
    actor = Actor(
        user_id=user.id,
        clinic_id=clinic.id,
        role=role,
        name=name,
        patient_id=user.patient_id,
        zone=clinic.zone,
    )
    return Person(user, actor, patient)


async def a_patient(clinic: t.Clinic, given: str = "Ana", family: str = "Reyes") -> Person:
    """A patient with a sign-in of her own."""
    patient = t.Patient(
        clinic_id=clinic.id, given=given, family=family, birth_date=date(1958, 3, 9), gender="female"
    )
    await put(patient)
    return await a_person(clinic, Role.PATIENT, f"{given} {family}", patient)


async def a_coordinator(clinic: t.Clinic, name: str = "Cora Lind") -> Person:
    """A coordinator of the clinic."""
    return await a_person(clinic, Role.COORDINATOR, name)


async def a_helper(
    clinic: t.Clinic,
    patient: t.Patient,
    *scopes: Scope,
    level: Level = Level.ACT,
    expires_at: datetime | None = None,
) -> Person:
    """A trusted person with an active grant for each scope."""
    helper = await a_person(clinic, Role.TRUSTED, "Dana Reyes")
    await put(
        *(
            t.Consent(
                clinic_id=clinic.id,
                patient_id=patient.id,
                grantee_id=helper.user.id,
                relationship="daughter",
                scope=scope.value,
                level=level.value,
                expires_at=expires_at,
            )
            for scope in scopes
        )
    )
    grants = tuple(Grant(patient.id, scope, level) for scope in scopes)
    return Person(helper.user, replace(helper.actor, grants=grants, acting_for=patient.id))


def nobody_id() -> UUID:
    """An id that is nobody's."""
    return uuid4()
