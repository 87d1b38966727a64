"""The statements behind the inbox and the conversations, as the services ask them, and how they are run."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

from sqlalchemy import text

from pcc_portal.db.engine import database
from pcc_portal.domain.actor import Actor
from pcc_portal.domain.task import View
from pcc_portal.services.communication import count_unread, list_threads, open_thread
from pcc_portal.services.task import inbox
from tests.statements import statements


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
    with statements() as asked:
        await question()
    base, steps = database(), []
    async with base.reader.connect() as connection:
        if not base.is_sqlite:
            await connection.execute(text("SET enable_seqscan = off"))
        selects = [(statement, values) for statement, values in asked if statement.startswith("SELECT")]
        for statement, values in selects:
            word = "EXPLAIN QUERY PLAN" if base.is_sqlite else "EXPLAIN"
            rows = await connection.exec_driver_sql(f"{word} {statement}", values)
            steps += [str(row[-1]).strip() for row in rows]
    return "\n".join(steps)
