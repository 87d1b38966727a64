"""Each screen answers: to nothing, very much, what failed, what one may not, what is too late.

What is wrong is provoked for real: a table that is not there, a line that is cut, a session that ended.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, Page, WebSocketRoute, expect

from tests.browser.fill import LONG_NAME, MUCH, NOTHING
from tests.browser.people import DESK, PHONE, Screen, a_screen, email_of, find, fresh, write_a_message
from tests.servers import Portal

pytestmark = pytest.mark.browser
WRONG = "Something went wrong. Nothing was changed. Please try again."
DANA = "dana@example.org"
#: What a developer would be told, and a person must not be.
NOT_FOR_PEOPLE = (
    "Traceback",
    "websocket error",
    "Cannot connect to server",
    "sqlalchemy",
    "undefined",
    "Error:",
)


@contextmanager
def somebody(
    driver: Browser, portal: Portal, email: str, path: str = "/", size: dict[str, int] = PHONE
) -> Iterator[Screen]:
    """Somebody who signed in on the way to a page; nothing broke on it, and nobody spoke to developers."""
    screen = a_screen(driver, portal.origin, size)
    screen.open(path)
    screen.sign_in(email)
    expect(screen.page.locator("#password")).to_have_count(0)
    yield screen
    calm(screen.page)
    assert screen.wrong == []
    screen.page.context.close()


def calm(page: Page) -> None:
    """No words for developers, and nothing wider than the screen."""
    words = page.locator("body").inner_text()
    assert [word for word in NOT_FOR_PEOPLE if word in words] == []
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")


@contextmanager
def without(portal: Portal, table: str) -> Iterator[None]:
    """The database has lost a table, for the block."""
    _rename(portal, table, "lost_table")
    try:
        yield
    finally:
        _rename(portal, "lost_table", table)


def _rename(portal: Portal, old: str, new: str) -> None:
    with sqlite3.connect(portal.data_dir / "portal.db", timeout=10) as base:
        base.execute(f"ALTER TABLE {old} RENAME TO {new}")


def rows(portal: Portal, statement: str, *values: object) -> list[tuple[object, ...]]:
    """What is in the database, or a change of it that no screen hears of."""
    with sqlite3.connect(portal.data_dir / "portal.db", timeout=10) as base:
        return base.execute(statement, values).fetchall()


EMPTY = {
    "/": "Nothing waits for you",
    "/care-plan": "No care plan",
    "/appointments": "No ",
    "/insurance": "No ",
    "/messages": "No messages yet",
    "/more": "More",
    "/insurance/add": "Take photos of the card",
    "/messages/new": "Write a message",
    "/appointments/request": "Ask for an appointment",
}


def test_the_way_in_is_there_once(driver: Browser, full: Portal):
    screen = a_screen(driver, full.origin, PHONE)
    for path in ("/sign-in", "/es/sign-in"):
        screen.open(path)
        screen.page.wait_for_timeout(6_000)  # longer than a page waits for its line
        expect(screen.page.locator("main")).to_have_count(1)
        expect(screen.page.locator("#connection")).to_be_hidden()
        assert screen.page.url.endswith(path)
    screen.page.context.close()


def test_nothing(driver: Browser, full: Portal):
    """Each screen of somebody who has nothing says so, and nothing is left loading."""
    with somebody(driver, full, NOTHING) as phone:
        for path, words in EMPTY.items():
            phone.open(path)
            expect(phone.page.locator("main")).to_contain_text(words)
            expect(phone.page.locator(".skeleton")).to_have_count(0)
            calm(phone.page)


def test_very_much(driver: Browser, full: Portal):
    """300 messages, 60 conversations, 120 visits, a name of 80 letters and a word of 10,000."""
    with somebody(driver, full, MUCH) as phone:
        for path in ("/", "/appointments", "/messages", "/more", "/care-plan", "/insurance"):
            phone.open(path)
            expect(phone.page.locator(".skeleton")).to_have_count(0)
            calm(phone.page)
        phone.open("/messages")
        expect(phone.page.locator("main .row")).to_have_count(25)
        phone.page.get_by_role("button", name="Show older messages").click()
        expect(phone.page.locator("main .row")).to_have_count(50)
        phone.page.get_by_role("link", name="Conversation 0").click()
        expect(phone.page.get_by_text("a" * 10_000)).to_be_attached()
    with somebody(driver, full, email_of("coordinator"), "/inbox", DESK) as desk:
        expect(desk.page.locator(".inbox-row").first).to_be_visible()
        find(desk, "Conversation 0").click()
        expect(desk.page.locator(".pane.context h2")).to_contain_text(LONG_NAME)
        expect(desk.page.get_by_text("a" * 10_000)).to_be_attached()


#: Each screen, and a table without which it cannot be loaded.
BROKEN = {
    "/": "appointment",
    "/care-plan": "goal",
    "/appointments": "appointment_offer",
    "/insurance": "coverage",
    "/messages": "communication_thread",
}


@pytest.mark.parametrize("path", BROKEN)
def test_what_failed_can_be_tried_again(driver: Browser, full: Portal, path: str):
    with somebody(driver, full, email_of("patient"), "/more") as phone:
        expect(phone.page.locator("main h1")).to_be_visible()
        with without(full, BROKEN[path]):
            phone.open(path)
            phone.sees(WRONG)
            expect(phone.page.locator(".skeleton")).to_have_count(0)
            calm(phone.page)
        phone.stays()
        phone.page.get_by_role("button", name="Try again").click()
        expect(phone.page.get_by_text(WRONG)).to_have_count(0)
        expect(phone.page.locator(".skeleton")).to_have_count(0)
        assert phone.stayed()


def test_nothing_at_all_can_be_loaded(driver: Browser, full: Portal):
    """Not even who one is: the gate itself fails, and the screen still says what to do."""
    with somebody(driver, full, email_of("patient"), "/more") as phone:
        expect(phone.page.locator("main h1")).to_be_visible()
        with without(full, "consent"):
            phone.open("/appointments")
            phone.sees(WRONG)
            calm(phone.page)
        phone.page.get_by_role("button", name="Try again").click()
        phone.sees("Ask for an appointment")


def test_the_inbox_fails_and_comes_back_as_it_was(driver: Browser, full: Portal):
    """An act that failed is told beside the open item; what was typed and chosen stays."""
    with somebody(driver, full, email_of("coordinator"), "/inbox", DESK) as desk:
        page = desk.page
        expect(page.locator(".inbox-row").first).to_be_visible()
        find(desk, "Conversation 0").click()
        box = page.locator(".pane.talk form[action='/do/send-message'] textarea")
        box.fill("half an answer")
        subject = page.locator(".item-head h2").inner_text()
        with without(full, "note"):
            page.locator(".pane.talk").get_by_role("button", name="Claim").click()
            desk.sees(WRONG)
        page.get_by_role("button", name="Try again").click()
        expect(page.get_by_text(WRONG)).to_have_count(0)
        expect(page.locator(".item-head h2")).to_have_text(subject)
        expect(box).to_have_value("half an answer")


def test_a_send_that_failed_keeps_the_words_and_goes_once(driver: Browser, full: Portal):
    body = fresh("Is my test on Monday")
    with somebody(driver, full, email_of("patient"), "/messages/new") as phone:
        with without(full, "task"):
            write_a_message(phone, fresh("Test"), body)
            phone.sees("Something went wrong")
            expect(phone.page.locator("#body")).to_have_value(body)
        phone.page.get_by_role("button", name="Send", exact=True).dblclick()
        phone.page.wait_for_url("**/messages?thread=*")
    assert rows(full, "SELECT count(*) FROM communication WHERE body = ?", body) == [(1,)]


def test_a_session_that_ended_elsewhere(driver: Browser, full: Portal):
    """A click leads to the door, with the way back; a send keeps the words, which are there afterwards."""
    body = fresh("Written while signed out")
    with somebody(driver, full, email_of("patient"), "/messages/new") as phone:
        page = phone.page
        page.locator("#category").select_option("general")
        page.locator("#subject").fill("Door")
        page.locator("#body").fill(body)
        phone.sees("Draft saved")
        rows(full, "DELETE FROM portal_session")
        page.get_by_role("button", name="Send", exact=True).click()
        phone.sees("You were signed out.")
        expect(page.locator("#body")).to_have_value(body)
        page.locator("[data-say]").get_by_role("link", name="Sign in").click()
        phone.sign_in(email_of("patient"))
        page.wait_for_url("**/messages/new*")
        expect(page.locator("#body")).to_have_value(body)
        page.get_by_role("button", name="Send", exact=True).click()
        page.wait_for_url("**/messages?thread=*")
    assert rows(full, "SELECT count(*) FROM communication WHERE body = ?", body) == [(1,)]


def test_a_desk_that_is_signed_out_is_emptied(driver: Browser, full: Portal):
    with somebody(driver, full, email_of("coordinator"), "/inbox", DESK) as desk:
        expect(desk.page.locator(".inbox-row").first).to_be_visible()
        rows(full, "DELETE FROM portal_session")
        desk.page.locator(".inbox-row").first.click()
        expect(desk.page.locator("#email")).to_be_visible()
        expect(desk.page.locator(".inbox-row")).to_have_count(0)


def test_an_offer_that_ran_out_while_it_was_looked_at(driver: Browser, full: Portal):
    with somebody(driver, full, email_of("patient"), "/appointments") as phone:
        take = phone.page.get_by_role("button", name="Take this time")
        if not take.count():
            an_offer(full)
            phone.page.reload()
        expect(take.first).to_be_visible()
        phone.page.wait_for_timeout(700)  # what is still being drawn would take the offer away by itself
        rows(full, "UPDATE appointment_offer SET expires_at = '2020-01-01 00:00:00.000000'")
        take.first.click()
        said = phone.page.locator("[data-say]:visible, .banner:visible, .error-summary:visible").first
        expect(said).to_be_visible()
        assert len(said.inner_text()) > 20
        assert rows(full, "SELECT count(*) FROM appointment_offer WHERE status = 'taken'") == [(0,)]


def an_offer(portal: Portal) -> None:
    """A time offered for the newest request of the first patient."""
    ((request, patient, clinic, user),) = rows(
        portal,
        """SELECT a.id, a.patient_id, a.clinic_id, u.id FROM appointment a JOIN portal_user u
           ON u.patient_id = a.patient_id WHERE u.email = ? AND a.status IN ('proposed', 'pending')
           ORDER BY a.created_at DESC LIMIT 1""",
        email_of("patient"),
    )
    soon = "2099-01-02 15:00:00.000000"
    rows(
        portal,
        """INSERT INTO appointment_offer (id, clinic_id, created_at, patient_id, appointment_id,
           start_at, end_at, place, with_whom, status, expires_at, offered_by)
           VALUES (?, ?, ?, ?, ?, ?, ?, 'Room 4', 'Dr. Osei', 'offered', ?, ?)""",
        uuid4().hex, clinic, soon, patient, request, soon, soon, soon, user,
    )  # fmt: skip
    rows(portal, "UPDATE appointment SET status = 'pending' WHERE id = ?", request)


CANCEL = """async (fields) => {
    const body = new FormData();
    for (const [name, value] of Object.entries(fields)) body.set(name, value);
    const headers = { Accept: 'application/json' };
    const answer = await fetch('/do/cancel-appointment', { method: 'POST', body, headers });
    return (await answer.json()).say;
}"""


def test_what_another_tab_already_cancelled(driver: Browser, full: Portal):
    """The second tab says that it is cancelled, as it is; it was cancelled once."""
    with somebody(driver, full, email_of("patient"), "/appointments") as phone:
        form = phone.page.locator("form[action='/do/cancel-appointment']").first
        expect(form).to_be_attached()
        fields = form.evaluate("form => Object.fromEntries(new FormData(form))") | {"reason": "other"}
        count = "SELECT count(*) FROM appointment WHERE status = 'cancelled'"
        before = int(str(rows(full, count)[0][0]))
        for _tab in range(2):
            said = phone.page.evaluate(CANCEL, fields | {"submission": str(uuid4())})
            assert said == "It is cancelled."
        assert rows(full, count) == [(before + 1,)]


def test_a_helper_whose_right_ended_while_she_looked(driver: Browser, full: Portal):
    """What is on her screen goes with the next thing she does; nothing of it is left."""
    with somebody(driver, full, DANA, "/messages") as phone:
        page = phone.page
        phone.sees("Viewing as")
        expect(page.locator("main .row").first).to_be_visible()
        subject = page.locator("main .row .row-title").first.inner_text()
        rows(full, "UPDATE consent SET status = 'inactive', ended_at = '2020-01-01 00:00:00.000000'")
        try:
            page.get_by_role("link", name="Care plan", exact=True).click()
            expect(page.locator("main")).not_to_contain_text(subject)
            phone.open("/messages")
            expect(page.locator("main")).not_to_contain_text(subject)
            expect(page.locator("main")).to_contain_text("not shared with you")
        finally:
            rows(full, "UPDATE consent SET status = 'active', ended_at = NULL")


def test_nowhere(driver: Browser, full: Portal):
    screen = a_screen(driver, full.origin, PHONE)
    screen.open("/no/such/page")
    expect(screen.page.locator("main")).to_contain_text("not here")
    expect(screen.page.locator("main a").first).to_be_visible()
    calm(screen.page)
    screen.page.context.close()


def test_a_page_that_breaks_in_the_browser_says_so_and_leads_on(driver: Browser, full: Portal):
    """The server's answer is spoiled on its way, so that drawing it fails."""
    screen = a_screen(driver, full.origin, PHONE)
    screen.open("/")
    screen.sign_in(email_of("patient"))
    screen.sees("My coordinator")

    def spoil(socket: WebSocketRoute) -> None:
        server = socket.connect_to_server()

        def pass_on(text: str | bytes) -> None:
            socket.send(str(text).replace('"threads_rx_state_":[', '"threads_rx_state_":null,"x":['))

        server.on_message(pass_on)

    screen.page.route_web_socket("**/_event/**", spoil)
    screen.open("/messages")
    screen.sees("Something went wrong on this page")
    calm(screen.page)
    screen.page.get_by_role("link", name="Go to my first page").click()
    screen.sees("My coordinator")
    screen.page.context.close()
