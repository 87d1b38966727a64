"""The served portal, the marked world in it, and a way to look at its database from outside."""

from __future__ import annotations

import hashlib
import json
import os
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.attack.client import RawSocket

ROOT = Path(__file__).parents[2]
#: What any request may leave behind without anything having been changed.
TRACES = frozenset({"audit_event", "sign_in_attempt", "alembic_version"})


@dataclass(frozen=True)
class Target:
    """The portal under attack."""

    base: str
    data: Path
    cookies: dict[str, str]
    ids: dict[str, dict[str, str]]
    email: str

    def socket(self, who: str = "", **options: Any) -> RawSocket:
        """A socket with somebody's cookie; with nobody's when ``who`` is empty."""
        return RawSocket(self.base, cookie=self.cookies.get(who, ""), **options)

    def rows(self, statement: str, *values: Any) -> list[tuple[Any, ...]]:
        """What the database says, whoever asks."""
        with sqlite3.connect(self.data / "portal.db") as connection:
            return connection.execute(statement, values).fetchall()

    def refusals(self) -> list[str]:
        """What was refused so far, in order."""
        statement = "SELECT entity_type FROM audit_event WHERE outcome='refused' ORDER BY rowid"
        return [name for (name,) in self.rows(statement)]

    def everything(self) -> dict[str, str]:
        """A digest of each table, to see that nothing was changed."""
        tables = [name for (name,) in self.rows("SELECT name FROM sqlite_master WHERE type='table'")]
        return {name: self._digest(name) for name in tables if name not in TRACES}

    def _digest(self, table: str) -> str:
        rows = sorted(map(repr, self.rows(f'SELECT * FROM "{table}"')))
        return hashlib.sha256(repr(rows).encode()).hexdigest()


@pytest.fixture(scope="session")
def target(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Target]:
    """A served portal with the marked world in it."""
    data = tmp_path_factory.mktemp("attack")
    port = _free_port()
    environment = {**os.environ, "PCC_DATA_DIR": str(data), "PCC_PORT": str(port), "PCC_DATABASE_URL": ""}
    world = subprocess.run(
        [sys.executable, "-m", "tests.attack.world"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        check=False,
    )
    assert world.returncode == 0, world.stderr.decode()
    log = (data / "server.log").open("wb")
    server = subprocess.Popen(
        [sys.executable, "-m", "tests.attack.server", str(port)],
        cwd=ROOT,
        env=environment,
        stdout=log,
        stderr=log,
    )
    try:
        _wait(f"http://127.0.0.1:{port}/ping", server, data / "server.log")
        yield Target(f"http://127.0.0.1:{port}", data, **json.loads(world.stdout.splitlines()[-1]))
    finally:
        server.terminate()
        server.wait(10)
        log.close()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(300):
        if server.poll() is not None:
            break
        try:
            with urllib.request.urlopen(address, timeout=1):
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(log.read_text())
