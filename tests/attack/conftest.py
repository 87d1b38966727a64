"""The served portal, the marked world in it, and a way to look at its database from outside."""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from tests.attack.client import RawSocket
from tests.attack.handlers import handlers

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

    def handler(self, ending: str) -> str:
        """The full name of the handler that ends so."""
        return next(found.name for found in handlers() if found.name.endswith(ending))

    @contextmanager
    def granting(self, who: str, status: str) -> Iterator[None]:
        """Within the block all grants to somebody have this status."""
        statement = (
            "UPDATE consent SET status = ? WHERE grantee_id ="
            " (SELECT user_id FROM portal_session WHERE key_hash = ?)"
        )
        key = hashlib.sha256(self.cookies[who].encode()).digest()
        self.change(statement, status, key)
        try:
            yield
        finally:
            self.change(statement, "active", key)

    @contextmanager
    def nothing_written(self) -> Iterator[Callable[[], None]]:
        """Hold the database's only write lock, so that whatever must be on record first has to wait."""
        connection = sqlite3.connect(self.data / "portal.db", isolation_level=None)
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield lambda: connection.rollback() if connection.in_transaction else None
        finally:
            connection.close()

    def change(self, statement: str, *values: Any) -> None:
        """Change the database behind the portal's back."""
        with sqlite3.connect(self.data / "portal.db") as connection:
            connection.execute(statement, values)

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
    environment = {
        **os.environ,
        "PCC_DATA_DIR": str(data),
        "PCC_PORT": str(port),
        "PCC_DATABASE_URL": "",
        "PCC_REFUSALS_A_MINUTE": "100000",
    }
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


def a_fresh_session(target: Target, who: str) -> str:
    """A further session of somebody's, for tests that end it."""
    cookie = f"{who}-{secrets.token_hex(12)}"
    known = hashlib.sha256(target.cookies[who].encode()).digest()
    columns = "user_id, clinic_id, created_at, seen_at, expires_at, acting_for, device"
    target.change(
        f"INSERT INTO portal_session (key_hash, {columns})"
        f" SELECT ?, {columns} FROM portal_session WHERE key_hash = ?",
        hashlib.sha256(cookie.encode()).digest(),
        known,
    )
    return cookie


def a_new_thread(target: Target, subject: str) -> str:
    """A further conversation of Ana's, which nobody has read yet."""
    key = uuid4()
    columns = [name for (_n, name, *_rest) in target.rows("PRAGMA table_info(communication_thread)")]
    chosen = ", ".join({"id": "?", "subject": "?"}.get(name, f'"{name}"') for name in columns)
    values = [key.hex if name == "id" else subject for name in columns if name in ("id", "subject")]
    target.change(
        f"INSERT INTO communication_thread SELECT {chosen} FROM communication_thread WHERE id = ?",
        *values,
        UUID(target.ids["ana"]["thread"]).hex,
    )
    return str(key)
