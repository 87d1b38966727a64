"""What crosses the wire, per role: one's own, and nothing that is anybody else's."""

from __future__ import annotations

import pytest

from tests.attack.conftest import Target
from tests.attack.world import ANA, ANA_NAME, BO, BO_NAME

pytestmark = pytest.mark.attack

PAGES = (
    "/",
    "/care-plan",
    "/appointments",
    "/appointments/request",
    "/insurance",
    "/messages",
    "/messages/new",
    "/more",
)


async def _recorded(target: Target, who: str, *pages: str, **query: str) -> str:
    """Everything one person is sent while she looks at these pages."""
    async with target.socket(who) as person:
        for page in pages:
            await person.open_page(page, query)
        return person.text


@pytest.mark.parametrize("page", ["/care-plan", "/appointments", "/insurance", "/messages"])
async def test_the_owner_sees_her_own(target: Target, page: str) -> None:
    """So that what follows is not true for want of anything to see."""
    text = await _recorded(target, "ana", page)
    assert ANA in text, page
    assert BO not in text and BO_NAME not in text


async def test_a_patient_is_sent_nothing_of_another(target: Target) -> None:
    """On every page, in both languages, whatever the address names."""
    ids = target.ids["ana"]
    query = {kind: ids[kind] for kind in ("thread", "task", "coverage", "appointment", "patient")}
    for prefix in ("", "/es"):
        text = await _recorded(
            target, "bo", *(f"{prefix}{page}".rstrip("/") or "/" for page in PAGES), **query
        )
        assert BO_NAME in text
        assert ANA not in text and ANA_NAME not in text


async def test_a_helper_is_sent_what_was_granted(target: Target) -> None:
    """One who may see messages is sent messages, and no plan, visit or insurance."""
    ids = target.ids["ana"]
    text = await _recorded(target, "helper", *PAGES, thread=ids["thread"])
    assert f"{ANA} subject" in text
    for kind in ("goal", "plan", "reason", "payer", "task", "note", "preview"):
        assert f"{ANA} {kind}" not in text, kind


async def test_internal_notes_never_reach_the_patient_side(target: Target) -> None:
    """Neither the patient nor her helper, on any page; the coordinator does see them."""
    ids = target.ids["ana"]
    for who in ("ana", "helper", "unscoped"):
        text = await _recorded(target, who, *PAGES, "/inbox", task=ids["task"], thread=ids["thread"])
        assert f"{ANA} note" not in text, who
    text = await _recorded(target, "coordinator", "/inbox", task=ids["task"])
    assert f"{ANA} note" in text


async def test_a_coordinator_is_sent_her_own_clinic(target: Target) -> None:
    """The inbox of the other clinic is empty of both."""
    assert ANA in await _recorded(target, "coordinator", "/inbox")
    text = await _recorded(target, "stranger", "/inbox", *PAGES, task=target.ids["ana"]["task"])
    assert not any(mark in text for mark in (ANA, ANA_NAME, BO, BO_NAME))


async def test_an_admin_is_sent_no_record(target: Target) -> None:
    """Who manages sign-ins sees nobody's health."""
    text = await _recorded(target, "admin", "/inbox", *PAGES, task=target.ids["ana"]["task"])
    assert not any(mark in text for mark in (ANA, ANA_NAME, BO, BO_NAME))


async def test_a_grant_taken_back_empties_an_open_tab(target: Target) -> None:
    """Revoked while the tab is open: what was shown is wiped with the next event, whatever that is."""
    async with target.socket("helper") as helper:
        thread = target.ids["ana"]["thread"]
        await helper.open_page("/messages", {"thread": thread})
        assert ANA in helper.text
        with target.granting("helper", "inactive"):
            helper.heard.clear()
            await helper.say(target.handler("messages_state.refresh"), {}, "/messages", {"thread": thread})
            await helper.quiet()
            assert ANA not in helper.text
            assert '"viewing_as_rx_state_": ""' in helper.text
            helper.heard.clear()
            await helper.open_page("/messages", {"thread": thread})
            assert ANA not in helper.text and ANA_NAME not in helper.text
