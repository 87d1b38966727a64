"""The built pages: strict about what runs in them, nobody's, light, and plain where they say so."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from pcc_portal import frontend, routes
from pcc_portal.reflex_internals import STATIC
from pcc_portal.web import headers
from tests.budgets import budgets, weigh

_SOMEBODYS = (
    *("/do/x", "/session/start", "/session/end", "/draft/x", "/files/1", "/health", "/ping", "/_event"),
    *("/appointments/1/visit.ics", "/assets/gone-1.js", "/nowhere", "/new/x"),
)
_INLINE = re.compile(r"<(script|style)(?![^>]*\ssrc=)[^>]*>(.*?)</\1>", re.S)


@pytest.fixture(scope="module", autouse=True)
def built() -> Iterator[None]:
    """The pages as they are now, and the gate's knowledge of them; as it was before, afterwards."""
    frontend.build()
    caches = (headers._pages, headers._files, headers.policy)
    for cache in caches:
        cache.cache_clear()
    yield
    for cache in caches:
        cache.cache_clear()


def _pages() -> dict[str, str]:
    found = {}
    for file in STATIC.rglob("*.html"):
        name = file.relative_to(STATIC).as_posix().removesuffix("index.html").rstrip("/")
        found[f"/{name}"] = file.read_text("utf-8")
    return found


def _rules(path: str) -> dict[str, list[str]]:
    return {rule.split()[0]: rule.split()[1:] for rule in headers.policy(path).split("; ")}


def test_each_page_may_run_what_is_in_it_and_no_more() -> None:
    for path, html in _pages().items():
        rules = _rules(path)
        for kind, rule in (("script", "script-src"), ("style", "style-src")):
            bodies = [body for tag, body in _INLINE.findall(html) if tag == kind]
            digests = [base64.b64encode(hashlib.sha256(b.encode()).digest()).decode() for b in bodies]
            assert set(rules[rule]) == {"'self'", *(f"'sha256-{digest}'" for digest in digests)}, path
        assert "unsafe" not in headers.policy(path) and "*" not in headers.policy(path)
        assert rules["default-src"] == ["'none'"]
        assert not re.search(r"<[^>]+\s(?:style|on\w+)=", html), path


def test_a_page_holds_nobodys_data_and_asks_for_nothing_before_it_paints() -> None:
    for path, html in _pages().items():
        assert 'rel="stylesheet"' not in html, path
        assert not re.search(r"<script(?! defer| type=\"module\")[^>]*\ssrc=", html), path
        if not path.endswith("/sample"):
            assert "@example.org" not in html and "Margery" not in html, path


@pytest.mark.parametrize("path", [routes.SIGN_IN, routes.ACCESSIBILITY, "/es/sign-in", "/404.html"])
def test_what_is_before_sign_in_is_plain(path: str) -> None:
    """No framework is in it, and no socket is opened by it; Home, to compare, has both."""
    pages = _pages()
    for sign in ('type="module"', "modulepreload", "__reactRouterContext", "/_event/"):
        assert sign not in pages[path] and sign in pages["/"], sign


def test_only_what_is_nobodys_is_kept_by_a_browser() -> None:
    for path in ("/", "/es/messages", "/sign-in/"):
        assert headers.cache_rule(path) == "private, max-age=300", path
        assert headers.depends_on(path) == "cookie, accept-language", path
    kept = [name for name in frontend.public_files() if name.startswith("/assets/")]
    assert kept
    assert all("immutable" in headers.cache_rule(name) and "-" in Path(name).stem for name in kept)
    for path in _SOMEBODYS:
        assert headers.cache_rule(path) == "no-store", path
        assert headers.depends_on(path) == "", path


@pytest.mark.parametrize("path", budgets().pages)
def test_a_page_weighs_no_more_than_was_agreed(path: str) -> None:
    most, is_now = budgets().pages[path], weigh(STATIC, path)
    over = {name: round(kb, 1) for name, kb in is_now.items() if kb > most[name]}
    assert not over, f"{path} outgrew tests/budgets.toml: {over} kB"


def test_every_page_has_a_budget() -> None:
    from pcc_portal.pages.register import PAGES

    assert {page.path for page in PAGES} == set(budgets().pages)
    assert {page.path for page in PAGES if page.plain} == set(budgets().plain)
