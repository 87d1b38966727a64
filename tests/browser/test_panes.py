"""The desk's panes: as wide as one wants them, and nothing in them jumps when something comes in."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.fill import LONG_NAME, MESSAGES, MUCH
from tests.browser.people import DESK, PHONE, Screen, a_screen, answer, email_of, fresh, write_a_message
from tests.servers import Portal

pytestmark = pytest.mark.browser
#: Whatever the browser itself counts as a jump.
SHIFTS = """() => { window.moved = 0; new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) window.moved += entry.value;
}).observe({ type: 'layout-shift' }); }"""
#: How far an element was from its place in any frame. (A list that is scrolled against what came in counts as
#: a jump for the observer above, though nothing that is seen moves.)
FRAMES = """(element) => {
    const place = element.getBoundingClientRect().top;
    window.furthest = 0;
    const look = () => {
        window.furthest = Math.max(window.furthest, Math.abs(element.getBoundingClientRect().top - place));
        requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
}"""


def at(driver: Browser, portal: Portal, email: str, size: dict[str, int], path: str = "/") -> Screen:
    """Somebody who signed in on the way to a page."""
    screen = a_screen(driver, portal.origin, size)
    screen.open(path)
    expect(screen.page.locator("#email")).to_be_visible()
    screen.sign_in(email)
    screen.page.wait_for_url(lambda url: "sign-in" not in url)
    return screen


@pytest.fixture
def desk(driver: Browser, full: Portal) -> Iterator[Screen]:
    """A coordinator at the inbox, the mouse nowhere."""
    screen = at(driver, full, email_of("coordinator"), DESK)
    expect(screen.page.locator(".inbox-row").first).to_be_visible()
    expect(screen.page.locator("[data-edge=list][aria-valuemax]")).to_be_attached()
    yield screen
    screen.page.context.close()


@pytest.fixture
def phone(driver: Browser, full: Portal) -> Iterator[Screen]:
    """A patient who writes."""
    screen = at(driver, full, email_of("patient"), PHONE)
    screen.sees("My coordinator")
    yield screen
    screen.page.context.close()


def width(page: Page, pane: str) -> int:
    """How wide a pane is."""
    return int(page.locator(pane).evaluate("pane => pane.offsetWidth"))


def top(row: Locator) -> float:
    """Where something stands on the screen."""
    return float(row.evaluate("row => row.getBoundingClientRect().top"))


def test_panes_are_as_wide_as_one_wants_them(desk: Screen):
    page, edge = desk.page, desk.page.get_by_role("separator", name="Width of the list")
    before, box = width(page, ".pane.list"), edge.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 3, 400)
    page.mouse.down()
    page.mouse.move(box["x"] + 63, 420)
    page.mouse.up()
    assert width(page, ".pane.list") == before + 60
    edge.press("ArrowLeft")
    edge.press("Shift+ArrowRight")
    assert width(page, ".pane.list") == before + 60 - 16 + 64
    assert int(edge.get_attribute("aria-valuenow") or 0) > 0
    page.locator(".inbox-row").first.click()
    other = page.get_by_role("separator", name="Width of the patient's pane")
    context = width(page, ".pane.context")
    other.press("ArrowLeft")
    assert width(page, ".pane.context") == context + 16
    kept = json.loads(page.evaluate("() => localStorage.getItem('portal:panes')"))
    assert kept == {"list": before + 108, "context": context + 16}
    page.reload()
    expect(page.locator(".inbox-row").first).to_be_visible()
    assert width(page, ".pane.list") == before + 108
    edge.press("End")
    assert width(page, ".pane.talk") >= 300
    edge.press("Enter")
    assert width(page, ".pane.list") == before
    assert desk.wrong == []


def test_touch_moves_them_too(driver: Browser, full: Portal):
    screen = at(driver, full, email_of("coordinator"), DESK)
    page = screen.page
    expect(page.locator("[data-edge=list][aria-valuemax]")).to_be_attached()
    before = width(page, ".pane.list")
    page.locator("[data-edge=list]").evaluate("""(edge) => {
        edge.setPointerCapture = () => {};
        const more = { pointerId: 7, pointerType: 'touch', button: 0, bubbles: true };
        for (const [kind, clientX] of [['pointerdown', 500], ['pointermove', 540], ['pointerup', 540]])
            edge.dispatchEvent(new PointerEvent(kind, { ...more, clientX }));
    }""")
    assert width(page, ".pane.list") == before + 40
    page.context.close()


@pytest.mark.parametrize("way", ["pointed", "focused", "open"])
def test_what_one_works_with_stays_where_it_is(desk: Screen, phone: Screen, way: str):
    """An emergent item comes in on top: it is told of at once, and the row in hand does not move."""
    page = desk.page
    page.locator(".pane.list").evaluate("list => { list.scrollTop = 500 }")
    row = page.locator(".inbox-row").nth(12)
    own = page.locator(f".inbox-row[data-url='{row.get_attribute('data-url')}']")
    if way == "pointed":
        row.hover()
    elif way == "focused":
        row.focus()
    else:
        row.click()
        expect(page.locator(".pane.context h2")).to_be_visible()
        page.locator(".pane.talk textarea:visible").first.focus()
        page.mouse.move(900, 30)
    page.wait_for_timeout(500)
    own.evaluate(FRAMES)
    subject = fresh("Chest pain")
    write_a_message(phone, subject, "Sudden chest pain since noon, I cannot breathe")
    expect(page.locator(".inbox-row", has_text=subject)).to_have_count(1)
    bar = page.locator("[data-news]")
    expect(bar).to_be_visible()
    expect(bar).to_contain_text("Margery Gibson")
    page.wait_for_timeout(300)
    assert page.evaluate("() => window.furthest") <= 1
    bar.click()
    expect(page.locator(".inbox-row", has_text=subject)).to_be_in_viewport()
    expect(bar).to_be_hidden()


def test_what_is_emergent_is_told_of_in_every_view(desk: Screen, phone: Screen):
    """Also where the list shows something else, and one tap leads to it."""
    page = desk.page
    page.get_by_role("navigation", name="Views").get_by_role("button", name="Done").click()
    loud = page.locator(".loud")
    expect(loud).to_contain_text("Emergent items:")
    number = int(loud.inner_text().rpartition(" ")[2])
    subject = fresh("Chest pain")
    write_a_message(phone, subject, "Sudden chest pain since noon, I cannot breathe")
    expect(loud).to_contain_text(f"Emergent items: {number + 1}")
    loud.click()
    expect(page.locator(".inbox-row", has_text=subject)).to_be_visible()
    expect(loud).to_have_count(0)


def test_a_message_does_not_move_what_one_reads(desk: Screen, phone: Screen):
    page = desk.page
    subject = fresh("Diary")
    write_a_message(phone, subject, "Day one.\n" * 60)
    phone.page.wait_for_url("**/messages?thread=*")
    page.locator(".inbox-row", has_text=subject).click()
    pane = page.locator(".pane.talk")
    first = pane.locator(".conversation > li").first
    expect(first).to_be_visible()
    box = pane.locator("form[action='/do/send-message'] textarea")
    box.fill("half an answer")
    pane.evaluate("pane => { pane.scrollTop = 200 }")
    page.wait_for_timeout(300)
    where = top(first)
    page.evaluate(SHIFTS)
    words = fresh("And day two")
    answer(phone, words)
    expect(pane.locator(".conversation")).to_contain_text(words)
    more = page.get_by_role("button", name="New message below")
    expect(more).to_be_visible()
    assert abs(top(first) - where) <= 1 and page.evaluate("() => window.moved") < 0.01
    expect(box).to_have_value("half an answer")
    more.click()
    expect(pane.get_by_text(words)).to_be_in_viewport()
    expect(more).to_be_hidden()
    again = fresh("Day three")
    answer(phone, again)
    expect(pane.get_by_text(again)).to_be_in_viewport()


def test_a_conversation_opens_at_its_newest_message(driver: Browser, full: Portal, desk: Screen):
    page = desk.page
    row = page.locator(".inbox-row", has_text="Conversation 0")
    row.click()
    newest = page.locator(".conversation").get_by_text(f"Message {MESSAGES - 1} of many")
    expect(newest).to_be_in_viewport()
    phone = at(driver, full, MUCH, PHONE, "/messages")
    phone.page.get_by_role("link", name="Conversation 0").click()
    newest = phone.page.locator(".conversation").get_by_text(f"Message {MESSAGES - 1} of many")
    expect(newest).to_be_in_viewport()
    assert phone.page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    assert LONG_NAME and phone.wrong == []
    phone.page.context.close()
