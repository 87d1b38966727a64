"""Every table there is, looked at by everybody who must not, and changed by nobody past its rule."""

from __future__ import annotations

import pytest
from sqlmodel import SQLModel, select

from pcc_portal.db import tables as t
from pcc_portal.db.unit_of_work import reading, unit_of_work
from pcc_portal.db.visibility import VISIBLE_TO
from pcc_portal.domain.actor import Actor
from pcc_portal.services.identity import actor_of
from tests.attack.world import ANA, ANA_NAME, build
from tests.factories import fetch

pytestmark = pytest.mark.attack

#: One helps with another part of her record, one manages sign-ins.
KNOW_HER_NAME = ("unscoped", "admin")
TABLES = [getattr(t, name) for name in t.__all__]


def test_every_table_is_known_and_has_a_rule() -> None:
    """A new table without a visibility rule fails here; so does one that is not in ``tables``."""
    known = {table.__tablename__ for table in TABLES}
    assert known == set(SQLModel.metadata.tables)
    assert [table.__name__ for table in TABLES if table not in VISIBLE_TO] == []


@pytest.mark.parametrize("who", ["bo", "unscoped", "revoked", "stranger", "admin"])
async def test_no_table_shows_or_takes_what_is_anas(store: str, who: str) -> None:
    """A query without condition shows no row with her mark; a change of all rows changes none of hers."""
    world = await build()
    actor = await actor_of(world["cookies"][who])  # type: ignore[index]
    assert isinstance(actor, Actor)
    for table in TABLES:
        before = await _hers(table)
        async with reading(actor) as work:
            shown = "".join(map(repr, await work.all(select(table))))
            marks = (ANA,) if who in KNOW_HER_NAME else (ANA, ANA_NAME)
            if table is not t.AuditEvent:
                assert not any(mark in shown for mark in marks), table.__name__
        column = next(name for name in table.model_fields if name not in ("id", "clinic_id", "patient_id"))
        async with unit_of_work(actor) as work:
            await work.change_all(table, **{column: getattr(table, column)})
        assert await _hers(table) == before


async def test_her_own_are_shown_to_her(store: str) -> None:
    """So that the test above is not true for want of rows."""
    world = await build()
    actor = await actor_of(world["cookies"]["ana"])  # type: ignore[index]
    assert isinstance(actor, Actor)
    shown = set()
    for table in TABLES:
        async with reading(actor) as work:
            if ANA in "".join(map(repr, await work.all(select(table)))):
                shown.add(table.__name__)
    assert {"Communication", "Goal", "Appointment", "Coverage", "StoredFile", "Draft", "CarePlan"} <= shown
    assert not {"Note", "Task"} & shown


async def _hers(table: type[SQLModel]) -> list[str]:
    return sorted(text for row in await fetch(select(table)) if ANA in (text := repr(row)))
