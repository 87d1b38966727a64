"""The server's side of an inbox page alone: the service call, in this process, with nobody else about."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from tests.bench.site import Line, Site, spread

ROOT = Path(__file__).parents[2]
CALLS, WARM_UP = 400, 40


def run(site: Site) -> list[Line]:
    """Median and 95th percentile of ``services.task.inbox``, each call by another coordinator."""
    command = [sys.executable, "-m", "tests.bench.service_bench", *site.clinic.coordinators]
    done = subprocess.run(command, cwd=ROOT, env=site.portal.env, capture_output=True, check=False, text=True)
    if done.returncode:
        raise RuntimeError(done.stderr)
    measured: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    lines = []
    for name, seconds in measured["seconds"].items():
        lines += spread(name, seconds, site.on)
    return lines


async def _measure(cookies: list[str]) -> dict[str, Any]:
    from pcc_portal.db.engine import close_all
    from pcc_portal.domain.task import View
    from pcc_portal.services.identity import actor_of
    from pcc_portal.services.task import inbox

    seconds: dict[str, list[float]] = {}

    async def timed(name: str, call: Any) -> Any:
        start, cpu = time.perf_counter(), time.process_time()
        result = await call
        if number >= 0:
            seconds.setdefault(name, []).append(time.perf_counter() - start)
            seconds.setdefault(f"{name} (processor time)", []).append(time.process_time() - cpu)
        return result

    views = (View.ALL, View.UNASSIGNED)
    for number in range(-WARM_UP, CALLS):
        actor = await timed("session look-up", actor_of(cookies[number % len(cookies)]))
        page = await timed("inbox page of 50, service call", inbox(actor, views[number % 2]))
        assert len(page.rows) == 50
    await close_all()
    return {"seconds": seconds, "load": os.getloadavg()[0]}


if __name__ == "__main__":
    print(json.dumps(asyncio.run(_measure(sys.argv[1:]))))
