"""The audit log's writer: many callers, one commit.

Reads and refusals are recorded here, outside the transaction they belong to, and the caller waits until
they are on disk: what is not recorded is not shown. Callers that come while a commit is under way share
the next one. The same person reading the same thing again within five minutes is one event.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncEngine

from pcc_portal.db.tables.audit_event import AuditEvent

SAME_READ_SECONDS = 300.0
REMEMBERED = 50_000


class AuditLog:
    """Writes audit events in groups; one for each open database."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._waiting: list[tuple[Sequence[AuditEvent], asyncio.Future[None]]] = []
        self._writing: asyncio.Task[None] | None = None
        self._recent: dict[tuple[object, ...], float] = {}

    async def record(self, events: Sequence[AuditEvent]) -> None:
        """Return when the events are on disk."""
        fresh = [event for event in events if not self._repeats(event)]
        if not fresh:
            return
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((fresh, done))
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write())
        try:
            await asyncio.shield(done)
        except BaseException:
            for event in fresh:
                self._recent.pop(_key(event), None)
            raise

    def knows(
        self, agent: UUID, entity: str, entity_id: UUID | None, patient: UUID | None, detail: str
    ) -> bool:
        """Whether this person's same look at the same thing is on record since less than five minutes."""
        at = self._recent.get((agent, entity, entity_id, patient, detail), -SAME_READ_SECONDS)
        return time.monotonic() - at < SAME_READ_SECONDS

    def _repeats(self, event: AuditEvent) -> bool:
        if event.action != "R" or event.outcome != "ok":
            return False
        now, key = time.monotonic(), _key(event)
        if now - self._recent.get(key, -SAME_READ_SECONDS) < SAME_READ_SECONDS:
            return True
        if len(self._recent) >= REMEMBERED:
            self._recent.clear()
        self._recent[key] = now
        return False

    async def _write(self) -> None:
        while self._waiting:
            batch, self._waiting = self._waiting, []
            rows = [event.model_dump() for events, _ in batch for event in events]
            try:
                async with self._engine.begin() as connection:
                    await connection.execute(insert(AuditEvent), rows)
            except Exception as error:
                for _, done in batch:
                    if not done.done():
                        done.set_exception(error)
                continue
            for _, done in batch:
                if not done.done():
                    done.set_result(None)


def _key(event: AuditEvent) -> tuple[object, ...]:
    return (event.agent_id, event.entity_type, event.entity_id, event.patient_id, event.detail)
