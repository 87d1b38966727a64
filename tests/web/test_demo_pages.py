"""The sample people and the kit are there in demo mode, and nowhere in production."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

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
SAMPLE = ("/sign-in/sample", "/es/sign-in/sample", "/sign-in/sample/", "/kit", "/kit/")


async def _said(request: Request) -> Response:
    return PlainTextResponse(request.url.path)


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
