"""A fresh small clinic, on SQLite and on PostgreSQL, and a count of what is asked of the database."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from sqlalchemy import event

from pcc_portal.db.engine import database
from tests.services.world import World, a_world


@pytest.fixture
async def world(store: str) -> World:
    """Everybody, in a fresh database."""
    return await a_world()


@dataclass
class Counted:
    """The statements of a block."""

    statements: list[str] = field(default_factory=list)

    @property
    def total(self) -> int:
        """All of them but the transactions' own."""
        return len(self.statements)

    @property
    def selects(self) -> int:
        """Those that read."""
        return sum(statement.startswith("SELECT") for statement in self.statements)


@pytest.fixture
def count_queries(store: str) -> Callable[[], AbstractContextManager[Counted]]:
    """Counts the statements that reach the database within a block."""

    @contextmanager
    def counting() -> Iterator[Counted]:
        counted = Counted()

        def note(_c: Any, _cursor: Any, statement: str, *_more: Any) -> None:
            if not statement.startswith(("BEGIN", "PRAGMA")):
                counted.statements.append(statement)

        engine = database().engine.sync_engine
        event.listen(engine, "before_cursor_execute", note)
        try:
            yield counted
        finally:
            event.remove(engine, "before_cursor_execute", note)

    return counting
