"""Every page of the portal, from the register, and the person who looks at it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from playwright.sync_api import Browser, Page, expect

from pcc_portal import routes
from pcc_portal.language import localized
from pcc_portal.pages.register import PAGES
from pcc_portal.sample_people import PASSWORD
from tests.servers import Portal

# The folder a page is drawn in says who looks at it; a page in a folder that is not here fails every test.
VIEWERS = {
    "patient": "margery@example.org",
    "coordinator": "cora@example.org",
    "lead": "priya@example.org",
    "admin": "sam@example.org",
    "public": "",
}
NOWHERE = "/nowhere"
EYES = Path(__file__).with_name("eyes.js")


class Site(NamedTuple):
    """A page by its path, and the sign-in of who looks at it ("" is nobody)."""

    path: str
    viewer: str


def _viewer(module: str) -> str:
    return VIEWERS[module.removeprefix("pcc_portal.pages.").split(".")[0]]


SITES = (*(Site(each.path, _viewer(each.draw.__module__)) for each in PAGES), Site(NOWHERE, ""))


def sites_of(viewer: str) -> list[Site]:
    """The pages one person looks at."""
    return [site for site in SITES if site.viewer == viewer]


@contextmanager
def window(browser: Browser, portal: Portal, viewer: str, **options: Any) -> Iterator[Page]:
    """A window of its own, signed in where somebody is to look."""
    context = browser.new_context(**options)
    context.add_init_script(path=EYES)
    if viewer:
        answer = context.request.post(
            f"{portal.origin}{routes.SESSION_START}",
            form={"email": viewer, "password": PASSWORD},
            headers={"Origin": portal.origin},
        )
        assert answer.ok, answer.status
    page = context.new_page()
    page.set_default_timeout(15_000)
    try:
        yield page
    finally:
        context.close()


def visit(page: Page, portal: Portal, path: str, locale: str = "en") -> None:
    """Open a page, and wait until what it shows is there."""
    page.goto(f"{portal.origin}{path if path == NOWHERE else localized(path, locale)}")
    loaded(page)


def loaded(page: Page) -> None:
    """Until the page has its heading and nothing is on its way any more."""
    expect(page.locator("h1")).to_have_count(1)
    expect(page.locator(".skeleton")).to_have_count(0)
