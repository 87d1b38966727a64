"""The first five minutes: one tap in, the kit in both themes, help and hints, and what happens now."""

from __future__ import annotations

import io
import os
import re
from pathlib import Path

import pytest
from icalendar import Calendar
from PIL import Image, ImageChops
from playwright.sync_api import Browser, Page, expect

from pcc_portal import routes
from pcc_portal.pages.help import HELP
from pcc_portal.pages.register import PAGES
from pcc_portal.sample_people import SIGN_INS
from tests.browser.people import DESK, PHONE
from tests.browser.sites import visit, window
from tests.servers import Portal

pytestmark = pytest.mark.browser

PICTURES = Path(__file__).parents[2] / "docs" / "pictures"
PATIENT, COORDINATOR, NOBODY = "patient", "coordinator", "public"
PUBLIC_PAGES = (routes.SIGN_IN, routes.ACCESSIBILITY)
PATIENT_PAGES = [path for path in HELP if path not in (*PUBLIC_PAGES, routes.INBOX)]


def test_no_page_is_without_help() -> None:
    assert {each.path for each in PAGES} == set(HELP)


@pytest.mark.parametrize("person", SIGN_INS, ids=lambda person: person.email.split("@")[0])
def test_the_sample_people_are_one_tap_away_even_without_script(
    driver: Browser, portal: Portal, person
) -> None:
    context = driver.new_context(viewport=PHONE, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{portal.origin}{routes.SIGN_IN}")
    expect(page.get_by_text("All its people are invented.")).to_be_visible()
    page.get_by_role("button", name=person.name).click()
    assert {cookie["name"] for cookie in context.cookies()} & {"sid"}
    assert routes.SIGN_IN not in page.url
    context.close()


def test_the_kit_in_both_themes(driver: Browser, portal: Portal) -> None:
    shots = []
    for theme in ("light", "dark"):
        page = driver.new_context(viewport={"width": 1000, "height": 900}, color_scheme=theme).new_page()
        wrong: list[str] = []
        page.on("pageerror", lambda error, wrong=wrong: wrong.append(str(error)))
        page.on(
            "console", lambda said, wrong=wrong: wrong.append(said.text) if said.type == "error" else None
        )
        page.goto(f"{portal.origin}{routes.KIT}")
        expect(page.get_by_role("heading", level=2)).to_have_count(16)
        shots.append(
            Image.open(io.BytesIO(page.screenshot(full_page=True, animations="disabled"))).convert("RGB")
        )
        if os.environ.get("PCC_PICTURES"):
            shots[-1].quantize(96).save(PICTURES / f"kit-{theme}.png", optimize=True)
        opener = page.get_by_role("button", name="Open the dialog")
        opener.click()
        expect(page.get_by_role("dialog", name="A native dialog")).to_be_visible()
        page.keyboard.press("Escape")
        expect(opener).to_be_focused()
        assert wrong == []
        page.context.close()
    light, dark = shots
    assert light.size == dark.size
    assert ImageChops.difference(light, dark).getbbox() == (0, 0, *light.size)


def test_help_is_on_every_page_and_gives_the_focus_back(driver: Browser, portal: Portal) -> None:
    for viewer, paths in ((NOBODY, PUBLIC_PAGES), (PATIENT, PATIENT_PAGES)):
        with window(driver, portal, viewer, viewport=PHONE) as page:
            for path in paths:
                visit(page, portal, path)
                _helps(page, HELP[path][0][0])
    with window(driver, portal, COORDINATOR, viewport=DESK) as page:
        visit(page, portal, routes.INBOX)
        _helps(page, HELP[routes.INBOX][0][0])
        page.keyboard.press("?")
        expect(page.get_by_role("dialog", name="Help")).to_be_visible()


def _helps(page: Page, question: str) -> None:
    button = page.locator(".help-button")
    button.click()
    panel = page.get_by_role("dialog", name="Help")
    expect(panel.get_by_text(question)).to_be_visible()
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(button).to_be_focused()


def test_a_hint_is_put_away_once(driver: Browser, portal: Portal) -> None:
    with window(driver, portal, PATIENT, viewport=PHONE) as page:
        visit(page, portal, routes.HOME)
        hint = page.get_by_role("complementary", name="Hint")
        hint.get_by_role("button", name="Got it").click()
        expect(hint).to_be_hidden()
        visit(page, portal, routes.HOME)
        expect(page.get_by_role("heading", name="My coordinator")).to_be_visible()
        expect(hint).to_be_hidden()
        kept = set(page.evaluate("Object.keys(localStorage)"))
        assert kept - {"theme", "face"} == {
            "hint:home"
        }  # the framework's theme; whether the typeface is here


def test_the_typeface_comes_later_and_is_there_on_the_next_page(driver: Browser, portal: Portal) -> None:
    here = "document.documentElement.dataset.face === 'here'"
    with window(driver, portal, PATIENT, viewport=PHONE) as page:
        visit(page, portal, routes.HOME)
        assert not page.evaluate(here)
        expect(page.locator("html[data-connection=live]")).to_have_count(1)
        page.evaluate("document.fonts.ready")
        for _turn in range(50):
            if page.evaluate("localStorage.getItem('face')"):
                break
            page.wait_for_timeout(100)
        visit(page, portal, routes.MORE)
        assert page.evaluate(here)
        assert page.evaluate("""document.fonts.check('1em "Atkinson Next"')""")
        assert page.evaluate("getComputedStyle(document.body).fontFamily").startswith('"Atkinson Next"')


def test_what_was_sent_is_answered_by_what_happens_now(driver: Browser, portal: Portal) -> None:
    with window(driver, portal, PATIENT, viewport=PHONE) as page:
        visit(page, portal, routes.MESSAGE_NEW)
        page.locator("[name=category]").select_option("general")
        page.locator("[name=subject]").fill("A question")
        page.locator("[name=body]").fill("Where do I park on Monday?")
        page.get_by_role("button", name="Send").click()
        said = page.locator(".confirmation")
        expect(said.get_by_role("heading", name="We have your message")).to_be_visible(timeout=15_000)
        expect(said).to_be_focused()
        expect(said.get_by_role("listitem").first).to_contain_text(re.compile(r"We answer by .+\s(AM|PM)"))


def test_the_next_visit_goes_into_the_calendar(driver: Browser, portal: Portal) -> None:
    with window(driver, portal, PATIENT, viewport=PHONE) as page:
        visit(page, portal, routes.HOME)
        way = page.get_by_role("link", name="Directions")
        assert way.get_attribute("href", timeout=15_000).startswith("https://www.google.com/maps/dir/")
        with page.expect_download() as coming:
            page.get_by_role("link", name="Add to calendar").click()
        (event,) = Calendar.from_ical(Path(coming.value.path()).read_bytes()).walk("VEVENT")
        assert "Harbor Street" in str(event["location"])
