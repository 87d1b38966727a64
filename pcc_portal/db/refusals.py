"""Puts refusals on record without letting an attacker fill the table.

Within a minute the process records ``refusals_a_minute`` one by one, and a tenth of that for each source (a
socket, an address); what is beyond is counted, and recorded as one event at the end of the minute.
"""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from functools import lru_cache

from pcc_portal.db.engine import database
from pcc_portal.db.tables import AuditEvent
from pcc_portal.settings import settings

WINDOW = 60.0


class Refusals:
    """The refusals of this minute."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._started = 0.0
        self._by_source: Counter[str] = Counter()
        self._beyond = 0
        self._later: asyncio.TimerHandle | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    async def note(self, event: AuditEvent, source: str) -> None:
        """Put one refusal on record, or count it."""
        now = time.monotonic()
        if now - self._started > WINDOW:
            self._started = now
            self._by_source.clear()
        if self._by_source[source] >= self._most // 10 or self._by_source.total() >= self._most:
            self._beyond += 1
            if self._later is None:
                self._later = asyncio.get_running_loop().call_later(WINDOW, self._sum_up)
            return
        self._by_source[source] += 1
        await database().audit.record([event])

    def _sum_up(self) -> None:
        times, self._beyond, self._later = self._beyond, 0, None
        event = AuditEvent(
            action="E", outcome="refused", entity_type="refusals", detail=f"{times} more within a minute"
        )
        task = asyncio.get_running_loop().create_task(database().audit.record([event]))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


@lru_cache(maxsize=1)
def refusals() -> Refusals:
    """The process's."""
    return Refusals(settings().refusals_a_minute)
