"""Which sends were taken before, and how many one person sends: both kept where all processes see them.

A key counts for one act: with the key of a message, a request for a visit is still a send of its own.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID, uuid5

from sqlalchemy import func
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from pcc_portal.db.tables import Submission
from pcc_portal.domain.actor import Actor
from pcc_portal.domain.errors import TooManySends
from pcc_portal.domain.ids import new_id
from pcc_portal.settings import settings

WINDOW = timedelta(hours=1)
STAFF_FACTOR = 10


async def take(
    session: AsyncSession, actor: Actor, act: str, key: UUID | None, now: datetime
) -> tuple[Submission, bool]:
    """The row of a send, and whether it is the first with this key; a send without a key is always new.

    Two at once wait for each other on the primary key, so that one of them is the first. TooManySends for
    a new one beyond what a person sends within an hour.
    """
    bound = uuid5(key, act) if key is not None else new_id()
    maker = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    statement = maker(Submission).values(user_id=actor.user_id, key=bound, taken_at=now)
    connection = await session.connection()
    added = await connection.execute(statement.on_conflict_do_nothing().returning(col(Submission.key)))
    first = added.first() is not None
    lately = select(func.count()).where(
        Submission.user_id == actor.user_id, col(Submission.taken_at) > now - WINDOW
    )
    found = select(Submission, lately.scalar_subquery())
    row, sent = (
        await session.exec(found.where(Submission.user_id == actor.user_id, Submission.key == bound))
    ).one()
    if first and sent > settings().sends_an_hour * (STAFF_FACTOR if actor.gives_care else 1):
        raise TooManySends
    return row, first
