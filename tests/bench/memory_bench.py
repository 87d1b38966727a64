"""How much memory an open inbox takes in the server."""

from __future__ import annotations

import asyncio
import time

from tests.bench.site import Line, Site
from tests.bench.sockets import Desks

WARM_UP, SESSIONS = 50, 300


def run(site: Site) -> list[Line]:
    """Growth of the worker's resident memory over 300 open inboxes, after a warm-up of 50."""
    before, after, seconds = asyncio.run(_measure(site))
    on = f"{site.kind}, {SESSIONS} sockets with the inbox loaded"
    return [
        {"name": "memory of a session", "value": round((after - before) / SESSIONS), "unit": "KiB", "on": on},
        {
            "name": "memory of the server with 350 sessions",
            "value": round(after / 1024),
            "unit": "MiB",
            "on": on,
        },
        {"name": "socket opened and inbox loaded", "value": round(seconds * 1000, 1), "unit": "ms", "on": on},
    ]


async def _measure(site: Site) -> tuple[float, float, float]:
    cookies = site.clinic.coordinators
    async with Desks(site.portal.origin, [cookies[n % len(cookies)] for n in range(WARM_UP)]):
        before, start = site.resident_kib(), time.perf_counter()
        async with Desks(site.portal.origin, [cookies[n % len(cookies)] for n in range(SESSIONS)]):
            seconds = (time.perf_counter() - start) / SESSIONS
            return before, site.resident_kib(), seconds
