"""Messages: who may write and read them, once, and what they put in the inbox."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from sqlmodel import select

from pcc_portal.db import tables as t
from pcc_portal.db.engine import database
from pcc_portal.domain.actor import Grant, Level, Scope
from pcc_portal.domain.errors import Conflict, Denied, NotFound
from pcc_portal.domain.task import Queue
from pcc_portal.domain.urgency import Urgency
from pcc_portal.services.communication import count_unread, list_threads, open_thread, send_message
from pcc_portal.services.task import claim_task
from tests.factories import fetch, put
from tests.services.world import PICTURE, World, a_message, a_reply, refusals, the_task


class TestSend:
    async def test_a_patients_message_waits_in_the_inbox(self, world: World):
        thread = await send_message(world.ana.actor, a_message(world.ana, "Can I eat before the test?"))
        task = await the_task(thread)
        assert (task.queue, task.rank, task.preview) == (
            Queue.CLINIC,
            Urgency.ROUTINE.rank,
            "Can I eat before the test?",
        )
        assert task.due_at > task.waiting_since

    async def test_a_question_is_about_a_card_that_can_be_asked_about(self, world: World):
        """Whatever else the form says: a plain message, and nothing of the sender's making kept as a kind."""
        for kind, key in (("task", uuid4()), ("x" * 40, uuid4()), ("goal", None)):
            draft = a_message(world.ana, about_kind=kind, about_id=key)
            task = await the_task(await send_message(world.ana.actor, draft))
            assert task.kind == "message"
        threads = await fetch(select(t.CommunicationThread))
        assert {(row.about_kind, row.about_id, row.about_text) for row in threads} == {("", None, "")}

    async def test_twice_is_once(self, world: World):
        draft = a_message(world.ana)
        first = await send_message(world.ana.actor, draft)
        assert await send_message(world.ana.actor, draft) == first
        assert len(await fetch(select(t.Communication))) == 1

    async def test_twice_at_the_same_moment_is_once(self, world: World):
        draft = a_message(world.ana)
        results = await asyncio.gather(*(send_message(world.ana.actor, draft) for _ in range(5)))
        assert len(set(results)) == 1
        assert len(await fetch(select(t.Communication))) == 1

    async def test_the_same_key_of_somebody_else_is_another_send(self, world: World):
        draft = a_message(world.ana)
        await send_message(world.ana.actor, draft)
        await send_message(world.dana.actor, draft)
        assert len(await fetch(select(t.Communication))) == 2

    async def test_red_flag_words_go_on_top(self, world: World):
        thread = await send_message(world.ana.actor, a_message(world.ana, "I have chest pain"))
        task = await the_task(thread)
        assert task.rank == Urgency.EMERGENT.rank
        assert task.findings == ["chest pain"]

    async def test_a_calm_reply_does_not_lower_an_open_item(self, world: World):
        thread = await send_message(world.ana.actor, a_message(world.ana, "I have chest pain"))
        await send_message(world.ana.actor, a_reply(thread, "Thank you"))
        assert (await the_task(thread)).rank == Urgency.EMERGENT.rank

    async def test_the_answer_hands_it_to_the_patient_and_back(self, world: World):
        thread = await send_message(world.ana.actor, a_message(world.ana))
        await send_message(world.cora.actor, a_reply(thread))
        task = await the_task(thread)
        assert (task.queue, task.owner_name) == (Queue.PATIENT, "Cora Lind")
        await send_message(world.ana.actor, a_reply(thread, "One more thing"))
        assert (await the_task(thread)).queue == Queue.CLINIC

    async def test_only_the_owner_answers(self, world: World):
        thread = await send_message(world.ana.actor, a_message(world.ana))
        await claim_task(world.marcus.actor, (await the_task(thread)).id)
        with pytest.raises(Conflict) as conflict:
            await send_message(world.cora.actor, a_reply(thread))
        assert conflict.value.by == "Marcus Bell"
        assert len(await fetch(select(t.Communication))) == 1

    async def test_a_helper_writes_in_her_own_name(self, world: World):
        thread = await send_message(world.dana.actor, a_message(world.ana))
        view = await open_thread(world.cora.actor, thread)
        assert view.messages[0].sender == "Dana Reyes, for the patient"

    async def test_a_file_goes_along(self, world: World):
        thread = await send_message(world.ana.actor, a_message(world.ana), [PICTURE])
        view = await open_thread(world.ana.actor, thread)
        assert [file.name for file in view.messages[0].files] == ["front.png"]


class TestAccess:
    async def test_strangers_cannot_read_a_thread(self, world: World):
        thread = await send_message(world.ana.actor, a_message(world.ana))
        for person in world.outsiders():
            with pytest.raises(NotFound):
                await open_thread(person.actor, thread)
        assert len(await refusals()) == len(world.outsiders())

    async def test_strangers_cannot_answer_in_a_thread(self, world: World):
        thread = await send_message(world.ana.actor, a_message(world.ana))
        for person in world.outsiders():
            with pytest.raises(NotFound):
                await send_message(person.actor, a_reply(thread))
        assert len(await fetch(select(t.Communication))) == 1

    async def test_strangers_cannot_start_one_for_her(self, world: World):
        for person in world.outsiders():
            with pytest.raises((NotFound, Denied)):
                await send_message(person.actor, a_message(world.ana))
        assert await fetch(select(t.CommunicationThread)) == []

    async def test_strangers_lists_are_empty_or_refused(self, world: World):
        await send_message(world.ana.actor, a_message(world.ana))
        with pytest.raises(Denied):
            await list_threads(world.bo.actor, world.ana.actor.patient_id)
        assert await list_threads(world.stranger.actor, world.ana.actor.patient_id) == []

    async def test_a_helper_who_may_only_look_cannot_write(self, world: World):
        thread = await send_message(world.ana.actor, a_message(world.ana))
        assert (await open_thread(world.viewer.actor, thread)).id == str(thread)
        with pytest.raises(Denied):
            await send_message(world.viewer.actor, a_reply(thread))

    async def test_a_revoked_helper_finds_nothing(self, world: World):
        thread = await send_message(world.ana.actor, a_message(world.ana))
        revoked = replace(world.dana.actor, grants=())
        with pytest.raises(NotFound):
            await open_thread(revoked, thread)

    async def test_who_helps_two_does_not_mix_them_up(self, world: World):
        """With one record on screen, a conversation of the other one is not opened and not answered."""
        thread = await send_message(world.bo.actor, a_message(world.bo))
        both = (*world.dana.actor.grants, Grant(world.bo.actor.patient_id, Scope.MESSAGES, Level.ACT))
        dana = replace(world.dana.actor, grants=both)
        with pytest.raises(NotFound):
            await open_thread(dana, thread)
        with pytest.raises(NotFound):
            await send_message(dana, replace(a_reply(thread), patient_id=world.ana.actor.patient_id))
        assert (await open_thread(replace(dana, acting_for=world.bo.actor.patient_id), thread)).id

    async def test_a_card_of_another_patient_cannot_be_asked_about(self, world: World):
        goal = t.Goal(
            clinic_id=world.clinic.id, patient_id=world.bo.actor.patient_id, description="Bo's secret goal"
        )
        await put(goal)
        with pytest.raises(NotFound):
            await send_message(world.ana.actor, a_message(world.ana, about_kind="goal", about_id=goal.id))

    async def test_reads_and_writes_are_on_record(self, world: World):
        thread = await send_message(world.ana.actor, a_message(world.ana))
        await open_thread(world.cora.actor, thread)
        events = await fetch(
            select(t.AuditEvent.action, t.AuditEvent.entity_type, t.AuditEvent.agent_name).where(
                t.AuditEvent.patient_id == world.ana.actor.patient_id
            )
        )
        assert ("C", "Communication", "Ana Reyes") in events
        assert ("R", "CommunicationThread", "Cora Lind") in events


class TestReading:
    async def test_opening_marks_the_other_sides_messages_read(self, world: World):
        thread = await send_message(world.ana.actor, a_message(world.ana))
        await send_message(world.cora.actor, a_reply(thread))
        patient = world.ana.actor.patient_id
        assert await count_unread(world.ana.actor, patient) == 1
        await open_thread(world.ana.actor, thread)
        assert await count_unread(world.ana.actor, patient) == 0
        view = await open_thread(world.cora.actor, thread)
        assert view.messages[-1].read.startswith("Read ")

    async def test_pages_do_not_overlap(self, world: World):
        for n in range(30):
            await send_message(world.ana.actor, a_message(world.ana, f"Question {n}"))
        patient = world.ana.actor.patient_id
        first = await list_threads(world.ana.actor, patient)
        second = await list_threads(world.ana.actor, patient, UUID(first[-1].id))
        assert (len(first), len(second)) == (25, 5)
        assert not {thread.id for thread in first} & {thread.id for thread in second}

    async def test_a_thread_that_is_not_there(self, world: World):
        with pytest.raises(NotFound):
            await open_thread(world.ana.actor, uuid4())

    async def test_the_change_is_heard_after_the_commit(self, world: World):
        heard: list[frozenset[str]] = []
        database().listeners.append(heard.append)
        await send_message(world.ana.actor, a_message(world.ana))
        if database().is_sqlite:
            assert heard == [
                frozenset({f"triage:{world.clinic.id}", f"patient:{world.ana.actor.patient_id}"})
            ]
        else:
            assert heard == []
