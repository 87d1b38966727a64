"""The connection to the database: SQLite in one file, or PostgreSQL.

SQLite runs with WAL and ``synchronous=FULL`` (an acknowledged commit survives a power cut); its write
transactions start with ``BEGIN IMMEDIATE``, so that two writers queue instead of failing.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlmodel.ext.asyncio.session import AsyncSession

from pcc_portal.db.audit import AuditLog
from pcc_portal.db.together import Gathered, Together
from pcc_portal.settings import settings

PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA busy_timeout=5000",
    "PRAGMA foreign_keys=ON",
    "PRAGMA cache_size=-32000",
    "PRAGMA temp_store=MEMORY",
)

Listener = Callable[[frozenset[str]], None]


class Database:
    """One database: a pool for reading, one for writing, the audit log, the listeners."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.is_sqlite = url.startswith("sqlite")
        make = _sqlite_engine if self.is_sqlite else _postgres_engine
        self.writer, self.reader = make(url), make(url, **_READING)
        self.audit = AuditLog(self.writer)
        self.together = Together()
        self._gathered: dict[Any, Gathered[Any, Any]] = {}
        self.listeners: list[Listener] = []

    def session(self, *, writes: bool) -> AsyncSession:
        """A session, for reading or for writing; rows stay readable after its commit."""
        return AsyncSession(self.writer if writes else self.reader, expire_on_commit=False)

    def gathered(self, find: Callable[[list[Any]], Awaitable[Mapping[Any, Any]]]) -> Gathered[Any, Any]:
        """Look-ups by ``find`` in which those that come together share one statement."""
        return self._gathered.setdefault(find, Gathered(find))

    def heard(self, topics: frozenset[str]) -> None:
        """Tell this process's listeners that topics changed."""
        for listener in self.listeners:
            listener(topics)

    async def close(self) -> None:
        """Let go of all connections."""
        await self.writer.dispose()
        await self.reader.dispose()


#: Readers begin no transaction: each statement sees what is committed (on PostgreSQL it does so anyway), and
#: two round trips are saved each time.
_READING = {"isolation_level": "AUTOCOMMIT", "skip_autocommit_rollback": True}


def _sqlite_engine(url: str, **reading: Any) -> AsyncEngine:
    path = url.split("///", 1)[-1]
    if path and path != ":memory:":
        Path(path).parent.mkdir(parents=True, exist_ok=True)
    engine = create_async_engine(url, pool_size=8, max_overflow=8, **reading)

    @event.listens_for(engine.sync_engine, "connect")
    def configure(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in PRAGMAS:
            cursor.execute(pragma)
        cursor.close()

    if not reading:

        @event.listens_for(engine.sync_engine, "begin")
        def begin(connection: Any) -> None:
            connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def _postgres_engine(url: str, **reading: Any) -> AsyncEngine:
    return create_async_engine(url, pool_size=10, max_overflow=10, pool_pre_ping=True, **reading)


_open: dict[str, Database] = {}


def database(url: str = "") -> Database:
    """The process's database, opened at first use."""
    wanted = url or settings().database
    if wanted not in _open:
        _open[wanted] = Database(wanted)
    return _open[wanted]


async def close_all() -> None:
    """Close every database that was opened."""
    for opened in tuple(_open.values()):
        await opened.close()
    _open.clear()
