"""The database as the door sees it, before anybody is known: no actor, so no visibility rule.

Only ``services/identity.py`` and ``services/sign_in.py`` may import this (``tests/test_architecture.py``
sees to it).
"""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any

from sqlmodel import and_, col, or_
from sqlmodel.ext.asyncio.session import AsyncSession

from pcc_portal.db.engine import database
from pcc_portal.db.tables import AuditEvent, Consent


@asynccontextmanager
async def door(*, writes: bool = False) -> AsyncIterator[AsyncSession]:
    """A session without an actor; what was written is committed when the block ends."""
    async with database().session(writes=writes) as session:
        yield session
        if writes:
            await session.commit()


async def look(statement: Any, **values: Any) -> Sequence[Any]:
    """The rows of a statement that was built beforehand."""
    async with database().reader.connect() as connection:
        return (await connection.execute(statement, values)).all()


async def found(find: Callable[[list[Any]], Awaitable[Mapping[Any, Any]]], key: Any) -> Any | None:
    """What ``find`` finds for one key; keys that are asked for at the same moment go in one statement."""
    return await database().gathered(find).one(key)


async def record(*events: AuditEvent) -> None:
    """Put events on record in a transaction of their own."""
    await database().audit.record(events)


def key_of(cookie: str) -> bytes:
    """What the database keeps of a cookie."""
    return hashlib.sha256(cookie.encode()).digest()


def standing(now: Any) -> Any:
    """A grant that has neither ended nor run out."""
    return and_(
        col(Consent.status) == "active",
        col(Consent.ended_at).is_(None),
        or_(col(Consent.expires_at).is_(None), col(Consent.expires_at) > now),
    )
