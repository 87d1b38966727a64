"""The choice of a language, by whoever means harm with it."""

from __future__ import annotations

import pytest

from tests.attack.conftest import Target
from tests.attack.test_http import browser
from tests.attack.world import PASSWORD

pytestmark = pytest.mark.attack


@pytest.mark.parametrize("wanted", ["", "de", "//evil.example", "es\r\nSet-Cookie: sid=x", "EN", "en-XA"])
async def test_no_other_language_is_kept(target: Target, wanted: str) -> None:
    """Neither on the device nor in the account, and nothing is changed."""
    before = target.everything()
    async with browser(target, "ana", Referer=f"{target.base}/messages") as http:
        answer = await http.post("/session/language", data={"language": wanted})
    assert answer.status_code == 404 and "set-cookie" not in answer.headers
    assert target.everything() == before


@pytest.mark.parametrize("page", ["https://evil.example/", "//evil.example", "/\\evil.example", "/files/x"])
async def test_a_language_leads_to_pages_of_ours_alone(target: Target, page: str) -> None:
    """Neither a foreign page that names itself nor a field of the form opens a way out."""
    for headers in ({}, {"Referer": page}, {"Referer": f"{target.base}{page}"}):
        async with browser(target, Accept="text/html", **headers) as http:
            answer = await http.post("/session/language", data={"language": "es", "page": page})
        assert answer.status_code == 303 and answer.headers["location"] == "/es", headers
        assert answer.headers["cache-control"] == "no-store"


async def test_a_language_is_kept_for_oneself_and_twice_is_once(target: Target) -> None:
    """On the device a language and nothing else; in one's own account, and in nobody else's."""
    kept = "SELECT count(*) FROM portal_user WHERE locale = 'es'"
    async with browser(target, "ana", Referer=f"{target.base}/messages?thread=1") as http:
        here = "/messages?thread=1"
        for language, there, accounts in (("es", f"/es{here}", 1), ("es", f"/es{here}", 1), ("en", here, 0)):
            answer = await http.post("/session/language", data={"language": language})
            assert answer.json() == {"go": there} and target.rows(kept)[0][0] == accounts
            cookie = answer.headers["set-cookie"].lower()
            assert cookie.startswith(f"language={language};") and "samesite=lax" in cookie


async def test_one_lands_in_ones_language_and_leaves_none_behind(target: Target) -> None:
    """Chosen before sign-in it counts and is learnt; the next device knows it; sign-out forgets it here."""
    form = {"email": target.email, "password": PASSWORD, "next": "/messages?thread=1"}
    target.change("UPDATE portal_user SET locale = ''")
    async with browser(target, Accept="text/html") as first, browser(target, Accept="text/html") as second:
        await first.post("/session/language", data={"language": "es"})
        assert (await first.post("/session/start", data=form)).headers["location"] == "/es/messages?thread=1"
        assert first.cookies["language"] == "es"
        assert (await second.post("/session/start", data=form)).headers["location"] == "/es/messages?thread=1"
        await first.post("/session/end")
        assert "language" not in first.cookies
    target.change("UPDATE portal_user SET locale = ''")
