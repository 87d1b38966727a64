"""A fresh small clinic, on SQLite and on PostgreSQL, and a count of what is asked of the database."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import Any

import pytest

from tests.services.world import World, a_world
from tests.statements import statements


@pytest.fixture
async def world(store: str) -> World:
    """Everybody, in a fresh database."""
    return await a_world()


@dataclass
class Counted:
    """The statements of a block, with their values."""

    asked: list[tuple[str, Any]]

    @property
    def total(self) -> int:
        """All of them but the transactions' own."""
        return len(self.asked)

    @property
    def selects(self) -> int:
        """Those that read."""
        return sum(statement.startswith("SELECT") for statement, _values in self.asked)


@pytest.fixture
def count_queries(store: str) -> Callable[[], AbstractContextManager[Counted]]:
    """Counts the statements that reach the database within a block."""

    @contextmanager
    def counting() -> Iterator[Counted]:
        with statements() as asked:
            yield Counted(asked)

    return counting
