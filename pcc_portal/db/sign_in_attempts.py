"""The counters behind failed sign-ins, read and moved within the caller's transaction."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import col, select

from pcc_portal.db.tables import SignInAttempt


async def attempts(session: Any, keys: list[bytes]) -> dict[bytes, SignInAttempt]:
    """The counters that exist, locked until the transaction ends."""
    statement = select(SignInAttempt).where(col(SignInAttempt.key_hash).in_(keys)).with_for_update()
    return {row.key_hash: row for row in (await session.exec(statement)).all()}


async def count(
    session: Any, row: SignInAttempt | None, key: bytes, now: datetime, forget: timedelta
) -> None:
    """One more; from one again when the last is longer ago than ``forget``."""
    stale = row is not None and row.last_at + forget < now
    maker = sqlite.insert if session.bind.dialect.name == "sqlite" else postgresql.insert
    fresh = maker(SignInAttempt).values(key_hash=key, failures=1, last_at=now)
    failures = 1 if stale else col(SignInAttempt.failures) + 1
    await session.execute(
        fresh.on_conflict_do_update(index_elements=["key_hash"], set_={"failures": failures, "last_at": now})
    )


async def succeed(session: Any, account: bytes, address: bytes) -> None:
    """Forget an account's failures; take back this one try of the address, and no more than that."""
    await session.execute(delete(SignInAttempt).where(col(SignInAttempt.key_hash) == account))
    await session.execute(
        update(SignInAttempt)
        .where(col(SignInAttempt.key_hash) == address, col(SignInAttempt.failures) > 0)
        .values(failures=col(SignInAttempt.failures) - 1)
    )
