"""What is asked of the database within a block, whoever asks and by whichever pool."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from pcc_portal.db.engine import database


@contextmanager
def statements() -> Iterator[list[tuple[str, Any]]]:
    """Every statement with its values, but the transactions' own."""
    asked: list[tuple[str, Any]] = []

    def note(_c: Any, _cursor: Any, statement: str, values: Any, *_more: Any) -> None:
        if not statement.startswith(("BEGIN", "PRAGMA")):
            asked.append((statement, values))

    engines = [engine.sync_engine for engine in (database().writer, database().reader)]
    for engine in engines:
        event.listen(engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        for engine in engines:
            event.remove(engine, "before_cursor_execute", note)
