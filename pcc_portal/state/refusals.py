"""Puts refusals on record without letting an attacker fill the table.

Within a minute a socket has its first ``EACH`` refusals recorded one by one, and the process ``ALL``;
what is beyond that is counted and recorded as one event at the end of the minute.
"""

from __future__ import annotations

import asyncio
import time
from collections import Counter

from pcc_portal.domain.actor import Actor
from pcc_portal.services.identity import record_refusal

EACH, ALL, WINDOW = 20, 200, 60.0
OVERFLOW = "refusals"


class Refusals:
    """The refusals of this minute."""

    def __init__(self) -> None:
        self._started = 0.0
        self._by_socket: Counter[str] = Counter()
        self._beyond = 0
        self._later: asyncio.TimerHandle | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    async def note(self, sid: str, actor: Actor | None, what: str) -> None:
        """Put one refusal on record, or count it."""
        now = time.monotonic()
        if now - self._started > WINDOW:
            self._started = now
            self._by_socket.clear()
        if self._by_socket[sid] >= EACH or self._by_socket.total() >= ALL:
            self._beyond += 1
            self._sum_up_later()
            return
        self._by_socket[sid] += 1
        await record_refusal(actor, what)

    def _sum_up_later(self) -> None:
        if self._later is None:
            self._later = asyncio.get_running_loop().call_later(WINDOW, self._sum_up)

    def _sum_up(self) -> None:
        times, self._beyond, self._later = self._beyond, 0, None
        task = asyncio.get_running_loop().create_task(record_refusal(None, OVERFLOW, times))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


refusals = Refusals()
