"""Connects the hub to the database of this process, for as long as the portal runs."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from pcc_portal.db.engine import database
from pcc_portal.live.hub import Connected, Hub, Push
from pcc_portal.live.postgres import listen


@asynccontextmanager
async def relaying(hub: Hub, push: Push, connected: Connected) -> AsyncIterator[None]:
    """Topics that are committed wake the tabs that watch them, while the block runs."""
    base = database()
    hub.attach(push, connected)
    if base.is_sqlite:
        base.listeners.append(hub.heard)
        try:
            yield
        finally:
            base.listeners.remove(hub.heard)
        return
    task = asyncio.create_task(listen(hub, base.url))
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
