"""Coming in: the one place where a password is judged. Nobody is known yet, so there is no actor."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import update
from sqlmodel import col, select

from pcc_portal.db.door import door, key_of, record, standing
from pcc_portal.db.sign_in_attempts import attempts, count, succeed
from pcc_portal.db.tables import AuditEvent, Consent, PortalSession, PortalUser
from pcc_portal.domain.errors import PortalError, TooMany
from pcc_portal.domain.ids import utc_now
from pcc_portal.domain.sign_in import (
    ACCOUNT,
    ADDRESS,
    FORGOTTEN_AFTER,
    LONGEST_PASSWORD,
    SESSION_LENGTH,
)
from pcc_portal.integrations.password import verify_password
from pcc_portal.language import N_
from pcc_portal.sample_people import is_sample
from pcc_portal.settings import settings


class WrongSignIn(PortalError):
    """The address and the password do not belong together (or there is no such address)."""

    say = N_("That e-mail address and password do not go together. Please check both.")


async def sign_in(email: str, password: str, *, device: str, address: str) -> str:
    """Open a session; the value of its cookie. WrongSignIn or TooMany otherwise, whoever was named."""
    email = email.strip().lower()[:254]
    keys = (_counter("account", email), _counter("address", address))
    user = await _take_a_try(email, keys)
    fits, renewed = await verify_password(password[:LONGEST_PASSWORD], user.password_hash if user else None)
    if user is None or not fits or not user.active or _opens_nothing(password):
        await record(_event("sign-in", user, outcome="refused"))
        raise WrongSignIn
    return await _open_session(user, renewed, keys, device)


def _opens_nothing(password: str) -> bool:
    """Whether it is the sample clinic's, which everybody knows: in production it opens nothing."""
    return settings().environment == "production" and is_sample(password)


def _counter(kind: str, name: str) -> bytes:
    return hashlib.sha256(f"{kind}:{name}".encode()).digest()


async def _take_a_try(email: str, keys: tuple[bytes, bytes]) -> PortalUser | None:
    """Count the try before it is judged, so that many at once cannot outrun the counter."""
    now = utc_now()
    async with door(writes=True) as session:
        known = await attempts(session, keys, now)
        for key, patience in zip(keys, (ACCOUNT, ADDRESS), strict=True):
            if patience.open_at(known[key].failures, known[key].last_at) > now:
                raise TooMany
        for row in known.values():
            count(row, now, FORGOTTEN_AFTER)
        found = await session.exec(select(PortalUser).where(PortalUser.email == email))
        return found.one_or_none()


async def _open_session(user: PortalUser, renewed: str | None, keys: tuple[bytes, bytes], device: str) -> str:
    cookie, now = secrets.token_urlsafe(32), utc_now()
    async with door(writes=True) as session:
        await succeed(session, *keys)
        if renewed:
            connection = await session.connection()
            await connection.execute(
                update(PortalUser).where(col(PortalUser.id) == user.id).values(password_hash=renewed)
            )
        session.add(
            PortalSession(
                key_hash=key_of(cookie),
                user_id=user.id,
                clinic_id=user.clinic_id,
                expires_at=now + SESSION_LENGTH,
                acting_for=None if user.patient_id else await _first_helped(session, user, now),
                device=device[:200],
            )
        )
        session.add(_event("sign-in", user))
    return cookie


async def _first_helped(session: Any, user: PortalUser, now: datetime) -> UUID | None:
    """Whose record a person without one of her own sees first."""
    statement = select(Consent.patient_id).where(standing(now), Consent.grantee_id == user.id)
    found: UUID | None = (await session.exec(statement.order_by(col(Consent.id)).limit(1))).first()
    return found


def _event(what: str, user: PortalUser | None, *, outcome: str = "ok") -> AuditEvent:
    return AuditEvent(
        clinic_id=user.clinic_id if user else None,
        agent_id=user.id if user else None,
        agent_name=user.name if user else "",
        agent_role=user.role if user else "",
        action="E",
        outcome=outcome,
        entity_type=what,
    )
