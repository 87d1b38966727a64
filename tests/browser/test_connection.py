"""The line to the server: noticed when it is dead, mended without a tap, and nothing is lost over it."""

from __future__ import annotations

import os
import signal
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page, WebSocketRoute, expect

from tests.browser.people import PHONE, SOON, Screen, a_screen, email_of, fresh, write_a_message
from tests.browser.proxy import Proxy
from tests.servers import Portal

pytestmark = pytest.mark.browser
NOTICED, MENDED = 15_000, 30_000


@pytest.fixture(scope="module")
def line(built_frontend: None) -> Iterator[tuple[Portal, Proxy]]:
    """A portal of this file's own behind a proxy that can swallow packets."""
    proxy = Proxy()
    portal = Portal({"PCC_PUBLIC_URL": proxy.origin})
    proxy.target = portal.port
    try:
        portal.start()
        yield portal, proxy
    finally:
        portal.remove()
        proxy.close()


@pytest.fixture
def phone(driver: Browser, line: tuple[Portal, Proxy]) -> Iterator[Screen]:
    """A patient on a phone, signed in, through the proxy."""
    screen = a_screen(driver, line[1].origin, PHONE)
    screen.open("/")
    screen.sign_in(email_of("patient"))
    screen.sees("My coordinator")
    yield screen
    line[1].dead = False
    screen.page.context.close()


@contextmanager
def frozen(portal: Portal) -> Iterator[None]:
    """The server holds its breath: connections stay, nothing is answered."""
    worker = portal.worker_pid
    os.kill(worker, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(worker, signal.SIGCONT)


def lost(page: Page) -> None:
    """The page says that its line is gone, in the portal's own words."""
    expect(page.locator("#connection")).to_be_visible(timeout=NOTICED)
    expect(page.locator("#connection")).to_contain_text("What you typed is safe.")
    expect(page.locator("body")).not_to_contain_text("websocket error")


def mended(page: Page) -> None:
    """The page is live again."""
    expect(page.locator("#connection")).to_be_hidden(timeout=MENDED)


def rewrite(portal: Portal, old: str, new: str) -> None:
    """Change a message where no screen is woken by it."""
    with sqlite3.connect(portal.data_dir / "portal.db") as base:
        base.execute("UPDATE communication SET body = ? WHERE body = ?", (new, old))


def test_swallowed_packets_are_noticed_and_what_came_meanwhile_is_shown(
    phone: Screen, line: tuple[Portal, Proxy]
):
    before, after = fresh("Who drives me"), fresh("Who takes me there")
    write_a_message(phone, fresh("Ride"), before)
    phone.page.wait_for_url("**/messages?thread=*")
    phone.sees(before)
    box = phone.page.locator("form[action='/do/send-message'] textarea")
    box.fill("half an answer")
    phone.stays()
    line[1].dead = True
    lost(phone.page)
    rewrite(line[0], before, after)
    line[1].dead = False
    mended(phone.page)
    phone.sees(after)
    expect(box).to_have_value("half an answer")
    assert phone.stayed() and phone.wrong == []


def test_a_frozen_server_is_noticed_and_mended(phone: Screen, line: tuple[Portal, Proxy]):
    phone.open("/messages/new")
    phone.page.locator("#body").fill("is anybody there")
    phone.stays()
    with frozen(line[0]):
        lost(phone.page)
    mended(phone.page)
    expect(phone.page.locator("#body")).to_have_value("is anybody there")
    assert phone.stayed()


def test_a_page_that_never_gets_a_line_says_so(driver: Browser, line: tuple[Portal, Proxy]):
    phone = a_screen(driver, line[1].origin, PHONE)
    phone.open("/")
    phone.sign_in(email_of("patient"))
    phone.sees("My coordinator")

    def say_nothing(_socket: WebSocketRoute) -> None:
        """It opens, and nobody is at the other end."""

    phone.page.route_web_socket("**/_event/**", say_nothing)
    phone.open("/appointments")
    lost(phone.page)
    note = phone.page.locator("[data-slow]").first
    expect(note).to_contain_text("This takes longer than usual.", timeout=NOTICED)
    expect(note.get_by_role("button", name="Try again")).to_be_visible()


SCREENS = (
    "/", "/care-plan", "/appointments", "/appointments/request", "/insurance", "/insurance/add", "/messages",
    "/messages/new", "/more", "/inbox",
)  # fmt: skip


def test_each_screen_that_is_long_in_coming_says_what_to_do(phone: Screen):
    """Nothing comes over the line; each has its own place for it, and nobody is left with grey lines."""
    context = phone.page.context
    context.route_web_socket("**/_event/**", lambda _socket: None)
    tabs = {path: context.new_page() for path in SCREENS}
    for path, tab in tabs.items():
        tab.goto(phone.origin + path)
    for path, tab in tabs.items():
        note = tab.locator("[data-slow]").first
        expect(note, path).to_contain_text("This takes longer than usual.", timeout=NOTICED)
        expect(note.get_by_role("button", name="Try again"), path).to_be_visible(timeout=NOTICED)


def test_back_from_sleep_it_connects_by_itself(phone: Screen, line: tuple[Portal, Proxy]):
    """While the page slept its line died; nothing ran that could have noticed."""
    phone.open("/messages/new")
    phone.page.wait_for_load_state("networkidle")  # a draft that was left here is in its field
    phone.page.locator("#body").fill("before I slept")
    devtools = phone.page.context.new_cdp_session(phone.page)
    devtools.send("Page.setWebLifecycleState", {"state": "frozen"})
    line[1].dead = True
    phone.page.wait_for_timeout(8_000)
    line[1].dead = False
    with phone.page.expect_event("websocket", timeout=SOON):
        devtools.send("Page.setWebLifecycleState", {"state": "active"})
    expect(phone.page.locator("html[data-connection=live]")).to_have_count(1, timeout=SOON)
    expect(phone.page.locator("#connection")).to_be_hidden(timeout=SOON)
    expect(phone.page.locator("#body")).to_have_value("before I slept")
