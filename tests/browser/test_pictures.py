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
PATIENT, COORDINATOR, READS_SPANISH = "margery@example.org", "cora@example.org", "luis@example.org"
#: The README's pictures: who looks, at which page, on what, in which theme.
TAKEN = {
    "home-light": (PATIENT, routes.HOME, PHONE, "light"),
    "care-plan-dark": (PATIENT, routes.CARE_PLAN, PHONE, "dark"),
    "inicio": (READS_SPANISH, localized(routes.HOME, "es"), PHONE, "light"),
    "sign-in": ("", routes.SIGN_IN, PHONE, "light"),
    "inbox": (COORDINATOR, routes.INBOX, DESK, "light"),
    "home-desk-dark": (PATIENT, routes.HOME, DESK, "dark"),
}


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
    for name, (viewer, path, size, theme) in TAKEN.items():
        page = driver.new_context(viewport=size, color_scheme=theme).new_page()
        page.add_init_script(
            "for (const page of ['home', 'care-plan']) localStorage.setItem(`hint:${page}`, 'done')"
        )
        if viewer:
            enter(page, portal, viewer)
        opened(page, portal, path)
        if path == routes.INBOX:
            page.locator(".inbox-row").nth(4).click()
            expect(page.locator(".pane.context .context-part").first).to_be_visible()
        take(page, name)
        page.context.close()


def take(page: Page, name: str) -> None:
    path = PICTURES / f"{name}.png"
    shot = Image.open(io.BytesIO(page.screenshot(animations="disabled")))
    shot.convert("RGB").quantize(160).save(path, optimize=True)
    assert path.stat().st_size < 200_000, name
