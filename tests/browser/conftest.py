"""One browser for each file of tests of the served portal."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.people import PHONE, Screen, a_browser, a_screen, email_of
from tests.servers import Portal


@pytest.fixture(scope="module")
def driver(chromium: str) -> Iterator[Browser]:
    """A headless Chromium for a module: while it is open, no event loop of another test can run."""
    with a_browser(chromium) as opened:
        yield opened


@pytest.fixture(scope="module")
def quiet(built_frontend: None) -> Iterator[Portal]:
    """A portal of this file's own, whose sample clinic nobody else changes."""
    served = Portal()
    try:
        yield served.start()
    finally:
        served.remove()


@pytest.fixture(scope="module")
def full(built_frontend: None) -> Iterator[Portal]:
    """A portal of this file's own: somebody has nothing in it, somebody very much."""
    served = Portal()
    try:
        served.start()
        served.run("-m", "tests.browser.fill")
        yield served
    finally:
        served.remove()


@pytest.fixture
def writer(driver: Browser, portal: Portal) -> Iterator[Screen]:
    """A patient who writes a message."""
    screen = a_screen(driver, portal.origin, PHONE)
    screen.open("/messages/new")
    screen.sign_in(email_of("patient"))
    screen.page.wait_for_url("**/messages/new*")
    expect(screen.page.locator("#body")).to_be_visible()
    yield screen
    screen.page.context.close()
