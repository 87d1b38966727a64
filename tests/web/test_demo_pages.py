"""The sample people and the kit are there in demo mode, and nowhere in production."""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from pcc_portal.settings import settings
from pcc_portal.web.gate import Gate

ORIGIN = "https://portal.example.org"
PRODUCTION = {
    "PCC_ENVIRONMENT": "production",
    "PCC_PUBLIC_URL": ORIGIN,
    "PCC_DATABASE_URL": "sqlite:///nowhere.db",
    "PCC_MASTER_KEY": "x" * 44,
}
NAVIGATE = {"Sec-Fetch-Mode": "navigate"}
SAMPLE = ("/sign-in/sample", "/es/sign-in/sample", "/sign-in/sample/", "/kit", "/kit/", "/Kit")
#: Addresses at which a file server finds the same files; as a client that tidies nothing sends them.
DETOURS = (
    "//kit", "/%2fkit", "/x/../kit", "/%2e/kit", "/kit/.", "/kit/index.html", "/kit/index.html.br",
    "/kit/index.html.gz", "/assets/..%2fkit/", "/sign-in//sample", "/es/%2e/sign-in/sample", "//",
    "//messages",
)  # fmt: skip


async def _said(request: Request) -> Response:
    return PlainTextResponse(request.scope["path"])


def _served() -> TestClient:
    return TestClient(Gate(Starlette(routes=[Route("/{path:path}", _said)])), base_url=ORIGIN)


@pytest.fixture
def production(monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    for name, value in PRODUCTION.items():
        monkeypatch.setenv(name, value)
    settings.cache_clear()
    yield _served()
    settings.cache_clear()


@pytest.fixture
def demo(monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    monkeypatch.setenv("PCC_ENVIRONMENT", "demo")
    settings.cache_clear()
    yield _served()
    settings.cache_clear()


@pytest.mark.parametrize("path", SAMPLE)
def test_production_has_none_of_them(production: TestClient, path: str) -> None:
    assert production.get(path).text.rstrip("/") == "/nowhere"


@pytest.mark.parametrize("path", DETOURS)
async def test_no_detour_leads_to_a_page(production: TestClient, path: str) -> None:
    """What a file server would tidy up is nowhere."""
    sent: list[dict[str, Any]] = []

    async def send(message: MutableMapping[str, Any]) -> None:
        sent.append(dict(message))

    async def receive() -> dict[str, Any]:
        return {"type": "http.request"}

    scope = {
        "type": "http", "method": "GET", "path": unquote(path), "raw_path": path.encode(), "headers": [],
        "query_string": b"",
    }  # fmt: skip
    await production.app(scope, receive, send)
    assert sent[-1]["body"] == b"/nowhere"


def test_production_signs_in_without_sample_people(production: TestClient) -> None:
    assert production.get("/sign-in").text.rstrip("/") == "/sign-in"


def test_demo_shows_them_under_the_usual_address(demo: TestClient) -> None:
    assert demo.get("/sign-in").text.rstrip("/") == "/sign-in/sample"
    assert demo.get("/es/sign-in").text.rstrip("/") == "/es/sign-in/sample"
    assert demo.get("/kit").text.rstrip("/") == "/kit"


def test_localhost_is_led_to_the_address_that_works(demo: TestClient) -> None:
    own = settings().origin
    for host in ("localhost", "localhost:8321", "LOCALHOST"):
        answer = demo.get("/sign-in", headers=NAVIGATE | {"Host": host}, follow_redirects=False)
        assert (answer.status_code, answer.headers["location"]) == (307, f"{own}/sign-in"), host
    asked = demo.get("/sign-in?next=/more", headers=NAVIGATE | {"Host": "localhost"}, follow_redirects=False)
    assert asked.headers["location"] == f"{own}/sign-in?next=/more"
    for host in ("localhost.evil.example", "evil.example", urlsplit(own).netloc):
        assert (
            demo.get("/sign-in", headers=NAVIGATE | {"Host": host}, follow_redirects=False).status_code == 200
        ), host


def test_production_is_asked_under_any_name(production: TestClient) -> None:
    assert production.get("/sign-in", headers=NAVIGATE | {"Host": "localhost"}).status_code == 200


@pytest.mark.parametrize("host", ["[", "[::1", "localhost[", "a b", "evil.example/x", "a@localhost"])
def test_what_is_no_host_is_asked_for_nothing(demo: TestClient, host: str) -> None:
    answer = demo.get("/sign-in", headers=NAVIGATE | {"Host": host}, follow_redirects=False)
    assert answer.status_code == 400 and "content-security-policy" in answer.headers
