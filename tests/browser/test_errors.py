"""In every form what is wrong is summed up, linked, said once and shown at its field."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from pcc_portal import routes
from tests.browser.sites import WHO, opened, unfold, visit, window
from tests.servers import Portal

pytestmark = pytest.mark.browser

# Forms that no script takes over: the browser itself keeps an empty field from being sent, and says so.
FORM = "main form[data-send]"


def refuse(page: Page, problems: dict[str, str]) -> None:
    """From now on forms are answered as the portal does when fields are wrong."""

    def answer(route: Route) -> None:
        route.fulfill(status=422, json={"say": "Not sent", "problems": problems})

    page.route("**/do/*", answer)


def names_in(form: Locator) -> list[str]:
    """The fields of a form that have a place for their problem, those that can be seen."""
    slots = form.locator("[data-error-for]").all()
    return [s.get_attribute("data-error-for") or "" for s in slots if s.locator("..").is_visible()]


def send(form: Locator) -> None:
    """Press the button, in a form with steps again and again, until something is wrong."""
    for _step in range(9):
        form.locator("button[type=submit]:visible, [data-step-next]:visible").first.click()
        form.page.wait_for_timeout(150)
        if form.locator("[data-summary]").is_visible():
            break


def sums_up(page: Page, form: Locator) -> None:
    """The summary has the focus, and each line of it leads to a field that says what is wrong with it."""
    summary = form.locator("[data-summary]")
    expect(summary).to_be_focused()
    assert page.title().startswith("Error: ")
    assert page.evaluate("() => eyes.heard()") == [], "the focus alone announces it"
    described = summary.get_attribute("aria-describedby") or ""
    links = summary.get_by_role("link")
    assert links.count() > 0 and page.locator(f"#{described} a").count() == links.count()
    for n in range(links.count()):
        links.nth(n).focus()
        page.keyboard.press("Enter")
        at: dict[str, Any] = page.evaluate("() => eyes.field()")
        assert at["invalid"] == "true", at
        assert at["description"].strip(), at
        assert at["said"] in links.nth(n).inner_text() + " " and at["said"], at


@pytest.mark.parametrize("viewer", WHO)
def test_every_form_says_what_is_wrong(driver: Browser, portal: Portal, viewer: str) -> None:
    tried = 0
    with window(driver, portal, viewer, reduced_motion="reduce") as page:
        for site in opened(portal, viewer):
            visit(page, portal, site.path)
            for n in range(page.locator(FORM).count()):
                visit(page, portal, site.path)
                unfold(page)
                form = page.locator(FORM).nth(n)
                problems = {name: f"Please look at {name}." for name in names_in(form)}
                if not problems:
                    continue
                refuse(page, problems)
                page.evaluate("() => eyes.listen()")
                send(form)
                sums_up(page, form)
                page.unroute("**/do/*")
                tried += 1
    assert tried or viewer in ("public", "helper")


def test_a_wrong_password_is_said_and_shown(driver: Browser, portal: Portal) -> None:
    with window(driver, portal, "public") as page:
        page.goto(portal.origin + routes.SIGN_IN)
        page.locator("#email").first.fill("nobody@example.org")
        page.locator("#password").first.fill("not the password")
        page.keyboard.press("Enter")
        page.wait_for_url("**problem=wrong**")
        said = page.get_by_role("group", name="is not right. Please try again.").first
        expect(said).to_be_focused()
        assert page.title().startswith("Error: ")
        page.keyboard.press("Tab")
        at = page.evaluate("() => eyes.field()")
        assert (at["name"], at["invalid"]) == ("email", "true")
        assert "is not right" in at["description"]
