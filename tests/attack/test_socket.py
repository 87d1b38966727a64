"""Whose socket it is: where it may come from, whose tab it names, and what is left when the session ends."""

from __future__ import annotations

import asyncio
from uuid import uuid1, uuid4

import aiohttp
import httpx
import pytest
from socketio.exceptions import ConnectionError as Refused

from tests.attack.client import RawSocket
from tests.attack.conftest import Target, a_fresh_session, a_new_thread
from tests.attack.handlers import ours
from tests.attack.world import ANA, ANA_NAME, BO

pytestmark = pytest.mark.attack


def foreign(base: str) -> dict[str, str]:
    """Origins that are not ours, each near enough to be mistaken for it."""
    port = base.rpartition(":")[2]
    return {
        "another site": "https://evil.example",
        "null": "null",
        "missing": "absent",
        "another port": f"http://127.0.0.1:{int(port) + 1}",
        "another scheme": base.replace("http://", "https://"),
        "a name that begins as ours": f"{base}.evil.example",
        "a sibling": f"http://app.127.0.0.1:{port}",
        "another name of this host": f"http://localhost:{port}",
        "with a path": f"{base}/",
    }


async def test_a_socket_needs_exactly_our_origin(target: Target) -> None:
    """With a live session, which is what a foreign page would borrow."""
    for reason, origin in foreign(target.base).items():
        with pytest.raises(Refused):
            async with target.socket("ana", origin=origin):
                pytest.fail(f"let in: {reason}")
    async with target.socket("ana") as ana:
        await ana.open_page("/messages")
        assert ANA in ana.text


@pytest.mark.parametrize(
    "tab", ["x", "1", "../etc", str(uuid1()), "0" * 36, "00000000-0000-0000-0000-000000000000"]
)
async def test_a_tab_is_named_by_a_random_uuid(target: Target, tab: str) -> None:
    """No name that somebody could choose to share."""
    with pytest.raises(Refused):
        async with target.socket("ana", tab=tab):
            pytest.fail("let in")


async def test_two_tabs_in_one_address_are_refused(target: Target) -> None:
    """The gate and Reflex must never read different names."""
    address = f"{target.base}/_event/?EIO=4&transport=websocket&token={uuid4()}&token={uuid4()}"
    async with aiohttp.ClientSession() as http:
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await http.ws_connect(address, headers={"Origin": target.base})


async def test_polling_is_refused(target: Target) -> None:
    """Only websockets: polling would be a cross-site request like any other."""
    with pytest.raises(Refused):
        async with target.socket("ana", transports=("polling",)):
            pytest.fail("let in")
    async with httpx.AsyncClient(base_url=target.base) as http:
        for method in ("GET", "POST", "OPTIONS"):
            answer = await http.request(
                method, f"/_event/?EIO=4&transport=polling&token={uuid4()}", headers={"Origin": target.base}
            )
            assert answer.status_code == 400


@pytest.mark.parametrize("path", ["/", "/other", "/files/x", "/_upload"])
async def test_no_other_path_takes_a_socket(target: Target, path: str) -> None:
    """A websocket anywhere else is closed before it is open."""
    async with aiohttp.ClientSession() as http:
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await http.ws_connect(target.base + path, headers={"Origin": target.base})


async def test_a_tab_is_no_credential_after_its_owner_left(target: Target) -> None:
    """Whoever knows the name of a tab gets an empty one, with or without a session of his own."""
    for thief in ("", "bo", "stranger"):
        async with target.socket("ana") as ana:
            await ana.open_page("/messages")
            assert ANA in ana.text
            tab = ana.tab
        async with target.socket(thief, tab=tab) as stolen:
            for handler in ours():
                await stolen.say(handler.name, {}, "/messages")
            await stolen.quiet()
            await stolen.open_page("/messages")
            await stolen.quiet()
            assert ANA not in stolen.text and ANA_NAME not in stolen.text, thief


async def test_a_tab_is_no_credential_while_its_owner_is_there(target: Target) -> None:
    """A second socket of the same tab is another tab; what the first one is sent goes to the first alone."""
    async with target.socket("ana") as ana:
        await ana.open_page("/messages")
        async with target.socket("bo", tab=ana.tab) as bo:
            await bo.open_page("/messages")
            ana.heard.clear()
            await ana.open_page("/messages")
            assert ANA in ana.text and BO not in ana.text
            assert ANA not in bo.text


async def test_an_answer_under_way_does_not_reach_who_took_the_tab(target: Target) -> None:
    """The owner asks and is gone before the answer (it waits for the record of it); a thief takes the tab."""
    thread = a_new_thread(target, f"{ANA} late")
    owner = target.socket("ana")
    await owner.connect()
    await owner.open_page("/messages")
    owner.heard.clear()
    with target.nothing_written() as let_write:
        await owner.say(target.handler("messages_state.refresh"), {}, "/messages", {"thread": thread})
        await asyncio.sleep(0.3)
        await owner.client.disconnect()
        thief = target.socket("bo", tab=owner.tab)
        coming = asyncio.create_task(thief.connect())
        await asyncio.sleep(0.3)
        let_write()
    await coming
    await thief.quiet(0.5)
    await thief.client.disconnect()
    assert ANA not in thief.text
    assert ANA not in owner.text


async def test_a_sign_out_elsewhere_empties_an_open_tab(target: Target) -> None:
    """The open tab is told without asking: emptied, sent to sign-in, and woken by nothing afterwards."""
    cookie = a_fresh_session(target, "ana")
    async with RawSocket(target.base, cookie=cookie) as open_tab:
        await open_tab.open_page("/messages", {"thread": target.ids["ana"]["thread"]})
        assert ANA in open_tab.text
        open_tab.heard.clear()
        await _end(target, cookie)
        await open_tab.quiet(0.3)
        assert any(path.startswith("/sign-in") for path in open_tab.redirects())
        assert '"person_name_rx_state_": ""' in open_tab.text
        open_tab.heard.clear()
        await _write_as_ana(target)
        await open_tab.quiet(0.3)
        assert open_tab.heard == []
        await open_tab.say(
            next(h.name for h in ours() if h.name.endswith("messages_state.refresh")), {}, "/messages"
        )
        await open_tab.quiet()
        assert ANA not in open_tab.text


async def test_an_open_tab_hears_what_is_written(target: Target) -> None:
    """The live path works at all; otherwise the test above would pass for nothing."""
    async with target.socket("ana") as ana:
        await ana.open_page("/messages", {"thread": target.ids["ana"]["thread"]})
        ana.heard.clear()
        await _write_as_ana(target)
        await ana.quiet(0.3)
        assert "live-word" in ana.text


async def test_the_cookie_is_in_nothing_that_a_tab_is_sent(target: Target) -> None:
    """HttpOnly means that no script ever sees it, not even by way of the server's own messages."""
    async with target.socket("ana") as ana:
        await ana.open_page("/messages")
        assert target.cookies["ana"] not in ana.text and "_session_hash" not in ana.text
        assert "_rights" not in ana.text


async def _end(target: Target, cookie: str) -> None:
    async with httpx.AsyncClient(base_url=target.base, cookies={"sid": cookie}) as http:
        answer = await http.post("/session/end", headers={"Origin": target.base})
        assert answer.status_code == 303


async def _write_as_ana(target: Target) -> None:
    async with httpx.AsyncClient(base_url=target.base, cookies={"sid": target.cookies["ana"]}) as http:
        form = {
            "patient": target.ids["ana"]["patient"], "thread": target.ids["ana"]["thread"],
            "body": "live-word", "submission": str(uuid4()), "category": "general",
        }  # fmt: skip
        answer = await http.post(
            "/do/send-message", data=form, headers={"Origin": target.base, "Accept": "application/json"}
        )
        assert answer.status_code == 200, answer.text
        await asyncio.sleep(0)
