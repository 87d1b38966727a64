"""A page that the browser keeps for Back: there at once for whom it was, and for nobody after her."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.people import PHONE, Screen, a_browser, a_screen, email_of
from tests.servers import Portal

pytestmark = pytest.mark.browser
SHOWN = "addEventListener('pageshow', (event) => { window.kept = event.persisted; })"


@pytest.fixture(scope="module")
def driver(chromium: str) -> Iterator[Browser]:
    """A browser that keeps pages, as people's do; the one that is driven usually does not."""
    with a_browser(chromium, ignore_default_args=["--disable-back-forward-cache"]) as opened:
        yield opened


@pytest.fixture
def phone(driver: Browser, portal: Portal) -> Iterator[Screen]:
    """A patient who has left her care plan for another page."""
    screen = a_screen(driver, portal.origin, PHONE)
    screen.page.add_init_script(SHOWN)
    screen.open("/")
    screen.sign_in(email_of("patient"))
    screen.sees("My coordinator")
    screen.open("/care-plan")
    expect(screen.page.locator("main .ask").first).to_be_visible()
    screen.open("/more")
    expect(screen.page.locator("main h1")).to_be_visible()
    yield screen
    screen.page.context.close()


def was_kept(page: Page) -> bool:
    """Whether the page on screen is one that the browser had kept."""
    return bool(page.evaluate("window.kept"))


def test_back_shows_the_page_as_it_was_left(phone: Screen) -> None:
    phone.page.context.set_offline(True)
    phone.page.evaluate("history.back()")
    phone.page.wait_for_timeout(1500)
    expect(phone.page.locator("main .ask").first).to_be_visible()
    assert was_kept(phone.page)


@pytest.mark.parametrize("then", [["end"], ["end", "start"], ["start"]])
def test_after_sign_out_back_shows_nothing(phone: Screen, then: list[str]) -> None:
    """Also where there is no line by which the server could say that she is gone, or that another came."""
    page = phone.page
    if "end" in then:
        page.evaluate("document.querySelector('form[action=\"/session/end\"]').requestSubmit()")
        page.wait_for_url("**/sign-in*")
    else:
        phone.open("/sign-in")
    if "start" in then:
        phone.sign_in(email_of("patient", 1))
        page.wait_for_url(lambda url: "sign-in" not in url)
    page.context.set_offline(True)
    page.evaluate(f"history.go({-3 if 'start' in then else -2})")
    page.wait_for_timeout(1500)
    assert page.locator("main .ask").count() == 0


def test_what_one_signed_in_with_is_not_there_on_the_way_back(driver: Browser, portal: Portal) -> None:
    screen = a_screen(driver, portal.origin, PHONE)
    page = screen.page
    page.add_init_script(SHOWN)
    screen.open("/sign-in")
    screen.sign_in(email_of("patient"))
    screen.sees("My coordinator")
    page.evaluate("document.querySelector('form[action=\"/session/end\"]').requestSubmit()")
    page.wait_for_url("**/sign-in*")
    page.evaluate("history.go(-2)")
    page.wait_for_timeout(1500)
    assert was_kept(page)
    assert [page.locator(field).input_value() for field in ("#email", "#password")] == ["", ""]
    page.context.close()
