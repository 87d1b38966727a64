"""Every page of the portal, from the register, and the person who looks at it."""

from __future__ import annotations

import sqlite3
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
    "helper": "dana@example.org",
    "coordinator": "cora@example.org",
    "lead": "priya@example.org",
    "admin": "sam@example.org",
    "public": "",
}
NOWHERE = "/nowhere"
EYES = Path(__file__).with_name("eyes.js")


class Site(NamedTuple):
    """A page by its path, and which of the viewers looks at it."""

    path: str
    viewer: str


def _viewer(module: str) -> str:
    folder = module.removeprefix("pcc_portal.pages.").split(".")[0]
    assert folder in VIEWERS, f"who looks at the pages in {folder}?"
    return folder


SITES = (
    *(Site(each.path, _viewer(each.draw.__module__)) for each in PAGES),
    Site(NOWHERE, "public"),
    Site(routes.HOME, "helper"),
)
WHO = sorted({site.viewer for site in SITES})


def sites_of(viewer: str) -> list[Site]:
    """The pages one person looks at."""
    return [site for site in SITES if site.viewer == viewer]


def opened(portal: Portal, viewer: str) -> list[Site]:
    """The pages one person looks at, and those with something open: a conversation, an item of each kind."""
    base = sqlite3.connect(portal.data_dir / "portal.db")
    find = {
        "patient": (
            f"SELECT '{routes.MESSAGES}?thread=' || t.id FROM communication_thread t JOIN portal_user u "
            f"ON u.patient_id = t.patient_id WHERE u.email = '{VIEWERS['patient']}' LIMIT 1"
        ),
        "coordinator": (
            f"SELECT '{routes.INBOX}?task=' || max(id) FROM task "
            "WHERE queue = 'clinic' AND status = 'requested' GROUP BY kind"
        ),
    }.get(viewer)
    rows = base.execute(find).fetchall() if find else []
    base.close()
    return sites_of(viewer) + [Site(path, viewer) for (path,) in rows]


def unfold(page: Page) -> None:
    """Open everything on the page that folds."""
    page.evaluate("() => { for (const each of document.querySelectorAll('details')) each.open = true }")


@contextmanager
def window(browser: Browser, portal: Portal, viewer: str, **options: Any) -> Iterator[Page]:
    """A window of its own, signed in where somebody is to look."""
    context = browser.new_context(**options)
    context.add_init_script(path=EYES)
    if VIEWERS[viewer]:
        answer = context.request.post(
            f"{portal.origin}{routes.SESSION_START}",
            form={"email": VIEWERS[viewer], "password": PASSWORD},
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
    expect(page.locator("h1:visible")).to_have_count(1)
    expect(page.locator(".skeleton")).to_have_count(0)
