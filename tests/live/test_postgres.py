"""Topics that other processes commit: heard, and after a lost connection heard again."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import psycopg
import pytest

from pcc_portal.db.engine import close_all
from pcc_portal.db.unit_of_work import unit_of_work
from pcc_portal.live.hub import Hub
from pcc_portal.live.relay import relaying
from pcc_portal.settings import settings
from tests.factories import a_clinic, a_patient


async def _until(true: Callable[[], bool], seconds: float = 5.0) -> None:
    for _ in range(int(seconds / 0.02)):
        if true():
            return
        await asyncio.sleep(0.02)
    raise AssertionError("it did not happen")


async def test_a_commit_wakes_and_a_lost_line_comes_back(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PCC_DATABASE_URL", postgres_url)
    settings.cache_clear()
    hub, woken = Hub(), []

    async def push(tab: str, event: Any) -> None:
        woken.append(tab)

    ana = await a_patient(await a_clinic())
    async with relaying(hub, push, lambda tab: True):
        hub.watch("a", lambda: "refresh", ["topic-of-a"])
        hub.watch("b", lambda: "refresh", ["topic-of-b"])
        await _until(lambda: _listeners(postgres_url) == 1)
        async with unit_of_work(ana.actor) as work:
            work.announce("topic-of-a")
        await _until(lambda: woken == ["a"])
        with pytest.raises(RuntimeError):
            async with unit_of_work(ana.actor) as work:
                work.announce("topic-of-b")
                raise RuntimeError
        woken.clear()
        _cut(postgres_url)
        await _until(lambda: sorted(woken) == ["a", "b"])
        woken.clear()
        async with unit_of_work(ana.actor) as work:
            work.announce("topic-of-b")
        await _until(lambda: woken == ["b"])
    await close_all()
    settings.cache_clear()


_LISTENING = "FROM pg_stat_activity WHERE query = 'LISTEN portal' AND datname = current_database()"


def _listeners(url: str) -> int:
    with psycopg.connect(url) as connection:
        row = connection.execute(f"SELECT count(*) {_LISTENING}").fetchone()
        return int(row[0]) if row else 0


def _cut(url: str) -> None:
    with psycopg.connect(url) as connection:
        connection.execute(f"SELECT pg_terminate_backend(pid) {_LISTENING}")
