"""Every page in both languages, nothing on the console; with ``PCC_PICTURES=1`` the README's pictures."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from pcc_portal import routes
from pcc_portal.language import LOCALES, localized
from pcc_portal.sample_people import PASSWORD
from tests.browser.sites import NOWHERE, VIEWERS, WHO, sites_of
from tests.servers import Portal

PICTURES = Path(__file__).parents[2] / "docs" / "pictures"
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1440, "height": 900}
PATIENT, COORDINATOR = "margery@example.org", "cora@example.org"


def enter(page: Page, portal: Portal, email: str) -> None:
    page.goto(f"{portal.origin}{routes.SIGN_IN}")
    page.locator("#email").fill(email)
    page.locator("#password").fill(PASSWORD)
    page.locator("main form:has(#email) button[type=submit]").click()
    page.wait_for_url(lambda url: routes.SIGN_IN not in url)


def opened(page: Page, portal: Portal, path: str) -> None:
    page.goto(f"{portal.origin}{path}")
    expect(page.locator("h1")).to_have_count(1)
    expect(page.locator(".skeleton")).to_have_count(0)


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("viewer", WHO)
def test_every_page_renders_without_a_complaint(
    driver: Browser, portal: Portal, viewer: str, locale: str
) -> None:
    page = driver.new_context(viewport=PHONE).new_page()
    said: list[str] = []
    page.on("console", lambda entry: said.append(entry.text) if entry.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    if VIEWERS[viewer]:
        enter(page, portal, VIEWERS[viewer])
    for site in sites_of(viewer):
        if site.path == NOWHERE:
            continue  # its answer is a 404, and the browser says so
        opened(page, portal, localized(site.path, locale))
        sideways = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert sideways <= 0, site.path
    assert said == []
    page.context.close()


@pytest.mark.skipif(not os.environ.get("PCC_PICTURES"), reason="PCC_PICTURES=1 takes the README's pictures")
def test_take_the_pictures(driver: Browser, portal: Portal) -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    for theme in ("light", "dark"):
        page = driver.new_context(viewport=PHONE, color_scheme=theme).new_page()
        enter(page, portal, PATIENT)
        for name, path in (("home", routes.HOME), ("care-plan", routes.CARE_PLAN)):
            opened(page, portal, path)
            take(page, f"{name}-{theme}")
        page.context.close()
    desk = driver.new_context(viewport=DESK).new_page()
    enter(desk, portal, COORDINATOR)
    opened(desk, portal, routes.INBOX)
    desk.locator(".inbox-row").nth(4).click()
    expect(desk.locator(".pane.context .context-part").first).to_be_visible()
    take(desk, "inbox")
    desk.context.close()


def take(page: Page, name: str) -> None:
    path = PICTURES / f"{name}.png"
    shot = Image.open(io.BytesIO(page.screenshot(animations="disabled")))
    shot.convert("RGB").quantize(160).save(path, optimize=True)
    assert path.stat().st_size < 200_000, name
