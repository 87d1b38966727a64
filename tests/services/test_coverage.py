"""Insurance: sent with its photos, checked, sent again; and by nobody else."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest
from sqlmodel import select

from pcc_portal.db import tables as t
from pcc_portal.domain.coverage import Verification, VerificationDraft
from pcc_portal.domain.errors import Denied, Invalid, NotFound
from pcc_portal.domain.task import Queue
from pcc_portal.services.coverage import list_coverages, submit_coverage, verify_coverage
from tests.factories import fetch
from tests.services.world import PICTURE, World, a_card, the_task


def found(coverage: UUID, verdict: Verification, reason: str = "") -> VerificationDraft:
    """What a check found."""
    return VerificationDraft(coverage, verdict, reason, uuid4())


class TestSubmit:
    async def test_it_waits_to_be_checked(self, world: World):
        coverage = await submit_coverage(world.ana.actor, a_card(world.ana), PICTURE, None)
        card = (await list_coverages(world.ana.actor, world.ana.actor.patient_id))[0]
        assert (card.verification_text, card.back) == ("We are checking it", "")
        assert card.next_step.startswith("We check it by ")
        assert (await the_task(coverage)).queue == Queue.CLINIC

    async def test_a_photo_of_the_front_is_needed(self, world: World):
        with pytest.raises(Invalid) as invalid:
            await submit_coverage(world.ana.actor, a_card(world.ana), None, PICTURE)
        assert set(invalid.value.by_field) == {"front"}
        assert await fetch(select(t.Coverage)) == []

    async def test_twice_is_once(self, world: World):
        draft = a_card(world.ana)
        first = await submit_coverage(world.ana.actor, draft, PICTURE, None)
        assert await submit_coverage(world.ana.actor, draft, PICTURE, None) == first
        assert len(await fetch(select(t.StoredFile))) == 1

    async def test_not_for_a_stranger(self, world: World):
        for person in (world.bo, world.stranger, world.viewer, world.admin, world.cora):
            with pytest.raises((NotFound, Denied)):
                await submit_coverage(person.actor, a_card(world.ana), PICTURE, None)
        assert await fetch(select(t.StoredFile)) == []

    async def test_not_over_anothers_card(self, world: World):
        bos = await submit_coverage(world.bo.actor, a_card(world.bo), PICTURE, None)
        with pytest.raises(NotFound):
            await submit_coverage(world.ana.actor, a_card(world.ana, bos), PICTURE, None)


class TestVerify:
    async def test_a_better_photo_is_asked_for_and_sent(self, world: World):
        coverage = await submit_coverage(world.ana.actor, a_card(world.ana), PICTURE, None)
        await verify_coverage(
            world.cora.actor, found(coverage, Verification.PHOTO_NEEDED, "Too dark to read.")
        )
        card = (await list_coverages(world.ana.actor, world.ana.actor.patient_id))[0]
        assert (card.reason, card.next_step) == ("Too dark to read.", "Your turn: send a new photo")
        assert (await the_task(coverage)).queue == Queue.PATIENT
        await submit_coverage(world.ana.actor, a_card(world.ana, coverage), PICTURE, PICTURE)
        again = (await list_coverages(world.ana.actor, world.ana.actor.patient_id))[0]
        assert (again.id, again.reason, bool(again.back)) == (str(coverage), "", True)
        assert (await the_task(coverage)).queue == Queue.CLINIC

    async def test_confirmed_is_done(self, world: World):
        coverage = await submit_coverage(world.ana.actor, a_card(world.ana), PICTURE, None)
        await verify_coverage(world.cora.actor, found(coverage, Verification.CONFIRMED))
        assert (await the_task(coverage)).queue == Queue.DONE

    async def test_a_refusal_needs_a_reason(self):
        with pytest.raises(Invalid) as invalid:
            VerificationDraft.parse({"coverage": str(uuid4()), "verdict": "photo-needed"})
        assert set(invalid.value.by_field) == {"reason"}

    async def test_only_the_clinics_coordinators_check(self, world: World):
        coverage = await submit_coverage(world.ana.actor, a_card(world.ana), PICTURE, None)
        for person in (world.ana, world.dana, world.bo, world.stranger, world.admin):
            with pytest.raises((NotFound, Denied)):
                await verify_coverage(person.actor, found(coverage, Verification.CONFIRMED))
        assert (await the_task(coverage)).queue == Queue.CLINIC
