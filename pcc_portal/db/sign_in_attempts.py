"""The counters behind failed sign-ins, read and moved within the caller's transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import col, select

from pcc_portal.db.tables import SignInAttempt


async def attempts(session: Any, keys: Sequence[bytes], now: datetime) -> dict[bytes, SignInAttempt]:
    """The counters, made where there were none, and locked until the transaction ends.

    Made first: two that come at once for the first time must wait for each other too.
    """
    maker = sqlite.insert if session.bind.dialect.name == "sqlite" else postgresql.insert
    connection = await session.connection()
    fresh = [{"key_hash": key, "failures": 0, "last_at": now} for key in sorted(keys)]
    await connection.execute(maker(SignInAttempt).on_conflict_do_nothing(), fresh)
    statement = select(SignInAttempt).where(col(SignInAttempt.key_hash).in_(keys))
    locked = statement.order_by(col(SignInAttempt.key_hash)).with_for_update()
    return {row.key_hash: row for row in (await session.exec(locked)).all()}


def count(row: SignInAttempt, now: datetime, forget: timedelta) -> None:
    """One more; from one again when the last is longer ago than ``forget``."""
    row.failures = 1 if row.last_at + forget < now else row.failures + 1
    row.last_at = now


async def succeed(session: Any, account: bytes, address: bytes) -> None:
    """Forget an account's failures; take back this one try of the address, and no more than that."""
    connection = await session.connection()
    await connection.execute(delete(SignInAttempt).where(col(SignInAttempt.key_hash) == account))
    await connection.execute(
        update(SignInAttempt)
        .where(col(SignInAttempt.key_hash) == address, col(SignInAttempt.failures) > 0)
        .values(failures=col(SignInAttempt.failures) - 1)
    )
