"""The statements behind the inbox and the conversations, as the services ask them, and how they are run."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

from sqlalchemy import event, text

from pcc_portal.db.engine import database
from pcc_portal.domain.actor import Actor
from pcc_portal.domain.task import View
from pcc_portal.services.communication import count_unread, list_threads, open_thread
from pcc_portal.services.task import inbox

Asked = tuple[str, Any]


@asynccontextmanager
async def listening(asked: list[Asked]) -> AsyncIterator[None]:
    """Keeps every SELECT of the block, with its values."""

    def note(_c: Any, _cursor: Any, statement: str, values: Any, *_more: Any) -> None:
        if statement.startswith("SELECT"):
            asked.append((statement, values))

    engine = database().engine.sync_engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield
    finally:
        event.remove(engine, "before_cursor_execute", note)


def questions(coordinator: Actor, patient: Actor, thread: UUID) -> dict[str, Callable[[], Awaitable[Any]]]:
    """What is asked most, by name."""
    mine = patient.patient_id
    assert mine is not None
    return {
        "inbox": lambda: inbox(coordinator, View.ALL),
        "inbox, mine": lambda: inbox(coordinator, View.MINE),
        "inbox, done": lambda: inbox(coordinator, View.DONE),
        "conversations of a patient": lambda: list_threads(patient, mine),
        "messages of a conversation": lambda: open_thread(patient, thread),
        "unread messages": lambda: count_unread(patient, mine),
    }


async def plan_of(question: Callable[[], Awaitable[Any]]) -> str:
    """How the database runs the SELECTs of a question, one line a step."""
    asked: list[Asked] = []
    async with listening(asked):
        await question()
    base, steps = database(), []
    async with base.engine.connect() as connection:
        if not base.is_sqlite:
            await connection.execute(text("SET enable_seqscan = off"))
        for statement, values in asked:
            word = "EXPLAIN QUERY PLAN" if base.is_sqlite else "EXPLAIN"
            rows = await connection.exec_driver_sql(f"{word} {statement}", values)
            steps += [str(row[-1]).strip() for row in rows]
    return "\n".join(steps)
