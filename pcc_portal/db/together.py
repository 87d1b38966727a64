"""What many ask at the same moment is asked of the database once.

A change wakes every open inbox, and all of them then ask the same. Nothing is kept: an answer is never
older than the question, since whoever comes while the database is being asked waits for the next time.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Hashable, Mapping
from typing import Any, Generic, TypeVar
from weakref import WeakValueDictionary

Key = TypeVar("Key", bound=Hashable)
Found = TypeVar("Found")


class Together:
    """Questions by their key; those that wait for the same one share its answer."""

    def __init__(self) -> None:
        self._waiting: dict[Hashable, asyncio.Task[Any]] = {}
        self._turns: WeakValueDictionary[Hashable, asyncio.Lock] = WeakValueDictionary()

    async def ask(self, key: Hashable, question: Callable[[], Awaitable[Found]]) -> Found:
        """The answer to a question that is put after this call, by whoever was the first to ask."""
        task = self._waiting.get(key)
        if task is None:
            task = self._waiting[key] = asyncio.create_task(self._put(key, question))
        answer: Found = await asyncio.shield(task)
        return answer

    async def _put(self, key: Hashable, question: Callable[[], Awaitable[Found]]) -> Found:
        turn = self._turns.setdefault(key, asyncio.Lock())
        async with turn:
            del self._waiting[key]
            return await question()


class Gathered(Generic[Key, Found]):
    """Look-ups by key; those that come together are one call of ``find``."""

    def __init__(self, find: Callable[[list[Key]], Awaitable[Mapping[Key, Found]]]) -> None:
        self._find = find
        self._together = Together()
        self._wanted: set[Key] = set()

    async def one(self, key: Key) -> Found | None:
        """What belongs to a key, looked up after this call; None when there is nothing."""
        self._wanted.add(key)
        found = await self._together.ask(None, self._find_wanted)
        return found.get(key)

    async def _find_wanted(self) -> Mapping[Key, Found]:
        wanted, self._wanted = self._wanted, set()
        return await self._find(list(wanted))
