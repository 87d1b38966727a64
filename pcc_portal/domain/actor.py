"""Who is asking. Loaded afresh from the database for every call, never kept in a screen's state."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class Role(StrEnum):
    """What a person is to the clinic. A trusted person is a patient-side user with grants only."""

    PATIENT = "patient"
    TRUSTED = "trusted"
    COORDINATOR = "coordinator"
    LEAD = "lead"
    ADMIN = "admin"
    SYSTEM = "system"


CARE_ROLES = frozenset({Role.COORDINATOR, Role.LEAD})
PATIENT_ROLES = frozenset({Role.PATIENT, Role.TRUSTED})


class Scope(StrEnum):
    """The parts of a record that a patient can share with a trusted person."""

    CARE_PLAN = "care-plan"
    APPOINTMENTS = "appointments"
    INSURANCE = "insurance"
    MESSAGES = "messages"
    RECORDS = "records"


class Level(StrEnum):
    """How far a grant goes: looking, or acting as well."""

    VIEW = "view"
    ACT = "act"


@dataclass(frozen=True)
class Grant:
    """One scope of one patient's record, given to one trusted person."""

    patient_id: UUID
    scope: Scope
    level: Level


@dataclass(frozen=True)
class Actor:
    """The person behind a call, with what the database says of them at this moment."""

    user_id: UUID
    clinic_id: UUID
    role: Role
    name: str
    session: str = ""
    patient_id: UUID | None = None
    acting_for: UUID | None = None
    grants: tuple[Grant, ...] = field(default=())
    zone: str = "UTC"
    expires_at: datetime | None = None

    @property
    def gives_care(self) -> bool:
        """Whether this is a coordinator or a lead, who see the clinic's patients."""
        return self.role in CARE_ROLES

    @property
    def is_system(self) -> bool:
        """Whether the portal itself is acting (an import, a clock)."""
        return self.role is Role.SYSTEM

    @property
    def subject_id(self) -> UUID | None:
        """The patient whose record is on screen: the one helped, else one's own."""
        return self.acting_for or self.patient_id

    def readable(self, scope: Scope) -> tuple[UUID, ...]:
        """The patients whose part ``scope`` this person may read: own, and granted."""
        own = (self.patient_id,) if self.patient_id else ()
        return own + tuple(g.patient_id for g in self.grants if g.scope is scope)

    def known_patients(self) -> tuple[UUID, ...]:
        """The patients this person may know of at all (own, and any grant)."""
        own = (self.patient_id,) if self.patient_id else ()
        return own + tuple(dict.fromkeys(g.patient_id for g in self.grants))

    def may(self, scope: Scope, patient_id: UUID, level: Level) -> bool:
        """Whether a patient-side person may view, or act on, a part of a patient's record."""
        if self.patient_id == patient_id:
            return True
        return any(
            g.patient_id == patient_id and g.scope is scope and (level is Level.VIEW or g.level is Level.ACT)
            for g in self.grants
        )

    @classmethod
    def system(cls, clinic_id: UUID, name: str = "portal") -> Actor:
        """The portal itself, working within one clinic."""
        return cls(user_id=UUID(int=0), clinic_id=clinic_id, role=Role.SYSTEM, name=name)

    def as_role(self, role: Role) -> Actor:
        """The same person in another role (for tests of what a role may do)."""
        return replace(self, role=role)
