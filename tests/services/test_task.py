"""The inbox: its order, its pages, who holds what, and that notes never reach a patient."""

from __future__ import annotations

import asyncio
from dataclasses import fields, is_dataclass
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlmodel import select

from pcc_portal.db import tables as t
from pcc_portal.domain.communication import NoteDraft
from pcc_portal.domain.errors import Conflict, Denied, NotFound
from pcc_portal.domain.ids import utc_now
from pcc_portal.domain.task import Queue, View
from pcc_portal.services.appointment import request_appointment
from pcc_portal.services.communication import list_threads, open_thread, send_message
from pcc_portal.services.coverage import submit_coverage
from pcc_portal.services.task import (
    add_note,
    claim_task,
    finish_task,
    inbox,
    open_task,
    release_task,
)
from tests.factories import fetch, put
from tests.services.world import PICTURE, World, a_card, a_message, a_request, the_task


async def waiting(world: World, n: int) -> None:
    """Put ``n`` tasks in the inbox, of all ranks, some waiting since the same moment."""
    now = utc_now()
    await put(
        *(
            t.Task(
                clinic_id=world.clinic.id,
                patient_id=world.ana.actor.patient_id,
                kind="message",
                focus_id=uuid4(),
                category="general",
                title=f"Item {i}",
                rank=i % 4,
                waiting_since=now - timedelta(hours=i // 3),
            )
            for i in range(n)
        )
    )


class TestInbox:
    async def test_most_urgent_first_then_longest_waiting_over_all_pages(self, world: World):
        await waiting(world, 120)
        seen: list[str] = []
        after: UUID | None = None
        while True:
            page = await inbox(world.cora.actor, View.ALL, after)
            seen += [row.id for row in page.rows]
            if not page.more:
                break
            after = UUID(page.rows[-1].id)
        tasks = {str(task.id): task for task in await fetch(select(t.Task))}
        keys = [(tasks[key].rank, tasks[key].waiting_since, tasks[key].id) for key in seen]
        assert len(seen) == len(set(seen)) == 120
        assert keys == sorted(keys)

    async def test_the_views(self, world: World):
        mine = await send_message(world.ana.actor, a_message(world.ana))
        await send_message(world.ana.actor, a_message(world.ana))
        await claim_task(world.cora.actor, (await the_task(mine)).id)
        counts = (await inbox(world.cora.actor)).counts
        assert counts == {"all": 2, "mine": 1, "unassigned": 1, "waiting": 0, "done": 0, "emergent": 0}
        assert [row.mine for row in (await inbox(world.cora.actor, View.MINE)).rows] == [True]
        assert (await inbox(world.marcus.actor, View.MINE)).rows == []
        assert (await inbox(world.cora.actor, View.UNASSIGNED)).rows[0].owner == ""

    async def test_nobody_else_has_an_inbox(self, world: World):
        await send_message(world.ana.actor, a_message(world.ana))
        for person in (world.ana, world.dana, world.bo, world.admin):
            with pytest.raises(Denied):
                await inbox(person.actor)
        assert (await inbox(world.stranger.actor)).rows == []

    async def test_few_queries_however_many_rows(self, world: World, count_queries):
        await waiting(world, 60)
        with count_queries() as counted:
            await inbox(world.cora.actor)
        assert counted.selects <= 2
        assert counted.total <= 6


class TestHolding:
    async def test_one_wins_and_the_other_is_told_by_whom(self, world: World):
        task = await the_task(await send_message(world.ana.actor, a_message(world.ana)))
        outcomes = await asyncio.gather(
            claim_task(world.cora.actor, task.id),
            claim_task(world.marcus.actor, task.id),
            return_exceptions=True,
        )
        lost = [each for each in outcomes if isinstance(each, Conflict)]
        assert len(lost) == 1
        assert lost[0].by == (await the_task(task.focus_id)).owner_name

    async def test_taken_over_knowingly(self, world: World):
        task = await the_task(await send_message(world.ana.actor, a_message(world.ana)))
        await claim_task(world.cora.actor, task.id)
        await claim_task(world.marcus.actor, task.id, take_over=True)
        assert (await the_task(task.focus_id)).owner_name == "Marcus Bell"
        await release_task(world.cora.actor, task.id)
        assert (await the_task(task.focus_id)).owner_name == "Marcus Bell"
        await release_task(world.marcus.actor, task.id)
        assert (await the_task(task.focus_id)).owner_id is None

    async def test_done_by_whoever_holds_it(self, world: World):
        task = await the_task(await send_message(world.ana.actor, a_message(world.ana)))
        await claim_task(world.cora.actor, task.id)
        with pytest.raises(Conflict):
            await finish_task(world.marcus.actor, task.id)
        await finish_task(world.cora.actor, task.id)
        await finish_task(world.cora.actor, task.id)
        done = await the_task(task.focus_id)
        assert (done.queue, done.done_by_name) == (Queue.DONE, "Cora Lind")

    async def test_a_request_is_not_closed_over_the_patients_head(self, world: World):
        asked = await the_task(await request_appointment(world.ana.actor, a_request(world.ana)))
        sent = await the_task(await submit_coverage(world.ana.actor, a_card(world.ana), PICTURE, None))
        for task in (asked, sent):
            with pytest.raises(Conflict):
                await finish_task(world.cora.actor, task.id)
            assert (await the_task(task.focus_id)).queue == Queue.CLINIC

    async def test_another_clinic_cannot_touch_it(self, world: World):
        task = await the_task(await send_message(world.ana.actor, a_message(world.ana)))
        for act in (claim_task, release_task, finish_task, open_task):
            with pytest.raises(NotFound):
                await act(world.stranger.actor, task.id)
        for act in (claim_task, release_task, finish_task, open_task):
            with pytest.raises(Denied):
                await act(world.ana.actor, task.id)
        assert (await the_task(task.focus_id)).owner_id is None


class TestNotes:
    async def test_a_note_is_for_colleagues_only(self, world: World):
        secret = "zebra-note-4711"
        thread = await send_message(world.ana.actor, a_message(world.ana))
        task = await the_task(thread)
        draft = NoteDraft(task.id, secret, uuid4())
        first = await add_note(world.cora.actor, draft)
        assert await add_note(world.cora.actor, draft) == first
        assert [note.body for note in (await open_task(world.marcus.actor, task.id)).notes] == [secret]
        for person in (world.ana, world.dana):
            shown = (
                await open_thread(person.actor, thread),
                await list_threads(person.actor, world.ana.actor.patient_id),
            )
            assert secret not in repr(shown)
            with pytest.raises(Denied):
                await add_note(person.actor, NoteDraft(task.id, "mine", uuid4()))

    async def test_cards_are_frozen_and_plain(self, world: World):
        task = await the_task(await send_message(world.ana.actor, a_message(world.ana)))
        view = await open_task(world.cora.actor, task.id)
        assert is_dataclass(view)
        plain = (str, bool, int, list, dict)
        for field in fields(view.row):
            assert isinstance(getattr(view.row, field.name), plain)
