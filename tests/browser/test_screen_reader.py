"""What a screen-reader user hears in each main flow, compared with the sentences kept in ``heard/``.

``make heard`` writes the files anew, to be read and judged before they are kept.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from pcc_portal import routes
from pcc_portal.sample_people import PASSWORD
from tests.browser import reader
from tests.browser.people import CARD, DESK, PHONE
from tests.browser.sites import VIEWERS, loaded, visit, window
from tests.servers import Portal

pytestmark = pytest.mark.browser

KEPT = Path(__file__).with_name("heard")


class Listener:
    """Writes down what one person hears."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.lines: list[str] = []

    def now(self, what: str, *landmarks: str) -> None:
        """A station: the title, what has the focus, what was said by itself, some landmarks."""
        self.page.wait_for_timeout(400)  # what is announced is put in its place a moment later
        self.lines += [
            "",
            f"== {what}",
            f"title: {reader.same(self.page.title())}",
            f"focus: {reader.at(self.page)}",
        ]
        self.lines += [
            f"says: {reader.same(each)}" for each in sorted(self.page.evaluate("() => eyes.heard()"))
        ]
        for landmark in landmarks:
            self.lines += [f"  {line}" for line in reader.read(self.page, landmark)]
        self.page.evaluate("() => eyes.listen()")


def compare(name: str, lines: list[str]) -> None:
    """With the sentences that are kept; ``PCC_HEARD=1`` keeps these instead."""
    path, text = KEPT / f"{name}.txt", "\n".join(lines).strip() + "\n"
    if os.environ.get("PCC_HEARD"):
        KEPT.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
    assert path.read_text("utf-8").splitlines() == text.splitlines()


def press(page: Page, name: str, role: str = "button") -> None:
    """Press what has this name."""
    page.get_by_role(role, name=name, exact=True).first.click()  # type: ignore[arg-type]


def sign_in(listener: Listener, portal: Portal) -> None:
    page = listener.page
    page.goto(portal.origin + routes.SIGN_IN)
    loaded(page)
    listener.now("The door", "banner", "main", "contentinfo")
    page.locator("#email").fill(VIEWERS["patient"])
    page.locator("#password").fill("not the password")
    press(page, "Sign in")
    page.wait_for_url("**problem=wrong**")
    loaded(page)
    listener.now("The wrong password", "main")
    page.locator("#email").fill(VIEWERS["patient"])
    page.locator("#password").fill(PASSWORD)
    press(page, "Sign in")
    page.wait_for_url(portal.origin + "/")
    loaded(page)
    listener.now("Home", "banner", "navigation", "main")


def pages(listener: Listener, portal: Portal) -> None:
    page = listener.page
    visit(page, portal, routes.HOME)
    listener.now("Home")
    for name in ("Care plan", "Appointments", "Messages", "More"):
        page.get_by_role("navigation", name="Main").get_by_role("link", name=name).click()
        expect(page.locator("h1")).to_be_focused()
        loaded(page)
        listener.now(name, "main")
    page.go_back()
    expect(page.locator("h1")).to_have_text("Messages")
    listener.now("Back to the messages")


def appointment(listener: Listener, portal: Portal) -> None:
    page = listener.page
    visit(page, portal, routes.APPOINTMENT_REQUEST)
    listener.now("First step", "main")
    press(page, "Continue")
    listener.now("Nothing was chosen")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    listener.now("The line of the summary was followed")
    page.get_by_label("My main clinic").check()
    press(page, "Continue")
    listener.now("Second step", "form")
    page.get_by_label("Routine visit or follow-up").check()
    page.get_by_label("Tell us a little more").fill("My knee")
    press(page, "Continue")
    page.get_by_label("Video", exact=True).check()
    press(page, "Continue")
    first = page.get_by_label("First choice")
    first.fill(first.get_attribute("min") or "")
    page.get_by_role("radio", name="Morning").first.check()
    press(page, "Continue")
    page.get_by_label("Phone number").fill("617 555 0142")
    press(page, "Continue")
    press(page, "Continue")
    listener.now("Check your answers", "main")
    press(page, "Send my request")
    page.wait_for_url(f"**{routes.APPOINTMENTS}*")
    loaded(page)
    listener.now("It was sent")


def message(listener: Listener, portal: Portal) -> None:
    page = listener.page
    visit(page, portal, routes.MESSAGE_NEW)
    listener.now("An empty form", "main")
    press(page, "Send")
    listener.now("Sent empty", "main")
    page.get_by_label("What is it about?").select_option("general")
    page.get_by_label("Short title").fill("Parking")
    page.get_by_label("Your message").fill("Where can I park?")
    press(page, "Send")
    page.wait_for_url("**thread=*")
    expect(page.get_by_role("log")).to_contain_text("Where can I park?")
    listener.now("The conversation", "main")
    page.get_by_label("Your answer").fill("Thank you")
    press(page, "Send")
    expect(page.get_by_role("log")).to_contain_text("Thank you")
    listener.now("An answer was sent")


def card(listener: Listener, portal: Portal) -> None:
    page = listener.page
    visit(page, portal, routes.INSURANCE_ADD)
    page.locator("#front").set_input_files(CARD)
    listener.now("A photo was chosen", "main")


def switch(listener: Listener, portal: Portal) -> None:
    visit(listener.page, portal, routes.MORE)
    listener.now("Whom she helps", "main")


def desk(listener: Listener, portal: Portal) -> None:
    page = listener.page
    visit(page, portal, routes.INBOX)
    listener.now("The inbox", "banner")
    row = page.get_by_role("list", name="Items").get_by_role("listitem").first
    listener.lines += [f"  {line}" for line in reader.read(page)[:12]]
    row.get_by_role("button").click()
    expect(page.locator("[data-arrival]")).to_be_focused()
    listener.now("An item is open")
    page.get_by_label("Answer to the patient").fill("Please call 911 now.")
    press(page, "Send")
    expect(page.get_by_role("log")).to_contain_text("Please call 911 now.")
    listener.now("The answer was sent")
    page.get_by_role("button", name="Back to the list").focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-arrival]")).to_have_count(0)
    listener.now("Back at the list")


def connection(listener: Listener, portal: Portal) -> None:
    page = listener.page
    visit(page, portal, routes.MESSAGES)
    listener.now("Connected")
    portal.stop()
    expect(page.locator("#connection")).to_be_visible(timeout=30_000)
    listener.now("The connection is lost")
    portal.start()
    expect(page.locator("#connection")).to_be_hidden(timeout=60_000)
    listener.now("And back")


Flow = Callable[[Listener, Portal], None]
FLOWS: dict[str, tuple[str, dict[str, int], Flow]] = {
    "inbox": ("coordinator", DESK, desk),
    "sign-in": ("public", PHONE, sign_in),
    "pages": ("patient", PHONE, pages),
    "appointment": ("patient", PHONE, appointment),
    "card": ("patient", PHONE, card),
    "message": ("patient", PHONE, message),
    "switch": ("helper", PHONE, switch),
    "connection": ("patient", PHONE, connection),
}


@pytest.mark.parametrize("name", FLOWS)
def test_this_is_heard(driver: Browser, quiet: Portal, name: str) -> None:
    viewer, size, flow = FLOWS[name]
    with window(driver, quiet, viewer, viewport=size, reduced_motion="reduce") as page:
        listener = Listener(page)
        flow(listener, quiet)
        compare(name, listener.lines)


def test_nothing_is_kept_that_nobody_hears() -> None:
    assert {path.stem for path in KEPT.glob("*.txt")} == set(FLOWS) | {"arrives"}


def test_a_message_that_arrives_is_heard(driver: Browser, quiet: Portal) -> None:
    with (
        window(driver, quiet, "patient", viewport=PHONE) as phone,
        window(driver, quiet, "coordinator", viewport=DESK) as clinic,
    ):
        visit(phone, quiet, routes.MESSAGES)
        phone.locator("main").get_by_role("link", name="Walking every day").click()
        expect(phone.get_by_role("log")).to_be_visible()
        listener = Listener(phone)
        listener.now("The conversation is open")
        visit(clinic, quiet, routes.INBOX)
        clinic.get_by_role("button", name="Walking every day").click()
        clinic.get_by_label("Answer to the patient").fill("Well done, go on like this.")
        press(clinic, "Send")
        expect(phone.get_by_role("log")).to_contain_text("Well done")
        listener.now("The coordinator has answered")
        compare("arrives", listener.lines)
