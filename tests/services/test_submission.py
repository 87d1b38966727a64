"""A send is once for its act, and nobody sends without end."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

import pytest
from sqlmodel import select

from pcc_portal.db import submission
from pcc_portal.db import tables as t
from pcc_portal.domain.errors import TooMany
from pcc_portal.services.appointment import cancel_appointment, request_appointment
from pcc_portal.services.communication import send_message
from pcc_portal.services.coverage import submit_coverage
from pcc_portal.settings import settings
from tests.factories import fetch
from tests.services.world import PICTURE, World, a_card, a_message, a_reply, a_request, refusals


async def test_a_key_counts_for_one_act(world: World):
    """A message's key sent with another form is that form's own send, and not the message again."""
    key, ana = uuid4(), world.ana
    thread = await send_message(ana.actor, replace(a_message(ana), submission=key))
    request = await request_appointment(ana.actor, replace(a_request(ana), submission=key))
    card = await submit_coverage(ana.actor, replace(a_card(ana), submission=key), PICTURE, None)
    assert len({thread, request, card}) == 3
    assert await cancel_appointment(ana.actor, request, "other", key) == request
    statuses = [row.status for row in await fetch(select(t.Appointment))]
    assert statuses == ["cancelled"]
    assert await send_message(ana.actor, replace(a_message(ana), submission=key)) == thread


@pytest.mark.parametrize("keyed", [True, False])
async def test_nobody_sends_without_end(world: World, monkeypatch: pytest.MonkeyPatch, keyed: bool):
    """Beyond the hour's number nothing is taken, with keys or without; a repeat is still answered."""
    monkeypatch.setenv("PCC_SENDS_AN_HOUR", "10")
    settings.cache_clear()
    ana = world.ana
    drafts = [replace(a_message(ana), submission=uuid4() if keyed else None) for _ in range(11)]
    threads = [await send_message(ana.actor, draft) for draft in drafts[:10]]
    with pytest.raises(TooMany):
        await send_message(ana.actor, drafts[10])
    with pytest.raises(TooMany):
        await request_appointment(ana.actor, a_request(ana))
    assert [event.entity_type for event in await refusals()] == [
        "send-message: too many", "request-appointment: too many",
    ]  # fmt: skip
    assert len(await fetch(select(t.Communication))) == 10
    if keyed:
        assert await send_message(ana.actor, drafts[0]) == threads[0]
    await send_message(world.bo.actor, a_message(world.bo))
    for _ in range(11):
        await send_message(world.cora.actor, a_reply(threads[0]))


async def test_an_hour_later_it_goes_on(world: World, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PCC_SENDS_AN_HOUR", "10")
    settings.cache_clear()
    for _ in range(10):
        await send_message(world.ana.actor, a_message(world.ana))
    monkeypatch.setattr(submission, "WINDOW", submission.WINDOW * 0)
    await send_message(world.ana.actor, a_message(world.ana))
