"""The served portal with the busy clinic in it, on SQLite and on PostgreSQL; and how figures are said."""

from __future__ import annotations

import json
import os
import statistics
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import psutil

from tests.bench.dataset import Clinic
from tests.postgres import PostgresServer, start_postgres
from tests.servers import Portal

KINDS = ("SQLite", "PostgreSQL")
Line = dict[str, Any]


@dataclass
class Site:
    """A served portal: its database's kind, the server, who is signed in."""

    kind: str
    portal: Portal
    clinic: Clinic

    @property
    def on(self) -> str:
        """What the figures ran on."""
        return f"{self.kind}, 10,000 items of which 1,000 open, load {os.getloadavg()[0]:.1f}"

    def processor_seconds(self) -> float:
        """What the server's one worker has used so far: steadier than a clock on a busy machine."""
        used = psutil.Process(self.portal.worker_pid).cpu_times()
        return used.user + used.system

    def resident_kib(self) -> float:
        """The memory of the server's worker."""
        return psutil.Process(self.portal.worker_pid).memory_info().rss / 1024


@contextmanager
def databases(kinds: Sequence[str] = KINDS) -> Iterator[dict[str, str]]:
    """An address for each kind of database there is (SQLite's is empty: the portal's own file)."""
    server: PostgresServer | None = None
    found = {"SQLite": ""} if "SQLite" in kinds else {}
    if "PostgreSQL" in kinds:
        server, _reason = start_postgres()
        if server is not None:
            found["PostgreSQL"] = server.make_database()
    try:
        yield found
    finally:
        if server is not None:
            server.stop()


@contextmanager
def a_site(kind: str, url: str) -> Iterator[Site]:
    """The clinic, loaded and served."""
    portal = Portal({"PCC_DATABASE_URL": url})
    try:
        loaded = portal.run("-m", "tests.bench.dataset")
        (portal.data_dir / "dataset.json").write_text(loaded)
        yield Site(kind, portal.start(), Clinic(**json.loads(loaded.splitlines()[-1])))
    finally:
        portal.remove()


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which this share of the values lies."""
    return statistics.quantiles(values, n=1000, method="inclusive")[int(share * 1000) - 1]


def spread(name: str, seconds: Sequence[float], on: str, **more: Any) -> list[Line]:
    """Two lines for one measurement: the median and the 95th percentile, in milliseconds."""
    shown = {"unit": "ms", "on": on, "samples": len(seconds)}
    return [
        {"name": f"{name}, p50", "value": round(percentile(seconds, 0.5) * 1000, 1), **shown},
        {"name": f"{name}, p95", "value": round(percentile(seconds, 0.95) * 1000, 1), **shown, **more},
    ]
