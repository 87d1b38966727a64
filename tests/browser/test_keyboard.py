"""Every flow with the keyboard alone: the focus can be seen, is never lost, and comes back where it was."""

from __future__ import annotations

import sqlite3
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, Page, expect

from pcc_portal import routes
from pcc_portal.sample_people import PASSWORD
from tests.browser.people import CARD, DESK, PHONE, email_of
from tests.browser.sites import VIEWERS, loaded, visit, window
from tests.servers import Portal

pytestmark = pytest.mark.browser

MOST = 150


class Keys:
    """One person with a keyboard and no mouse."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def here(self) -> str:
        """The name of what has the focus, which is there, in sight, and has a ring."""
        found: dict[str, Any] | None = None
        for _try in range(30):  # what takes the focus may be on its way
            found = self.page.evaluate("() => eyes.focused()")
            if found and found["seen"] and found["ring"]:
                break
            self.page.wait_for_timeout(100)
        assert found, "the focus was lost"
        assert found["seen"], f"the focus on {found['name']!r} is under {found.get('over')}"
        assert found["ring"], f"nothing shows the focus on {found['name']!r}"
        return str(found["name"])

    def to(self, name: str, key: str = "Tab") -> None:
        """Press Tab until the focus is on this; the focus can be seen at every stop."""
        for _stop in range(MOST):
            self.page.keyboard.press(key)
            if self.page.evaluate("() => document.activeElement === document.body"):
                continue  # past the end of the page, in the browser's own bars
            if name in self.here():
                return
        raise AssertionError(f"{name} is not reached")

    def press(self, *keys: str) -> None:
        """Press keys one after the other."""
        for key in keys:
            self.page.keyboard.press(key)

    def follow(self, name: str, key: str = "Enter") -> None:
        """Go to what has this name, and press it."""
        self.to(name)
        self.press(key)

    def arrives(self, heading: str) -> None:
        """The next page is there, and its heading has the focus."""
        expect(self.page.locator("h1")).to_have_text(heading)
        expect(self.page.locator("h1")).to_be_focused()
        self.here()

    def fill(self, name: str, words: str) -> None:
        """Go to a field and type."""
        self.to(name)
        self.page.keyboard.type(words)


def test_in_around_and_out(driver: Browser, quiet: Portal) -> None:
    with window(driver, quiet, "public", viewport=PHONE) as page:
        keys = Keys(page)
        page.goto(quiet.origin + routes.SIGN_IN)
        keys.fill("E-mail address", VIEWERS["patient"])
        keys.fill("Password", PASSWORD)
        keys.press("Enter")
        page.wait_for_url(quiet.origin + "/")
        loaded(page)
        keys.follow("Skip to main content")
        keys.here()
        keys.follow("Help")
        expect(page.get_by_role("dialog")).to_be_visible()
        keys.here()
        keys.press("Escape")
        expect(page.get_by_role("dialog")).to_be_hidden()
        assert keys.here() == "Help"
        keys.follow("Messages")
        keys.arrives("Messages")
        keys.follow("Walking every day")
        keys.arrives("Walking every day")
        page.go_back()
        expect(page.get_by_role("link", name="Walking every day")).to_be_focused()
        keys.here()
        keys.to("Sign out", "Shift+Tab")
        keys.press("Enter")
        page.wait_for_url("**/sign-in**")
        expect(page.get_by_text("You are signed out.")).to_be_visible()


def test_what_to_do_next_is_done(driver: Browser, quiet: Portal) -> None:
    with window(driver, quiet, "patient", viewport=PHONE) as page:
        keys = Keys(page)
        visit(page, quiet, routes.HOME)
        keys.follow("See the times")
        keys.arrives("Appointments")
        keys.follow("Take this time")
        expect(page.get_by_role("heading", name="Your visit is booked")).to_be_visible()
        assert "Your visit is booked" in keys.here()


def test_a_visit_is_asked_for_and_cancelled(driver: Browser, quiet: Portal) -> None:
    with window(driver, quiet, "patient", viewport=PHONE) as page:
        keys = Keys(page)
        visit(page, quiet, routes.APPOINTMENTS)
        keys.follow("Ask for an appointment")
        keys.arrives("Ask for an appointment")
        keys.follow("Continue")
        assert "There is something to fix" in keys.here()
        keys.follow("Kind of care")
        assert keys.here() == "My main clinic"
        keys.press("Space")
        keys.follow("Continue")
        assert keys.here() == "What is it about?"
        keys.follow("Routine visit", "Space")
        keys.fill("Tell us a little more", "My knee hurts.")
        keys.follow("Continue")
        keys.follow("In person", "ArrowDown")
        page.go_back()
        expect(page.locator("#detail")).to_be_visible()
        keys.here()
        keys.follow("Continue")
        keys.follow("Continue")
        keys.to("First choice")
        page.locator("#window1_on").fill(page.locator("#window1_on").get_attribute("min") or "")
        keys.follow("Morning", "Space")
        keys.follow("Continue")
        keys.fill("Phone number", "617 555 0142")
        keys.follow("Continue")
        keys.follow("Continue")
        assert keys.here() == "Check your answers"
        keys.follow("Change Tell us a little more")
        assert "Tell us a little more" in keys.here()
        keys.follow("Continue")
        keys.follow("Send my request")
        page.wait_for_url(f"**{routes.APPOINTMENTS}*")
        assert "We have your request" in keys.here()
        keys.follow("Cancel this")
        keys.to("Why do you cancel?")
        keys.press("ArrowDown")
        keys.follow("Cancel it")
        expect(page.get_by_role("status").filter(has_text="It is cancelled.")).to_have_count(1)
        keys.here()


def test_a_card_is_sent(driver: Browser, quiet: Portal) -> None:
    with window(driver, quiet, "patient", viewport=PHONE) as page:
        keys = Keys(page)
        visit(page, quiet, routes.INSURANCE_ADD)
        keys.to("Front of the card")
        with page.expect_file_chooser() as chooser:
            keys.press("Space")
        chooser.value.set_files(CARD)
        keys.follow("Remove")
        keys.here()
        page.locator("#front").set_input_files(CARD)
        keys.follow("Continue")
        assert keys.here() == "What is printed on it?"
        keys.fill("Insurance company", "Oak Mutual")
        keys.to("Kind of plan")
        keys.press("ArrowDown")
        keys.fill("Member ID", "BWH884201957")
        keys.follow("Continue")
        keys.to("The plan holder is")
        keys.press("ArrowDown")
        keys.follow("Continue")
        keys.follow("Continue")
        assert keys.here() == "Check your answers"
        keys.follow("Send to my coordinator")
        page.wait_for_url(f"**{routes.INSURANCE}?*")
        assert "We have your card" in keys.here()
        expect(page.get_by_text("Oak Mutual").first).to_be_visible()


def test_a_message_is_written(driver: Browser, quiet: Portal) -> None:
    with window(driver, quiet, "patient", viewport=PHONE) as page:
        keys = Keys(page)
        visit(page, quiet, routes.MESSAGE_NEW)
        keys.to("What is it about?")
        keys.press("ArrowDown")
        keys.fill("Short title", "Bus")
        keys.fill("Your message", "Which bus goes to you?")
        keys.follow("Send")
        page.wait_for_url("**thread=*")
        assert "We have your message" in keys.here()
        keys.fill("Your answer", "I mean on Sunday.")
        keys.follow("Send")
        expect(page.get_by_role("log")).to_contain_text("I mean on Sunday.")
        assert keys.here() == "Send"


def helps_another(portal: Portal) -> None:
    """What the helper may see of one patient she may now see of another one too."""
    with sqlite3.connect(portal.data_dir / "portal.db") as base:
        base.row_factory = sqlite3.Row
        given = dict(base.execute("SELECT * FROM consent").fetchone())
        (other,) = base.execute(
            "SELECT patient_id FROM portal_user WHERE email = ?", (email_of("patient", 1),)
        ).fetchone()
        given |= {"id": uuid4().hex, "patient_id": other}
        names = ", ".join(given)
        marks = ", ".join("?" * len(given))
        base.execute(f"INSERT INTO consent ({names}) VALUES ({marks})", tuple(given.values()))


def test_whom_one_is_viewing_is_changed(driver: Browser, quiet: Portal) -> None:
    with window(driver, quiet, "helper", viewport=PHONE) as page:
        keys = Keys(page)
        visit(page, quiet, routes.HOME)
        keys.follow("Change")
        keys.arrives("More")
        helps_another(quiet)
        page.reload()
        keys.follow("View Luis Miguel Delarosa")
        expect(page.locator(".viewing-as")).to_contain_text("Luis Miguel Delarosa")
        keys.follow("Change")
        keys.follow("View Margery Gibson")
        expect(page.locator(".viewing-as")).to_contain_text("Margery Gibson")


def test_an_item_is_answered(driver: Browser, quiet: Portal) -> None:
    with window(driver, quiet, "coordinator", viewport=DESK) as page:
        keys = Keys(page)
        visit(page, quiet, routes.INBOX)
        keys.follow("Took it twice?")
        expect(page.locator("[data-arrival]")).to_be_focused()
        assert keys.here() == "Took it twice?"
        keys.follow("Claim")
        expect(page.get_by_role("button", name="Give back")).to_be_focused()
        keys.here()
        keys.follow("Add a note for the team")
        keys.here()
        keys.fill("New note", "She sounds calm.")
        keys.follow("Add the note")
        expect(page.get_by_text("She sounds calm.").first).to_be_visible()
        keys.here()
        keys.to("Back to the list", "Shift+Tab")
        keys.press("Enter")
        expect(page.locator("main [data-url]:focus")).to_contain_text("Took it twice?")
        keys.here()
        keys.press("Enter")
        keys.fill("Answer to the patient", "Please do not take another one today.")
        keys.follow("Send")
        expect(page.get_by_role("log")).to_contain_text("Please do not take another one today.")
        assert keys.here() == "Send"
