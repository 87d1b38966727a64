"""Waking screens: at once, once more when something came in between, and nobody who has left."""

from __future__ import annotations

import asyncio
from typing import Any

from pcc_portal.live.hub import Hub


class Tabs:
    """The tabs of a process, as the hub reaches them."""

    def __init__(self) -> None:
        self.hub = Hub()
        self.woken: list[tuple[str, Any]] = []
        self.gone: set[str] = set()
        self.slow = 0.0
        self.hub.attach(self._push, lambda tab: tab not in self.gone)

    async def _push(self, tab: str, event: Any) -> None:
        self.woken.append((tab, event))
        await asyncio.sleep(self.slow)

    def watch(self, tab: str, *topics: str) -> None:
        """A tab whose event is its own name."""
        self.hub.watch(tab, lambda: f"refresh {tab}", topics)


async def test_only_who_watches_is_woken_and_at_once() -> None:
    tabs = Tabs()
    tabs.watch("a", "x", "y")
    tabs.watch("b", "z")
    tabs.hub.heard(frozenset({"x", "y"}))
    await asyncio.sleep(0.005)
    assert tabs.woken == [("a", "refresh a")]


async def test_a_burst_becomes_two_wakes_and_the_last_is_not_lost() -> None:
    tabs = Tabs()
    tabs.watch("a", "x")
    for _ in range(100):
        tabs.hub.heard(frozenset({"x"}))
        await asyncio.sleep(0)
    await asyncio.sleep(0.1)
    assert len(tabs.woken) == 2


async def test_what_happens_while_a_tab_is_refreshed_wakes_it_again() -> None:
    tabs = Tabs()
    tabs.slow = 0.02
    tabs.watch("a", "x")
    tabs.hub.heard(frozenset({"x"}))
    await asyncio.sleep(0.01)
    tabs.hub.heard(frozenset({"x"}))
    await asyncio.sleep(0.15)
    assert len(tabs.woken) == 2


async def test_a_tab_watches_its_last_page_only() -> None:
    tabs = Tabs()
    tabs.watch("a", "x")
    tabs.watch("a", "y")
    tabs.hub.heard(frozenset({"x"}))
    await asyncio.sleep(0.01)
    assert tabs.woken == []
    tabs.hub.forget("a")
    tabs.hub.heard(frozenset({"y"}))
    await asyncio.sleep(0.01)
    assert tabs.woken == [] and tabs.hub.watching("a") == frozenset()


async def test_a_tab_that_is_gone_is_forgotten() -> None:
    tabs = Tabs()
    tabs.watch("a", "x")
    tabs.gone.add("a")
    tabs.hub.heard(frozenset({"x"}))
    await asyncio.sleep(0.01)
    assert tabs.woken == [] and tabs.hub.watching("a") == frozenset()
