"""A part of a record that was not shared is refused, and the refusal on record: it is not merely empty."""

from __future__ import annotations

from typing import Any

import pytest

from pcc_portal.domain.actor import Scope
from pcc_portal.domain.errors import Denied
from pcc_portal.services.appointment import list_appointments
from pcc_portal.services.care_plan import read_care_plan
from pcc_portal.services.communication import list_threads
from pcc_portal.services.coverage import coverage_answers, list_coverages, submit_coverage
from tests.factories import a_helper
from tests.services.world import PICTURE, World, a_card, refusals

PARTS = {
    Scope.APPOINTMENTS: list_appointments,
    Scope.CARE_PLAN: read_care_plan,
    Scope.INSURANCE: list_coverages,
    Scope.MESSAGES: list_threads,
}


@pytest.mark.parametrize("part", PARTS)
async def test_a_part_is_read_with_its_own_grant_alone(world: World, part: Scope):
    """With a grant for every other part, and as the one who manages sign-ins: refused."""
    assert world.ana.patient is not None
    read: Any = PARTS[part]
    others = await a_helper(world.clinic, world.ana.patient, *(scope for scope in Scope if scope is not part))
    only = await a_helper(world.clinic, world.ana.patient, part)
    for person in (others, world.bo, world.admin):
        with pytest.raises(Denied):
            await read(person.actor, world.ana.patient.id)
    assert [row.agent_id for row in await refusals()] == [
        others.user.id, world.bo.user.id, world.admin.user.id,
    ]  # fmt: skip
    await read(only.actor, world.ana.patient.id)
    await read(world.viewer.actor, world.ana.patient.id)


async def test_what_is_on_a_card_is_taken_up_by_who_may_send_it(world: World):
    """Whoever may only look gets no form that is filled in."""
    card = await submit_coverage(world.ana.actor, a_card(world.ana), PICTURE, None)
    for person in (world.viewer, world.cora):
        with pytest.raises(Denied):
            await coverage_answers(person.actor, card)
    assert (await coverage_answers(world.dana.actor, card))[0]["member_id"] == "BWH1"
