"""Hears what other processes commit: one LISTEN connection, which comes back by itself."""

from __future__ import annotations

import asyncio
import logging

import psycopg

from pcc_portal.db.unit_of_work import CHANNEL
from pcc_portal.live.hub import Hub

log = logging.getLogger(__name__)
FIRST_DELAY, LONGEST_DELAY = 0.2, 10.0


async def listen(hub: Hub, url: str) -> None:
    """Feed the hub until cancelled. After a gap everybody is woken once: something may have been missed."""
    address = url.replace("postgresql+psycopg://", "postgresql://", 1)
    delay, heard_before = FIRST_DELAY, False
    while True:
        try:
            async with await psycopg.AsyncConnection.connect(
                address, autocommit=True, keepalives_idle=15, keepalives_interval=5, keepalives_count=3
            ) as connection:
                await connection.execute(f"LISTEN {CHANNEL}")
                if heard_before:
                    hub.heard_all()
                delay, heard_before = FIRST_DELAY, True
                async for notice in connection.notifies():
                    hub.heard(frozenset({notice.payload}))
        except (psycopg.Error, OSError) as error:
            log.warning("lost the database (%s), again in %.1f s", type(error).__name__, delay)
        await asyncio.sleep(delay)
        delay = min(delay * 2, LONGEST_DELAY)
