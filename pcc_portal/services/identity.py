"""Who is behind a cookie, and whose record is on screen. What the door itself asks has no actor yet."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam
from sqlalchemy.exc import IntegrityError
from sqlmodel import and_, col, func, select

from pcc_portal.db.base import UtcDateTime
from pcc_portal.db.door import found, key_of, look, standing
from pcc_portal.db.refusals import refusals
from pcc_portal.db.tables import (
    AuditEvent,
    Clinic,
    Communication,
    Consent,
    Patient,
    PortalSession,
    PortalUser,
    Task,
)
from pcc_portal.db.unit_of_work import reading, unit_of_work
from pcc_portal.domain.actor import Actor, Grant, Level, Role, Scope
from pcc_portal.domain.errors import Invalid, NotFound
from pcc_portal.domain.ids import utc_now
from pcc_portal.domain.permission import Permission
from pcc_portal.domain.sign_in import (
    LONGEST_PASSWORD,
    SHORTEST_PASSWORD,
)
from pcc_portal.domain.topic import Topic
from pcc_portal.integrations.password import hash_password
from pcc_portal.language import N_
from pcc_portal.sample_people import is_sample
from pcc_portal.settings import settings

_SCOPES = {scope.value: scope for scope in Scope}
_LEVELS = {level.value: level for level in Level}
_KNOWN: Any = (
    PortalSession.key_hash, PortalSession.acting_for, PortalSession.expires_at, PortalUser.id,
    PortalUser.clinic_id, PortalUser.role, PortalUser.name, PortalUser.patient_id, Clinic.zone,
    col(Consent.patient_id).label("granted_by"), Consent.scope, Consent.level,
)  # fmt: skip


# Asked before every event, so it is built once.
_NOW = bindparam("now", type_=UtcDateTime())
_WHO: Any = (
    select(*_KNOWN)
    .select_from(PortalSession)
    .join(PortalUser, col(PortalUser.id) == col(PortalSession.user_id))
    .join(Clinic, col(Clinic.id) == col(PortalUser.clinic_id))
    .outerjoin(
        Consent,
        and_(
            col(Consent.grantee_id) == col(PortalUser.id),
            col(Consent.clinic_id) == col(PortalUser.clinic_id),
            standing(_NOW),
        ),
    )
    .where(
        col(PortalSession.key_hash).in_(bindparam("keys", expanding=True)),
        col(PortalSession.expires_at) > _NOW,
        col(PortalUser.active),
    )
)


@dataclass(frozen=True)
class HelpedPatient:
    """Somebody whose record a person helps with, for the switcher."""

    patient_id: UUID
    name: str


async def actor_of(cookie: str | None) -> Actor | None:
    """Who is behind a cookie, with her rights of this moment, in one query; None without a live session."""
    if not cookie or len(cookie) > 100:
        return None
    key = key_of(cookie)
    rows = await found(_signed_in, key)
    return _actor(rows, key.hex()) if rows else None


async def _signed_in(keys: list[bytes]) -> dict[bytes, list[Any]]:
    """Who is behind these cookies at this moment: a row for each grant, or one where there is none."""
    rows = await look(_WHO, keys=keys, now=utc_now())
    by_key: defaultdict[bytes, list[Any]] = defaultdict(list)
    for row in rows:
        by_key[row.key_hash].append(row)
    return by_key


def _actor(rows: Any, session_key: str) -> Actor:
    grants = {
        Grant(row.granted_by, _SCOPES[row.scope], _LEVELS[row.level])
        for row in rows
        if row.scope in _SCOPES and row.level in _LEVELS
    }
    row = rows[0]
    helped = {grant.patient_id for grant in grants}
    return Actor(
        user_id=row.id,
        clinic_id=row.clinic_id,
        role=Role(row.role),
        name=row.name,
        session=session_key,
        patient_id=row.patient_id,
        acting_for=row.acting_for if row.acting_for in helped else None,
        grants=tuple(sorted(grants, key=lambda grant: (str(grant.patient_id), grant.scope, grant.level))),
        zone=row.zone,
        expires_at=row.expires_at,
    )


async def record_refusal(actor: Actor | None, what: str, source: str = "") -> None:
    """Put on record that somebody was turned away before any service was asked; no arguments are kept.

    ``source`` is the socket or address it came from: each has a limit (``db/refusals.py``).
    """
    event = AuditEvent(
        clinic_id=actor.clinic_id if actor else None,
        agent_id=actor.user_id if actor else None,
        agent_name=actor.name if actor else "",
        agent_role=actor.role.value if actor else "",
        action="E",
        outcome="refused",
        entity_type=what[:160],
    )
    await refusals().note(event, source or (str(actor.user_id) if actor else ""))


# Leaving, and changing whose record is on screen


async def sign_out(cookie: str | None) -> None:
    """End the session behind a cookie; open screens of hers are woken, and find the door closed."""
    actor = await actor_of(cookie)
    if actor is None:
        return
    async with unit_of_work(actor) as work:
        row = await work.first(
            select(PortalSession).where(PortalSession.key_hash == bytes.fromhex(actor.session))
        )
        if row is not None:
            work.remove(row)
            work.record("E", "sign-out")
            work.announce(Topic.user(actor.user_id))


async def act_as(actor: Actor, patient_id: UUID | None) -> None:
    """Show another helped patient's record in this session; None is back to one's own."""
    if patient_id is not None and patient_id not in actor.known_patients():
        await record_refusal(actor, "act-as")
        raise NotFound
    target = None if patient_id == actor.patient_id else patient_id
    async with unit_of_work(actor) as work:
        if target is not None:
            await work.one(Patient, target)
        changed = await work.change_all(
            PortalSession,
            PortalSession.key_hash == bytes.fromhex(actor.session),
            acting_for=target,
        )
        if not changed:
            raise NotFound
        work.record("E", "act-as", target or actor.patient_id)
        work.announce(Topic.user(actor.user_id))


async def helped_patients(actor: Actor) -> list[HelpedPatient]:
    """The patients whose record this person helps with, by name."""
    helped = {grant.patient_id for grant in actor.grants}
    if not helped:
        return []
    async with reading(actor) as work:
        rows = await work.all(
            select(Patient.id, Patient.given, Patient.family).where(col(Patient.id).in_(helped))
        )
    people = [HelpedPatient(key, f"{given} {family}".strip()) for key, given, family in rows]
    return sorted(people, key=lambda person: person.name)


@dataclass(frozen=True)
class Surroundings:
    """What stands around every screen."""

    clinic_name: str
    clinic_phone: str
    clinic_address: str
    viewing_as: str
    unread: int


async def surroundings(actor: Actor) -> Surroundings:
    """The clinic's name, whose record is on screen when it is not one's own, and what waits."""
    async with reading(actor) as work:
        clinic = await work.first(select(Clinic.name, Clinic.phone, Clinic.address))
        name = ""
        if actor.acting_for is not None:
            key: Any = col(Patient.id).label("patient_id")
            row = await work.first(
                select(key, Patient.given, Patient.family).where(Patient.id == actor.acting_for)
            )
            name = f"{row.given} {row.family}".strip() if row else ""
        waiting = await work.count(_waiting(actor))
    called, phone, address = clinic or ("", "", "")
    return Surroundings(called, phone, address, name, int(waiting[0]))


def _waiting(actor: Actor) -> Any:
    """How many messages, or for staff how many open tasks, wait."""
    if actor.gives_care:
        return select(func.count(col(Task.id))).where(Task.queue == "clinic")
    return select(func.count(col(Communication.id))).where(
        Communication.patient_id == actor.subject_id,
        Communication.side == "clinic",
        col(Communication.read_at).is_(None),
    )


# Managing who can sign in


async def create_user(
    actor: Actor,
    *,
    email: str,
    name: str,
    role: Role,
    password: str,
    patient_id: UUID | None = None,
    locale: str = "",
) -> UUID:
    """Let a person sign in to the actor's clinic."""
    problems = _problems(email, name, password)
    if problems:
        raise Invalid(problems)
    password_hash = await hash_password(password)
    try:
        return await _add_user(actor, email, name, role, password_hash, patient_id, locale)
    except IntegrityError:
        raise Invalid({"email": N_("Somebody signs in with this address already.")}) from None


async def _add_user(
    actor: Actor,
    email: str,
    name: str,
    role: Role,
    password_hash: str,
    patient_id: UUID | None,
    locale: str,
) -> UUID:
    async with unit_of_work(actor) as work:
        work.require(Permission.USER_MANAGE)
        if patient_id is not None:
            await work.one(Patient, patient_id)
        user = work.add(
            PortalUser(
                clinic_id=actor.clinic_id,
                email=email.strip().lower(),
                name=name.strip(),
                role=role.value,
                password_hash=password_hash,
                patient_id=patient_id,
                locale=locale,
            )
        )
        await work.flush()
        return user.id


def _problems(email: str, name: str, password: str) -> dict[str, str]:
    problems = {}
    local, at, host = email.strip().partition("@")
    if not (local and at and "." in host) or len(email) > 254 or any(c.isspace() for c in email.strip()):
        problems["email"] = N_("Enter an e-mail address, like name@example.org.")
    if not name.strip():
        problems["name"] = N_("Enter a name.")
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        problems["password"] = N_("Choose a password of at least 12 characters.")
    elif settings().environment == "production" and is_sample(password):
        problems["password"] = N_("Everybody knows this password. Choose another one.")
    return problems
