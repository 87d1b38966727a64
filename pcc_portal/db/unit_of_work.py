"""The only way into the database: one transaction, one actor, only what that actor may see.

``unit_of_work(actor)`` writes, ``reading(actor)`` only reads. Both add ``VISIBLE_TO`` to every query and
record an AuditEvent for what was read and written; a refusal is recorded in a transaction of its own.
Topics announced are heard after the commit, and only then.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Hashable, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from functools import cached_property
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import event, text, update
from sqlalchemy.orm import with_loader_criteria
from sqlmodel import SQLModel, select
from sqlmodel.ext.asyncio.session import AsyncSession

from pcc_portal.db import bulk, submission
from pcc_portal.db import tables as t
from pcc_portal.db.engine import Database, database
from pcc_portal.db.guard import UNAUDITED, UNAUDITED_READS, event_of, patient_of, tables_of
from pcc_portal.db.refusals import refusals
from pcc_portal.db.visibility import eyes, rule_for
from pcc_portal.domain.actor import Actor
from pcc_portal.domain.errors import Denied, NotFound, TooManySends
from pcc_portal.domain.ids import utc_now
from pcc_portal.domain.permission import Permission, permitted

Table = TypeVar("Table", bound=SQLModel)
Found = TypeVar("Found")
CHANNEL = "portal"


class Work:
    """One transaction of one actor."""

    def __init__(self, actor: Actor, base: Database, *, writes: bool, now: datetime) -> None:
        self.actor = actor
        self.now = now
        self.queries = 0
        self._base = base
        self._writes = writes
        self._topics: set[str] = set()
        self._audit: list[t.AuditEvent] = []
        self._refusal: t.AuditEvent | None = None
        self._submission: t.Submission | None = None
        self._unrecorded = False

    @cached_property
    def _session(self) -> AsyncSession:
        """The session, opened at the first question: whoever shares an answer needs none."""
        session = self._base.session(writes=self._writes)
        if self._writes:
            event.listen(session.sync_session, "before_flush", self._note_changes)
        return session

    # Reading

    async def one(self, table: type[Table], key: UUID | None, *, lock: bool = False) -> Table:
        """The visible row with this id; NotFound when there is none, or none for this actor.

        Locked, it is as it stands now, whatever was read of it before.
        """
        statement = select(table).where(table.id == key)  # type: ignore[attr-defined]
        rows = await self._run(self._locked(statement) if lock else statement)
        if not rows:
            self._refusal = self._event("R", table, key, None, outcome="refused")
            raise NotFound
        row: Table = rows[0]
        self._note_read(table, rows)
        return row

    async def all(self, statement: Any, *, detail: str = "", lock: bool = False) -> Sequence[Any]:
        """The visible rows of a SELECT over tables of this schema; locked, those that fit it now."""
        rows = await self._run(self._locked(statement) if lock else statement)
        for table in () if self._unrecorded else tables_of(statement):
            self._note_read(table, rows, detail)
        return rows

    async def first(self, statement: Any) -> Any | None:
        """The first visible row of a SELECT, or None."""
        rows = await self.all(statement.limit(1))
        return rows[0] if rows else None

    async def count(self, statement: Any) -> Sequence[Any]:
        """The rows of an aggregate over what is visible; nobody's record is read, so none is recorded."""
        return await self._run(statement)

    async def together(
        self, key: Hashable, tables: tuple[type[SQLModel], ...], look: Callable[[Work], Awaitable[Found]]
    ) -> Found:
        """What ``look`` finds, looked up once for all who ask the same at the same moment.

        Only those share it whose rules for the tables are the same; ``look`` gets a Work of its own, whose
        reads are not recorded: what each is shown goes on record by :meth:`seen`.
        """

        async def looked() -> Found:
            async with _work(self.actor, writes=False, now=self.now) as work:
                work._unrecorded = True
                return await look(work)

        return await self._base.together.ask((key, eyes(self.actor, tables)), looked)

    def seen(
        self, tables: tuple[type[SQLModel], ...], patients: Collection[UUID | None], detail: str = ""
    ) -> None:
        """Record that the actor was shown rows of these tables about these patients, read with others."""
        for table in tables if patients else ():
            self._note(table, None, patients, detail)

    async def internal(self, statement: Any) -> Any | None:
        """A row the portal keeps for its own use (a task behind a patient's request).

        Seen with the portal's eyes within the actor's clinic; for ``db`` alone, never to be returned.
        """
        rows = await self._run(statement.limit(1), Actor.system(self.actor.clinic_id))
        return rows[0] if rows else None

    def _locked(self, statement: Any) -> Any:
        """On SQLite whoever writes is alone anyway."""
        if self._base.is_sqlite:
            return statement
        return statement.with_for_update().execution_options(populate_existing=True)

    async def _run(self, statement: Any, viewer: Actor | None = None) -> Sequence[Any]:
        guarded = statement
        for table in tables_of(statement):
            rule = rule_for(table)(viewer or self.actor)
            guarded = guarded.options(with_loader_criteria(table, rule, include_aliases=True))
        self.queries += 1
        rows: Sequence[Any] = (await self._session.exec(guarded)).all()
        return rows

    # Writing

    def add(self, row: Table) -> Table:
        """Put a new row in."""
        self._session.add(row)
        return row

    def remove(self, row: SQLModel) -> None:
        """Take a row out when the transaction ends."""
        self._session.sync_session.delete(row)

    async def flush(self) -> None:
        """Send what was added so far, so that later rows can point at it."""
        await self._session.flush()

    @property
    def is_sqlite(self) -> bool:
        """Whether the database is SQLite, for the few statements that differ."""
        return self._base.is_sqlite

    async def execute(self, statement: Any, rows: Any = None) -> Any:
        """Run a bulk statement of the portal itself (an import); only the system may."""
        if not self.actor.is_system:
            raise Denied
        self.queries += 1
        connection = await self._session.connection()
        return await bulk.execute(connection, statement, rows)

    async def change_all(self, table: type[SQLModel], *where: Any, **values: Any) -> int:
        """UPDATE the visible rows that match, all at once; how many there were."""
        self.queries += 1
        connection = await self._session.connection()
        statement = update(table).where(rule_for(table)(self.actor), *where).values(**values)
        count: int = (await connection.execute(statement)).rowcount
        return count

    def require(self, permission: Permission, patient_id: UUID | None = None) -> None:
        """Denied, and recorded, unless the actor may do this to this patient's record."""
        if not permitted(self.actor, permission, patient_id):
            self._refusal = self._event("E", permission, None, patient_id, outcome="refused")
            raise Denied

    def announce(self, *topics: str) -> None:
        """Wake whoever watches these topics, once this is committed."""
        self._topics.update(topics)

    def record(self, action: str, entity: Any, patient_id: UUID | None = None, detail: str = "") -> None:
        """Record an act that no row shows by itself (a download, an import)."""
        self._audit.append(self._event(action, entity, None, patient_id, detail=detail))

    async def earlier(self, act: str, key: UUID | None) -> UUID | None:
        """The result of the same send when it was taken before; None the first time."""
        self.queries += 2
        try:
            row, first = await submission.take(self._session, self.actor, act, key, self.now)
        except TooManySends:
            self._refusal = self._event("E", f"{act}: too many", None, None, outcome="refused")
            raise
        self._submission = row
        return None if first else row.result_id

    def settle(self, result_id: UUID) -> UUID:
        """Remember what this send made, so that a repeat answers the same."""
        if self._submission is not None:
            self._submission.result_id = result_id
        return result_id

    # Recording

    def _event(
        self, action: str, entity: Any, entity_id: UUID | None, patient_id: UUID | None, **more: str
    ) -> t.AuditEvent:
        return event_of(self.actor, self.now, action, entity, entity_id, patient_id, **more)

    def _note_read(self, table: type[SQLModel], rows: Sequence[Any], detail: str = "") -> None:
        if self.actor.is_system or self._unrecorded or table in UNAUDITED_READS or not rows:
            return
        single = rows[0].id if len(rows) == 1 and isinstance(rows[0], table) else None  # type: ignore[attr-defined]
        self._note(table, single, {patient_of(row, table) for row in rows}, detail)

    def _note(
        self, table: type[SQLModel], key: UUID | None, patients: Collection[UUID | None], detail: str
    ) -> None:
        patient = next(iter(patients)) if len(patients) == 1 else None
        known = self._base.audit.knows
        if self._writes or not known(self.actor.user_id, table.__name__, key, patient, detail):
            self._audit.append(self._event("R", table, key, patient, detail=detail))

    def _note_changes(self, session: Any, _context: Any, _instances: Any) -> None:
        for rows, action in ((session.new, "C"), (session.dirty, "U"), (session.deleted, "D")):
            for row in list(rows):
                if isinstance(row, UNAUDITED) or (action == "U" and not session.is_modified(row)):
                    continue
                if self.actor.is_system and action != "D":
                    continue
                self._audit.append(self._event(action, type(row), getattr(row, "id", None), patient_of(row)))

    # Ending

    @property
    def _is_open(self) -> bool:
        return "_session" in self.__dict__

    async def _commit(self) -> None:
        if not self._writes:
            if self._is_open:
                self._session.expunge_all()
                await self._session.rollback()
            await self._base.audit.record(self._audit)
            return
        await self._session.flush()
        if self._audit:
            self._session.add_all(self._audit)
        if not self._base.is_sqlite:
            for topic in sorted(self._topics):
                notify = text("SELECT pg_notify(:channel, :topic)")
                connection = await self._session.connection()
                await connection.execute(notify, {"channel": CHANNEL, "topic": topic})
        await self._session.commit()
        if self._base.is_sqlite and self._topics:
            self._base.heard(frozenset(self._topics))

    async def _end(self, failed: bool) -> None:
        try:
            if not failed:
                await self._commit()
            elif self._is_open:
                await self._session.rollback()
        finally:
            if self._is_open:
                await self._session.close()
        if self._refusal is not None:
            await refusals().note(self._refusal, str(self.actor.user_id))


@asynccontextmanager
async def unit_of_work(actor: Actor, *, now: datetime | None = None) -> AsyncIterator[Work]:
    """One write transaction as ``actor``: committed when the block ends, undone when it fails."""
    async with _work(actor, writes=True, now=now) as work:
        yield work


@asynccontextmanager
async def reading(actor: Actor, *, now: datetime | None = None) -> AsyncIterator[Work]:
    """One read-only look as ``actor``; what was read is on record before the block returns."""
    async with _work(actor, writes=False, now=now) as work:
        yield work


@asynccontextmanager
async def _work(actor: Actor, *, writes: bool, now: datetime | None) -> AsyncIterator[Work]:
    work = Work(actor, database(), writes=writes, now=now or utc_now())
    try:
        yield work
    except BaseException:
        await work._end(failed=True)
        raise
    await work._end(failed=False)
