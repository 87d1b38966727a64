"""People at their screens: a patient on a phone, a coordinator at a desk."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from pcc_portal.sample_people import SIGN_INS

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1440, "height": 900}
CARD = Path(__file__).parents[1] / "data" / "cards" / "specimen.png"
ARGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
SOON = 15_000


@contextmanager
def a_browser(chromium: str, **more: Any) -> Iterator[Browser]:
    """A headless Chromium for the block."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGS, **more)
        try:
            yield browser
        finally:
            browser.close()


def email_of(role: str, n: int = 0) -> str:
    """The sign-in of the n-th person in a role."""
    return [each.email for each in SIGN_INS if each.role.split()[0] == role][n]


@dataclass
class Screen:
    """One person's page, with everything that went wrong on it."""

    page: Page
    origin: str
    wrong: list[str] = field(default_factory=list)

    def open(self, path: str) -> None:
        """Go to an address."""
        self.page.goto(self.origin + path)

    def sign_in(self, email: str) -> None:
        """Fill in the form of the sign-in page that is open."""
        expect(self.page.locator("#email")).to_have_count(1)
        self.page.locator("#email").fill(email)
        self.page.locator("#password").fill(SIGN_INS[0].password)
        self.page.locator("#password").press("Enter")

    def stays(self) -> None:
        """From now on a reload of the document is seen by :meth:`stayed`."""
        self.page.evaluate("() => { window.stayed = true }")

    def stayed(self) -> bool:
        """Whether the document is still the one it was."""
        return bool(self.page.evaluate("() => window.stayed === true"))

    def sees(self, text: str, timeout: int = SOON) -> None:
        """The text is on the page soon."""
        expect(self.page.get_by_text(text).first).to_be_visible(timeout=timeout)


def a_screen(browser: Browser, origin: str, size: dict[str, int], **more: Any) -> Screen:
    """A fresh browser window of a size."""
    page = browser.new_context(viewport=size, **more).new_page()  # type: ignore[arg-type]
    screen = Screen(page, origin)
    page.on("pageerror", lambda error: screen.wrong.append(str(error)))
    page.on(
        "console",
        lambda message: (
            screen.wrong.append(message.text)
            if message.type == "error" and "Content Security Policy" in message.text
            else None
        ),
    )
    page.set_default_timeout(SOON)
    return screen


def ask_for_a_visit(phone: Screen, detail: str) -> None:
    """Walk through the request, one question a page, and send it."""
    page = phone.page
    phone.open("/appointments/request")
    go_on = page.get_by_role("button", name="Continue")
    page.get_by_text("My main clinic").click()
    go_on.click()
    page.get_by_text("Routine visit or follow-up").click()
    page.locator("#detail").fill(detail)
    go_on.click()
    page.get_by_text("Video", exact=True).click()
    go_on.click()
    page.locator("#window1_on").fill(page.locator("#window1_on").get_attribute("min") or "")
    page.locator("label.choice", has_text="Morning").first.click()
    go_on.click()
    page.locator("#callback_phone").fill("617 555 0142")
    go_on.click()
    go_on.click()
    expect(page.locator("[data-answers]")).to_contain_text(detail)
    page.get_by_role("button", name="Send my request").click()


def send_a_card(phone: Screen, payer: str) -> None:
    """Upload the front of a card with its details."""
    page = phone.page
    phone.open("/insurance/add")
    page.locator("#front").set_input_files(CARD)
    expect(page.locator("[data-previews] img").first).to_be_visible()
    describe_the_card(page, payer)


def describe_the_card(page: Page, payer: str) -> None:
    """Go on from the photos, through what is printed on the card, and send it."""
    go_on = page.get_by_role("button", name="Continue")
    go_on.click()
    page.locator("#payer_name").fill(payer)
    page.locator("#plan_type").select_option("ppo")
    page.locator("#member_id").fill("BWH884201957")
    go_on.click()
    page.locator("#relationship").select_option("self")
    go_on.click()
    go_on.click()
    expect(page.locator("[data-answers]")).to_contain_text("specimen")
    page.get_by_role("button", name="Send to my coordinator").click()


def write_a_message(phone: Screen, subject: str, body: str) -> None:
    """Write to the coordinator, and send."""
    page = phone.page
    phone.open("/messages/new")
    page.locator("#category").select_option("general")
    page.locator("#subject").fill(subject)
    page.locator("#body").fill(body)
    page.get_by_role("button", name="Send", exact=True).click()


def answer(desk: Screen, body: str) -> None:
    """Reply in the open item."""
    form = desk.page.locator("form[action='/do/send-message']")
    form.locator("textarea[name=body]").fill(body)
    form.get_by_role("button", name="Send").click()


def fresh(word: str) -> str:
    """A text that stands nowhere else."""
    return f"{word} {uuid4().hex[:8]}"


def find(desk: Screen, text: str) -> Locator:
    """The row of the inbox with this text, without a reload, on whichever page of the list it is."""
    row = desk.page.locator(".inbox-row", has_text=text)
    for _turn in range(30):
        if row.count():
            break
        more = desk.page.get_by_role("button", name="Next 50")
        (more if more.count() else desk.page.get_by_role("button", name="Back to the top")).click()
        desk.page.wait_for_timeout(400)
    expect(row).to_be_visible()
    return row
