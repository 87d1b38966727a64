"""The outer gate over TLS, as in production: what the attack suite, which runs without TLS, cannot see."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator

import pytest
from pydantic import ValidationError
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from pcc_portal import routes
from pcc_portal.cookie import cookie_name
from pcc_portal.settings import Settings, settings
from pcc_portal.web import gate
from pcc_portal.web import headers as rules
from pcc_portal.web.gate import SHORT_LIMIT, Gate
from pcc_portal.web.headers import policy

ORIGIN = "https://portal.example.org"


async def _echo(request: Request) -> Response:
    return PlainTextResponse(str(len(await request.body())))


async def _cookies(request: Request) -> Response:
    return JSONResponse(request.cookies)


@pytest.fixture
def secure(monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    """A small application behind the gate of a portal with a public address."""
    monkeypatch.setenv("PCC_PUBLIC_URL", ORIGIN)
    settings.cache_clear()
    policy.cache_clear()
    monkeypatch.setattr(rules, "_files", lambda: frozenset({"/assets/a-1.js"}))
    routes = [Route("/do/x", _echo, methods=["GET", "POST"]), Route("/assets/a-1.js", _echo)]
    app = Starlette(routes=[*routes, Route("/do/cookie", _cookies)])
    yield TestClient(Gate(app), base_url=ORIGIN)
    settings.cache_clear()
    policy.cache_clear()


def test_over_tls_the_cookie_is_bound_to_the_host(secure: TestClient) -> None:
    assert cookie_name() == "__Host-sid"
    headers = secure.get("/do/x").headers
    assert headers["strict-transport-security"].startswith("max-age=31536000")
    assert "connect-src 'self' wss://portal.example.org" in headers["content-security-policy"]
    assert headers["cache-control"] == "no-store"
    assert "immutable" in secure.get("/assets/a-1.js").headers["cache-control"]
    # What is not there any more after an update is not remembered as missing.
    assert secure.get("/assets/gone.js").headers["cache-control"] == "no-store"


def test_only_our_origin_posts(secure: TestClient) -> None:
    assert secure.post("/do/x", content=b"abc", headers={"Origin": ORIGIN}).text == "3"
    for headers in ({}, {"Origin": "http://portal.example.org"}, {"Origin": f"{ORIGIN}:8443"},
                    {"Origin": "https://x.portal.example.org"}, {"Origin": "null"}, {"Origin": f"{ORIGIN}/"},
                    {"Origin": ORIGIN, "Sec-Fetch-Site": "cross-site"},
                    {"Origin": ORIGIN, "Sec-Fetch-Site": "same-site"}):  # fmt: skip
        assert secure.post("/do/x", content=b"abc", headers=headers).status_code == 403, headers
    doubled = [("Origin", ORIGIN), ("Origin", "https://evil.example")]
    assert secure.post("/do/x", content=b"abc", headers=doubled).status_code == 403


def test_a_body_has_a_limit_said_or_unsaid(secure: TestClient) -> None:
    limit = settings().upload_limit_bytes + 256 * 1024
    headers = {"Origin": ORIGIN, "Content-Type": "multipart/form-data; boundary=x"}
    assert secure.post("/do/x", content=b"x" * limit, headers=headers).status_code == 200
    assert secure.post("/do/x", content=b"x" * (limit + 1), headers=headers).status_code == 413
    pieces = (b"x" * 1024 * 1024 for _ in range(12))
    assert secure.post("/do/x", content=pieces, headers=headers).status_code == 413
    lie = {**headers, "Content-Length": "-1"}
    assert secure.post("/do/x", content=b"x", headers=lie).status_code == 413


@pytest.mark.parametrize(
    ("path", "kind"),
    [("/do/x", "application/x-www-form-urlencoded"), ("/do/x", ""), ("/session/x", "multipart/form-data"),
     ("/draft/x", "multipart/form-data; boundary=x")],
)  # fmt: skip
def test_what_carries_no_files_is_short(secure: TestClient, path: str, kind: str) -> None:
    """Ten megabytes of ``&`` would keep the process busy for seconds, and need no session."""
    headers = {"Origin": ORIGIN, "Content-Type": kind}
    assert secure.post(path, content=b"&" * SHORT_LIMIT, headers=headers).status_code in (200, 404, 405)
    assert secure.post(path, content=b"&" * (SHORT_LIMIT + 1), headers=headers).status_code == 413
    pieces = (b"&" * 100_000 for _ in range(4))
    answer = secure.post(path, content=pieces, headers=headers)
    assert answer.status_code in ((413,) if path == "/do/x" else (413, 404, 405))


async def test_a_body_that_stops_coming_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """One byte and silence: answered with 408, and the application is let go; a slow one is waited for."""
    monkeypatch.setattr(gate, "PATIENCE", 0.05)
    monkeypatch.setattr(rules, "_files", lambda: frozenset({"/assets/a-1.js"}))
    app = Starlette(routes=[Route("/do/x", _echo, methods=["POST"])])
    scope = {
        "type": "http", "method": "POST", "path": "/do/x", "raw_path": b"/do/x", "query_string": b"",
        "headers": [(b"origin", settings().origin.encode())], "root_path": "",
    }  # fmt: skip

    async def posted(pause: float, pieces: int) -> int:
        sent: list[dict[str, object]] = []
        left = pieces

        async def receive() -> dict[str, object]:
            nonlocal left
            await asyncio.sleep(pause if left < pieces else 0)
            left -= 1
            return {"type": "http.request", "body": b"x", "more_body": left > 0}

        async def send(message: dict[str, object]) -> None:
            sent.append(message)

        await asyncio.wait_for(Gate(app)(dict(scope), receive, send), 5)  # type: ignore[arg-type]
        return int(str(sent[0]["status"]))

    assert await posted(0.01, 20) == 200
    assert await posted(10, 2) == 408


def test_production_does_not_start_without_tls(monkeypatch: pytest.MonkeyPatch) -> None:
    values = {"environment": "production", "database_url": "sqlite:///x", "master_key": "x"}
    with pytest.raises(ValidationError, match="https"):
        Settings(public_url="http://portal.example.org", **values)  # type: ignore[arg-type]
    assert Settings(public_url=ORIGIN, **values).secure  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "path", ["/", "/messages", "/es/messages?thread=1-2", "/appointments/request?a=b%20c"]
)
def test_pages_are_ways_back(path: str) -> None:
    assert routes.page_path(path) == path


@pytest.mark.parametrize(
    "path",
    ["", "x", "//x", "/x//y", "/\\x", "https://x", "/x#y", "/x y", "/x\n", "/../x", "/session/end", "/do/x",
     "/files/1", "/_event", "/ä", "/" + "x" * 500, "/x?y=<"],
)  # fmt: skip
def test_nothing_else_is(path: str) -> None:
    assert routes.page_path(path) is None


def test_only_our_cookies_come_in(secure: TestClient) -> None:
    """The library that reads them takes time by the square of a quoted one: 15 s for what a header holds."""
    long = 'language="' + "\\1" * 30_000 + '"'
    sent = f"theirs=1; {long}; __Host-sid=abc; language=es; sid=old"
    started = time.monotonic()
    answer = secure.get("/do/cookie", headers={"Cookie": sent})
    assert answer.json() == {"__Host-sid": "abc", "language": "es"}
    assert secure.get("/do/cookie", headers={"Cookie": long}).json() == {}
    assert time.monotonic() - started < 1
    both = [("Cookie", "__Host-sid=abc"), ("Cookie", "language=es")]
    assert secure.get("/do/cookie", headers=both).json() == {"__Host-sid": "abc", "language": "es"}


def test_a_refusal_is_not_kept_in_a_pages_place(secure: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page may be shown for minutes without asking; what stood there instead of it may not."""
    monkeypatch.setattr(rules, "_pages", lambda: {"/": {}})
    assert "max-age" in rules.cache_rule("/")
    for answer in (secure.get("/"), secure.get("/", headers={"Host": "["}), secure.post("/")):
        assert answer.status_code >= 400 and answer.headers["cache-control"] == "no-store"


def test_addresses_that_lead_nowhere_are_not_remembered(secure: TestClient) -> None:
    """A cache of answers by address would keep what anybody makes up, up to 60 kB each."""
    for n in range(20):
        secure.get(f"/made-up-{n}")
    assert policy.cache_info().currsize <= 1
