"""Wakes the screens of this process that watch a topic.

A wake is an event put into the ordinary queue of a tab, so it passes the access gate like any click:
nothing is shown to somebody whose rights have ended. A tab is woken at once; what happens while it is
being refreshed, or within ``PAUSE`` after, becomes one further wake.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable
from contextvars import Context
from typing import Any

PAUSE = 0.03
AT_ONCE = 64

Push = Callable[[str, Any], Awaitable[None]]
Connected = Callable[[str], bool]
EventFactory = Callable[[], Any]


class Hub:
    """Who watches what, in this process."""

    def __init__(self) -> None:
        self._topics: dict[str, frozenset[str]] = {}
        self._watchers: defaultdict[str, set[str]] = defaultdict(set)
        self._factories: dict[str, EventFactory] = {}
        self._waking: dict[str, bool] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._turn = asyncio.Semaphore(AT_ONCE)
        self._push: Push | None = None
        self._connected: Connected = lambda token: True

    def attach(self, push: Push, connected: Connected) -> None:
        """Say how a tab is woken, and how to tell whether it is still there."""
        self._push, self._connected = push, connected
        self._turn = asyncio.Semaphore(AT_ONCE)

    def watch(self, token: str, event_factory: EventFactory, topics: Iterable[str]) -> None:
        """From now on this tab watches these topics, and nothing it watched before."""
        self.forget(token)
        self._topics[token] = frozenset(topics)
        self._factories[token] = event_factory
        for topic in self._topics[token]:
            self._watchers[topic].add(token)

    def forget(self, token: str) -> None:
        """This tab watches nothing."""
        self._factories.pop(token, None)
        for topic in self._topics.pop(token, ()):
            self._watchers[topic].discard(token)
            if not self._watchers[topic]:
                del self._watchers[topic]

    def watching(self, token: str) -> frozenset[str]:
        """What a tab watches."""
        return self._topics.get(token, frozenset())

    def heard(self, topics: frozenset[str]) -> None:
        """Wake every tab that watches one of these topics. Returns at once."""
        for token in {token for topic in topics for token in self._watchers.get(topic, ())}:
            self._wake(token)

    def heard_all(self) -> None:
        """Wake every tab, when it is not known what was missed."""
        for token in tuple(self._topics):
            self._wake(token)

    def _wake(self, token: str) -> None:
        if self._push is None:
            return
        if token in self._waking:
            self._waking[token] = True
            return
        self._waking[token] = False
        # A context of its own: the wake is nobody's, least of all the writer's.
        task = asyncio.get_running_loop().create_task(self._keep_waking(token), context=Context())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _keep_waking(self, token: str) -> None:
        try:
            while True:
                self._waking[token] = False
                async with self._turn:
                    await self._wake_once(token)
                await asyncio.sleep(PAUSE)
                if not self._waking[token]:
                    return
        finally:
            self._waking.pop(token, None)

    async def _wake_once(self, token: str) -> None:
        factory = self._factories.get(token)
        if factory is None or self._push is None:
            return
        if not self._connected(token):
            self.forget(token)
            return
        await self._push(token, factory())


hub = Hub()
