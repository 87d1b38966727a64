"""However often and from wherever somebody sends the same words, they arrive once."""

from __future__ import annotations

import sqlite3

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.people import Screen, fresh
from tests.servers import Portal

pytestmark = pytest.mark.browser


def stored(portal: Portal, body: str) -> int:
    """How often a message is in the database."""
    with sqlite3.connect(f"file:{portal.data_dir / 'portal.db'}?mode=ro", uri=True) as base:
        return int(base.execute("SELECT count(*) FROM communication WHERE body = ?", (body,)).fetchone()[0])


def fill(page: Page, body: str) -> None:
    """Everything but the button."""
    page.locator("#category").select_option("general")
    page.locator("#subject").fill("Once")
    page.locator("#body").fill(body)


def send(page: Page) -> None:
    """The button, and the conversation that was begun."""
    page.get_by_role("button", name="Send", exact=True).click()
    page.wait_for_url("**/messages?thread=*")


def test_keys_pressed_twice(writer: Screen, portal: Portal):
    body = fresh("Twice by key")
    fill(writer.page, body)
    writer.page.locator("#subject").press("Enter")
    writer.page.keyboard.press("Enter")  # wherever the focus is by now
    writer.page.wait_for_url("**/messages?thread=*")
    assert stored(portal, body) == 1


def test_an_answer_that_was_lost(writer: Screen, portal: Portal):
    """It was taken, and the sender does not know: she sends again."""
    body, lost = fresh("Lost answer"), []

    def lose(route: Route) -> None:
        if lost:
            return route.continue_()
        lost.append(route.fetch().status)
        return route.abort()

    writer.page.route("**/do/send-message", lose)
    fill(writer.page, body)
    writer.page.get_by_role("button", name="Send", exact=True).click()
    writer.page.wait_for_url("**/messages?thread=*", timeout=30_000)
    assert lost == [200] and stored(portal, body) == 1


def test_two_tabs_with_the_same_words(writer: Screen, portal: Portal):
    """A tab that was opened on the draft sends the same thing; with other words it sends another."""
    page, body = writer.page, fresh("From two tabs")
    fill(page, body)
    writer.sees("Draft saved")
    second, third = page.context.new_page(), page.context.new_page()
    for tab in (second, third):
        tab.goto(portal.origin + "/messages/new")
        expect(tab.locator("#body")).to_have_value(body)
    other = fresh("Thought better of it")
    third.locator("#body").fill(other)
    for tab in (page, second, third):
        send(tab)
    assert stored(portal, body) == 1 and stored(portal, other) == 1


def test_back_and_send_again(writer: Screen, portal: Portal):
    """On the way back the form is empty: there is nothing to send a second time."""
    body = fresh("Back again")
    fill(writer.page, body)
    send(writer.page)
    writer.page.go_back()
    expect(writer.page.locator("#body")).to_have_value("")
    writer.page.get_by_role("button", name="Send", exact=True).click()
    expect(writer.page.locator("[data-error-for=body]")).to_be_visible()
    assert stored(portal, body) == 1
