"""Which language a page opens in: the browser's, the device's, the account's."""

from __future__ import annotations

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from pcc_portal.language import LOCALES, locale_of, localized, respoken
from pcc_portal.services.language import keep_language, language_kept
from pcc_portal.web import gate, headers
from pcc_portal.web.choose_language import asked_for, twin_of
from tests.factories import a_clinic, a_coordinator, a_patient

SPANISH = "es-MX,es;q=0.9,en;q=0.8"


@pytest.mark.parametrize(
    ("accept", "language"),
    [(SPANISH, "es"), ("en-US,en;q=0.9,es;q=0.8", "en"), ("fr,es;q=0.5", "es"), ("ES-419", "es"),
     ("en;q=0.1, es;q=0.2", "es"), ("", "en"), ("*", "en"), ("es;q=0", "en"), ("es;q=9,en", "en"),
     ("es;q=x", "en"), ("es;q=nan,en", "en"), ("fr" * 300 + ",es", "en"), ("\r\nSet-Cookie: x", "en")],
)  # fmt: skip
def test_the_browsers_wish(accept: str, language: str) -> None:
    assert asked_for(accept) == language


@pytest.mark.parametrize("path", ["/", "/messages", "/es", "/es/messages", "/sign-in"])
@pytest.mark.parametrize(
    "cookie", ["", "language=es", "language=en", "language=de", "language=//evil", "a=\x01"]
)
@pytest.mark.parametrize("accept", ["", SPANISH, "en"])
def test_a_twin_leads_nowhere_else(path: str, cookie: str, accept: str) -> None:
    """One step at most, to the same page, whatever the cookie and the browser say."""
    twin = twin_of(path, "thread=1&next=//evil.example", cookie, accept)
    if twin is not None:
        assert respoken(twin, locale_of(path)) == f"{path}?thread=1&next=//evil.example"
        assert twin_of(twin.partition("?")[0], "", cookie, accept) is None


def test_what_was_chosen_counts_more_than_the_browser() -> None:
    assert twin_of("/messages", "thread=1", "", SPANISH) == "/es/messages?thread=1"
    assert twin_of("/messages", "", "sid=x; language=en", SPANISH) is None
    assert twin_of("/es/messages", "", "language=en", SPANISH) == "/messages"
    assert twin_of("/", "", "language=es", "en") == "/es"
    assert twin_of("/es/messages", "", "", "en") is None


def test_paths_change_their_language() -> None:
    for path in ("/", "/?a=/es", "/messages", "/messages?thread=1", "/escape"):
        for locale in LOCALES:
            there = respoken(path, locale)
            assert locale_of(there) == locale and respoken(there, "en") == path, there
    assert localized("/", "es") == "/es" and respoken("/es?x=1", "en") == "/?x=1"


def test_the_gate_sends_pages_and_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    async def page(request: Request) -> Response:
        return PlainTextResponse(request.url.path)

    monkeypatch.setattr(headers, "_pages", lambda: {"/messages": {}, "/es/messages": {}})
    paths = ("/messages", "/messages/", "/es/messages/", "/assets/a.js", "/files/x", "//evil.example")
    app = gate.Gate(Starlette(routes=[Route(path, page, methods=["GET", "POST"]) for path in paths]))
    browser = TestClient(app, follow_redirects=False, headers={"Accept-Language": SPANISH})
    answer = browser.get("/messages?thread=1")
    assert (answer.status_code, answer.headers["location"]) == (303, "/es/messages?thread=1")
    assert answer.headers["cache-control"] == "no-store" and "Accept-Language" in answer.headers["vary"]
    assert "set-cookie" not in answer.headers and answer.headers["content-security-policy"]
    assert browser.get("/es/messages").text == "/es/messages/"
    for path in ("/assets/a.js", "/files/x", "//evil.example"):
        assert browser.get(path).status_code != 303, path
    assert browser.get("/messages", headers={"Accept-Language": "en"}).text == "/messages/"


async def test_an_account_keeps_what_was_chosen(store: str) -> None:
    """Before anything is chosen the record's language is known; afterwards the choice, for her alone."""
    clinic = await a_clinic()
    ana, bo, cora = (
        await a_patient(clinic),
        await a_patient(clinic, "Bo", "Lind"),
        await a_coordinator(clinic),
    )
    assert (await language_kept(ana.actor)).chosen == ""
    assert (await language_kept(ana.actor)).of_record == "en"
    assert (await language_kept(cora.actor)).of_record == ""
    for _ in range(2):
        await keep_language(ana.actor, "es")
    assert (await language_kept(ana.actor)).chosen == "es"
    assert (await language_kept(bo.actor)).chosen == ""
    await keep_language(ana.actor, "javascript:")
    assert (await language_kept(ana.actor)).chosen == ""
