"""How fast records come in, commit included, and how much memory it takes.

Each measurement is a process of its own, so that its peak of memory is its own.
"""

from __future__ import annotations

import asyncio
import gzip
import json
import os
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "pcc_portal" / "demo" / "bundles"
BULK = ROOT / "tests" / "data" / "fhir" / "bulk-10-patients"
_TAIL_OF_ID = re.compile(rb'-([0-9a-f]{7})[0-9a-f]{5}"')


def run() -> list[dict[str, Any]]:
    """Megabytes of JSON a second on SQLite and PostgreSQL, and memory over 20 and over 200 files."""
    found = [
        *_speed("import of Synthea bundles", "samples", "SQLite"),
        *_speed("import of bulk NDJSON", "bulk", "SQLite"),
        *_speed("the same bundles again", "again", "SQLite"),
    ]
    for files in (20, 200):
        measured = _measure(str(files), "")
        name, on = (
            "memory of an import, peak",
            f"SQLite, {files} bundles, {measured['megabytes']:.0f} MB of JSON",
        )
        found.append({"name": name, "value": measured["peak_mib"], "unit": "MiB", "on": on})
        found.append({"name": "import of many bundles", "value": measured["speed"], "unit": "MB/s", "on": on})
    return found + _on_postgres()


def _speed(name: str, what: str, on: str, url: str = "") -> list[dict[str, Any]]:
    """Megabytes a second, and the time of this process's own work, which other programs disturb less."""
    measured = _measure(what, url)
    on = f"{on}, {measured['resources']} resources, {measured['megabytes']:.1f} MB of JSON"
    return [
        {"name": name, "value": measured["speed"], "unit": "MB/s", "on": on},
        {"name": f"{name}, processor", "value": measured["processor"], "unit": "s/MB", "on": on},
    ]


def _on_postgres() -> list[dict[str, Any]]:
    from tests.postgres import start_postgres

    server, _reason = start_postgres()
    if server is None:
        return []
    try:
        return [
            *_speed("import of Synthea bundles", "samples", "PostgreSQL", server.make_database()),
            *_speed("import of bulk NDJSON", "bulk", "PostgreSQL", server.make_database()),
        ]
    finally:
        server.stop()


def _measure(what: str, url: str) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "PCC_DATA_DIR": folder, "PCC_DATABASE_URL": url}
        command = [sys.executable, "-m", "tests.bench.import_bench", what, folder]
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=True)
        measured: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
        return measured


def _copies(folder: Path, count: int) -> Iterator[Path]:
    """Bundles of one patient under ids of their own."""
    data = gzip.decompress(next(SAMPLES.glob("Renea_*")).read_bytes())
    for number in range(count):
        path = folder / f"{number}.json"
        path.write_bytes(_TAIL_OF_ID.sub(rb'-\g<1>%05d"' % number, data))
        yield path


async def _import(what: str, folder: Path) -> dict[str, Any]:
    from pcc_portal.db.engine import close_all
    from pcc_portal.db.migrate import upgrade
    from pcc_portal.domain.actor import Actor
    from pcc_portal.services.record_import import import_records
    from pcc_portal.settings import settings
    from tests.factories import a_clinic

    upgrade(settings().database)
    actor = Actor.system((await a_clinic()).id, "import")
    named = {"samples": [SAMPLES], "again": [SAMPLES], "bulk": [BULK]}
    paths = named[what] if what in named else list(_copies(folder, int(what)))
    if what == "again":
        await import_records(actor, paths)
    before = time.process_time()
    report = await import_records(actor, paths)
    processor = time.process_time() - before
    await close_all()
    return {
        "speed": round(report.size / 1e6 / report.seconds, 1),
        "processor": round(processor / report.size * 1e6, 4),
        "megabytes": report.size / 1e6,
        "resources": report.counts.created.total() + report.counts.unchanged.total(),
        "peak_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


if __name__ == "__main__":
    print(json.dumps(asyncio.run(_import(sys.argv[1], Path(sys.argv[2])))))
