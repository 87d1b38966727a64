"""What each role may do. Pure: it knows the actor and the patient, and answers yes or no."""

from __future__ import annotations

from enum import StrEnum
from uuid import UUID

from pcc_portal.domain.actor import Actor, Level, Role, Scope


class Permission(StrEnum):
    """Everything that can be permitted, as ``noun:verb``."""

    SESSION_READ = "session:read"
    CARE_PLAN_READ = "care-plan:read"
    APPOINTMENT_READ = "appointment:read"
    APPOINTMENT_REQUEST = "appointment:request"
    APPOINTMENT_TRIAGE = "appointment:triage"
    COVERAGE_READ = "coverage:read"
    COVERAGE_SUBMIT = "coverage:submit"
    COVERAGE_VERIFY = "coverage:verify"
    COMMUNICATION_READ = "communication:read"
    COMMUNICATION_SEND = "communication:send"
    FILE_READ = "file:read"
    FILE_UPLOAD = "file:upload"
    DRAFT_KEEP = "draft:keep"
    TASK_READ = "task:read"
    TASK_WORK = "task:work"
    NOTE_WRITE = "note:write"
    ACCESS_LOG_READ = "access-log:read"
    USER_MANAGE = "user:manage"
    RECORD_IMPORT = "record:import"


_PATIENT_SIDE: dict[Permission, tuple[Scope, Level] | None] = {
    Permission.SESSION_READ: None,
    Permission.CARE_PLAN_READ: (Scope.CARE_PLAN, Level.VIEW),
    Permission.APPOINTMENT_READ: (Scope.APPOINTMENTS, Level.VIEW),
    Permission.APPOINTMENT_REQUEST: (Scope.APPOINTMENTS, Level.ACT),
    Permission.COVERAGE_READ: (Scope.INSURANCE, Level.VIEW),
    Permission.COVERAGE_SUBMIT: (Scope.INSURANCE, Level.ACT),
    Permission.COMMUNICATION_READ: (Scope.MESSAGES, Level.VIEW),
    Permission.COMMUNICATION_SEND: (Scope.MESSAGES, Level.ACT),
    Permission.FILE_READ: None,
    Permission.FILE_UPLOAD: None,
    Permission.DRAFT_KEEP: None,
}
_PATIENT_ONLY = frozenset({Permission.ACCESS_LOG_READ})
_CARE = frozenset(
    {
        Permission.SESSION_READ,
        Permission.CARE_PLAN_READ,
        Permission.APPOINTMENT_READ,
        Permission.APPOINTMENT_TRIAGE,
        Permission.COVERAGE_READ,
        Permission.COVERAGE_VERIFY,
        Permission.COMMUNICATION_READ,
        Permission.COMMUNICATION_SEND,
        Permission.FILE_READ,
        Permission.FILE_UPLOAD,
        Permission.DRAFT_KEEP,
        Permission.TASK_READ,
        Permission.TASK_WORK,
        Permission.NOTE_WRITE,
    }
)
_ADMIN = frozenset({Permission.SESSION_READ, Permission.USER_MANAGE, Permission.RECORD_IMPORT})


def role_may(role: Role, permission: Permission) -> bool:
    """Whether anybody in a role may ever do this; what the gate asks before any handler runs."""
    match role:
        case Role.SYSTEM:
            return True
        case Role.COORDINATOR | Role.LEAD:
            return permission in _CARE
        case Role.ADMIN:
            return permission in _ADMIN
        case Role.PATIENT | Role.TRUSTED:
            return permission in _PATIENT_SIDE or permission in _PATIENT_ONLY


def permitted(actor: Actor, permission: Permission, patient_id: UUID | None) -> bool:
    """Whether this person may do this to this patient's record.

    Staff act on any patient of their clinic (visibility has already kept others out);
    a patient on her own; a trusted person as far as the grant goes.
    """
    if not role_may(actor.role, permission):
        return False
    if actor.gives_care or actor.is_system or actor.role is Role.ADMIN:
        return True
    if permission in _PATIENT_ONLY:
        return actor.patient_id is not None and actor.patient_id == patient_id
    needed = _PATIENT_SIDE[permission]
    if needed is None:
        return patient_id is None or patient_id in actor.known_patients()
    return patient_id is not None and actor.may(needed[0], patient_id, needed[1])
