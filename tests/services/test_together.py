"""Many who ask the same at once: one statement, each with her own rights, and on record for each."""

from __future__ import annotations

import asyncio

from sqlmodel import select

from pcc_portal.db import tables as t
from pcc_portal.db.together import Gathered, Together
from pcc_portal.db.visibility import VISIBLE_TO, eyes
from pcc_portal.services.communication import send_message
from pcc_portal.services.task import claim_task, inbox
from tests.factories import fetch
from tests.services.world import World, a_message, the_task


async def test_the_inbox_is_asked_for_once_and_recorded_for_each(world: World, count_queries):
    task = await the_task(await send_message(world.ana.actor, a_message(world.ana)))
    await claim_task(world.cora.actor, task.id)
    with count_queries() as counted:
        pages = await asyncio.gather(*(inbox(who.actor) for who in (world.cora, world.marcus, world.lead)))
    assert counted.selects == 2
    assert [page.rows[0].mine for page in pages] == [True, False, False]
    assert [page.counts["mine"] for page in pages] == [1, 0, 0]
    reads = await fetch(
        select(t.AuditEvent).where(t.AuditEvent.entity_type == "Task", t.AuditEvent.action == "R")
    )
    people = {world.cora.user.id, world.marcus.user.id, world.lead.user.id}
    assert {event.agent_id for event in reads if event.detail == "all"} == people


async def test_another_clinic_shares_nothing(world: World):
    await send_message(world.ana.actor, a_message(world.ana))
    ours, theirs = await asyncio.gather(inbox(world.cora.actor), inbox(world.stranger.actor))
    assert len(ours.rows) == 1
    assert theirs.rows == []
    assert theirs.counts["all"] == 0


def test_eyes_differ_wherever_a_rule_does(world: World):
    one, two = world.cora.actor, world.marcus.actor
    assert eyes(one, (t.Task, t.Patient)) == eyes(two, (t.Task, t.Patient))
    assert eyes(one, (t.Draft,)) != eyes(two, (t.Draft,))
    for table, rule in VISIBLE_TO.items():
        if str(rule(one).compile()) != "false":
            assert eyes(one, (table,)) != eyes(world.stranger.actor, (table,)), table
    assert eyes(world.ana.actor, (t.Task,)) != eyes(one, (t.Task,))
    assert eyes(world.ana.actor, (t.Communication,)) != eyes(world.bo.actor, (t.Communication,))


async def test_whoever_comes_while_it_is_asked_waits_for_the_next_time():
    together, asked, going_on = Together(), [], asyncio.Event()

    async def question() -> int:
        asked.append(len(asked))
        await going_on.wait()
        return asked[-1]

    first = [asyncio.create_task(together.ask("it", question)) for _ in range(3)]
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    later = [asyncio.create_task(together.ask("it", question)) for _ in range(3)]
    await asyncio.sleep(0)
    assert asked == [0]
    going_on.set()
    assert await asyncio.gather(*first, *later) == [0, 0, 0, 1, 1, 1]


async def test_one_who_leaves_takes_nobody_with_her():
    found = Gathered(lambda keys: asyncio.sleep(0.01, {key: -key for key in keys}))
    leaving, staying = (asyncio.create_task(found.one(key)) for key in (1, 2))
    await asyncio.sleep(0)
    leaving.cancel()
    assert await staying == -2
    assert await found.one(3) == -3
