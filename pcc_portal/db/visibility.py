"""Which rows of each table an actor may see: added to every query, decided from the actor alone.

A table without a rule is an error, not an open door.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, and_, false, or_, true
from sqlmodel import SQLModel, col

from pcc_portal.db import tables as t
from pcc_portal.db.tables.stored_file import DRAFT
from pcc_portal.domain.actor import CARE_ROLES, Actor, Role, Scope

Rule = Callable[[Actor], ColumnElement[bool]]
VISIBLE_TO: dict[type[SQLModel], Rule] = {}


def rule_for(table: type[SQLModel]) -> Rule:
    """The rule of a table; a table that has none cannot be read at all."""
    try:
        return VISIBLE_TO[table]
    except KeyError:
        raise LookupError(f"{table.__name__} has no visibility rule") from None


@lru_cache(maxsize=4096)
def eyes(actor: Actor, tables: tuple[type[SQLModel], ...]) -> str:
    """The actor's rules for these tables as text: who has the same sees the same rows of them."""
    rules = (rule_for(table)(actor).compile() for table in tables)
    return repr([(str(rule), sorted(rule.params.items())) for rule in rules])


def _same_clinic(table: Any, actor: Actor) -> ColumnElement[bool]:
    return col(table.clinic_id) == actor.clinic_id


def _patient_part(table: Any, scope: Scope) -> Rule:
    """Staff: the clinic's. Patient side: own, and what is granted in this scope."""

    def rule(actor: Actor) -> ColumnElement[bool]:
        if actor.gives_care or actor.is_system:
            return _same_clinic(table, actor)
        if actor.role is Role.ADMIN:
            return false()
        return and_(_same_clinic(table, actor), col(table.patient_id).in_(actor.readable(scope)))

    return rule


def _patient(actor: Actor) -> ColumnElement[bool]:
    if actor.gives_care or actor.is_system:
        return _same_clinic(t.Patient, actor)
    if actor.role is Role.ADMIN:
        return false()
    return and_(_same_clinic(t.Patient, actor), col(t.Patient.id).in_(actor.known_patients()))


def _directory(table: Any) -> Rule:
    """Names of clinicians and places: known to everybody of the clinic."""
    return lambda actor: _same_clinic(table, actor)


def _care_only(table: Any) -> Rule:
    """Never opened for the patient side."""
    return lambda actor: _same_clinic(table, actor) if actor.gives_care or actor.is_system else false()


def _system_only(table: Any) -> Rule:
    """What the portal keeps for its imports."""
    return lambda actor: _same_clinic(table, actor) if actor.is_system else false()


def _portal_user(actor: Actor) -> ColumnElement[bool]:
    if actor.gives_care or actor.is_system or actor.role is Role.ADMIN:
        return _same_clinic(t.PortalUser, actor)
    staff = col(t.PortalUser.role).in_([role.value for role in CARE_ROLES])
    return and_(_same_clinic(t.PortalUser, actor), or_(col(t.PortalUser.id) == actor.user_id, staff))


def _consent(actor: Actor) -> ColumnElement[bool]:
    if actor.gives_care or actor.is_system or actor.role is Role.ADMIN:
        return _same_clinic(t.Consent, actor)
    mine = or_(
        col(t.Consent.grantee_id) == actor.user_id,
        col(t.Consent.patient_id) == actor.patient_id if actor.patient_id else false(),
    )
    return and_(_same_clinic(t.Consent, actor), mine)


def _stored_file(actor: Actor) -> ColumnElement[bool]:
    if actor.is_system:
        return _same_clinic(t.StoredFile, actor)
    sent = or_(col(t.StoredFile.owner_kind) != DRAFT, col(t.StoredFile.uploaded_by) == actor.user_id)
    if actor.gives_care:
        return and_(_same_clinic(t.StoredFile, actor), sent)
    if actor.role is Role.ADMIN:
        return false()
    parts = [
        and_(
            col(t.StoredFile.scope) == scope.value,
            col(t.StoredFile.patient_id).in_(actor.readable(scope)),
        )
        for scope in Scope
        if actor.readable(scope)
    ]
    return and_(_same_clinic(t.StoredFile, actor), sent, or_(false(), *parts))


def _audit_event(actor: Actor) -> ColumnElement[bool]:
    if actor.is_system:
        return true()
    if actor.role in (Role.ADMIN, Role.LEAD):
        return col(t.AuditEvent.clinic_id) == actor.clinic_id
    if actor.patient_id is None:
        return false()
    return col(t.AuditEvent.patient_id) == actor.patient_id


def _own(table: Any) -> Rule:
    """Rows of one's own, whoever one is."""
    return lambda actor: col(table.user_id) == actor.user_id


_PARTS: dict[Scope, tuple[type[SQLModel], ...]] = {
    Scope.CARE_PLAN: (
        t.CarePlan, t.CareTeam, t.Goal, t.Condition, t.MedicationRequest, t.AllergyIntolerance,
        t.Observation,
    ),
    Scope.APPOINTMENTS: (t.Appointment, t.AppointmentOffer),
    Scope.INSURANCE: (t.Coverage, t.ExplanationOfBenefit),
    Scope.MESSAGES: (t.CommunicationThread, t.Communication),
    Scope.RECORDS: (
        t.Procedure, t.Immunization, t.Encounter, t.ServiceRequest, t.QuestionnaireResponse,
        t.DocumentReference, t.RelatedPerson,
    ),
}  # fmt: skip

for _scope, _tables in _PARTS.items():
    VISIBLE_TO |= {table: _patient_part(table, _scope) for table in _tables}
for _table in (t.Practitioner, t.PractitionerRole, t.Organization, t.Location):
    VISIBLE_TO[_table] = _directory(_table)
VISIBLE_TO |= {
    t.Clinic: lambda actor: col(t.Clinic.id) == actor.clinic_id,
    t.Patient: _patient,
    t.PortalUser: _portal_user,
    t.PortalSession: _own(t.PortalSession),
    t.SignInAttempt: lambda actor: false(),
    t.Consent: _consent,
    t.StoredFile: _stored_file,
    t.Task: _care_only(t.Task),
    t.Note: _care_only(t.Note),
    t.AuditEvent: _audit_event,
    t.Draft: _own(t.Draft),
    t.Submission: _own(t.Submission),
    t.PendingReference: _system_only(t.PendingReference),
    t.FhirIdentifier: _system_only(t.FhirIdentifier),
}
