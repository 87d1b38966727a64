"""The main job in two real browsers: a patient on a phone, a coordinator at a desk, nobody reloads."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.people import (
    DESK,
    PHONE,
    Screen,
    a_screen,
    answer,
    ask_for_a_visit,
    email_of,
    find,
    fresh,
    send_a_card,
    write_a_message,
)
from tests.browser.proxy import Proxy
from tests.servers import Portal

pytestmark = pytest.mark.browser


def stored(portal: Portal, body: str) -> int:
    """How often a message is in the database."""
    with sqlite3.connect(f"file:{Path(portal.data_dir) / 'portal.db'}?mode=ro", uri=True) as base:
        return int(base.execute("SELECT count(*) FROM communication WHERE body = ?", (body,)).fetchone()[0])


def at_work(driver: Browser, origin: str) -> tuple[Screen, Screen]:
    """A patient who asked for her care plan and signed in, and a coordinator at the inbox."""
    phone, desk = a_screen(driver, origin, PHONE), a_screen(driver, origin, DESK)
    phone.open("/care-plan")
    phone.page.wait_for_url("**/sign-in?next=/care-plan")
    phone.sign_in(email_of("patient"))
    phone.page.wait_for_url("**/care-plan*")
    phone.sees("My goals")
    desk.open("/sign-in")
    desk.sign_in(email_of("coordinator"))
    desk.page.wait_for_url("**/inbox*")
    expect(desk.page.locator(".inbox-row").first).to_be_visible()
    desk.stays()
    return phone, desk


def everything_arrives(phone: Screen, desk: Screen) -> str:
    """A visit is asked for, a card sent, a message written; the open item is the message."""
    visit, payer, subject = fresh("Check of my knee"), fresh("Bluewater"), fresh("About the diet")
    ask_for_a_visit(phone, visit)
    phone.page.wait_for_url("**/appointments*")
    phone.sees(visit)
    find(desk, visit)
    send_a_card(phone, payer)
    phone.page.wait_for_url("**/insurance*")
    phone.sees(payer)
    find(desk, payer)
    body = fresh("Sudden chest pain since noon")
    write_a_message(phone, subject, body)
    phone.page.wait_for_url("**/messages?thread=*")
    phone.sees(body)
    find(desk, subject).click()
    expect(desk.page.locator(".pane.talk")).to_contain_text(body)
    return subject


def test_the_main_job(driver: Browser, portal: Portal):
    phone, desk = at_work(driver, portal.origin)
    everything_arrives(phone, desk)
    words = fresh("Please call 911 now")
    phone.stays()
    answer(desk, words)
    phone.sees(words)
    assert phone.stayed() and desk.stayed()
    assert phone.wrong + desk.wrong == []


def test_the_main_job_on_postgresql(driver: Browser, built_frontend: None, make_database: Callable[[], str]):
    portal = Portal({"PCC_DATABASE_URL": make_database()})
    try:
        portal.start()
        phone, desk = at_work(driver, portal.origin)
        everything_arrives(phone, desk)
        words = fresh("Please call 911 now")
        phone.stays()
        answer(desk, words)
        phone.sees(words)
        assert phone.stayed() and desk.stayed()
    finally:
        portal.remove()


def test_two_at_once_one_wins_and_the_other_is_told(driver: Browser, portal: Portal):
    phone, cora = at_work(driver, portal.origin)
    marcus = a_screen(driver, portal.origin, DESK)
    marcus.open("/sign-in")
    marcus.sign_in(email_of("coordinator", 1))
    subject, body = fresh("Who helps me"), fresh("I need help with a form, I fell")
    write_a_message(phone, subject, body)
    for desk in (cora, marcus):
        find(desk, subject).click()
        expect(desk.page.locator(".pane.talk")).to_contain_text(body)
    cora.page.get_by_role("button", name="Claim").click()
    expect(marcus.page.locator(".pane.talk .pane-head")).to_contain_text("Cora Lindqvist")
    late = fresh("Me too")
    answer(marcus, late)
    marcus.sees("Cora Lindqvist is working on this. Take it over first.")
    expect(marcus.page.locator("form[action='/do/send-message'] textarea")).to_have_value(late)
    assert stored(portal, late) == 0


def test_the_server_is_killed_in_the_middle(driver: Browser, built_frontend: None):
    portal = Portal()
    try:
        portal.start()
        phone, desk = at_work(driver, portal.origin)
        everything_arrives(phone, desk)
        words = fresh("We see you at three")
        phone.stays()
        form = desk.page.locator("form[action='/do/send-message']")
        form.locator("textarea[name=body]").fill(words)
        portal.kill()
        form.get_by_role("button", name="Send").click()
        portal.wait()
        phone.sees(words, timeout=30_000)
        expect(desk.page.locator(".conversation")).to_contain_text(words)
        assert stored(portal, words) == 1
        assert phone.stayed() and desk.stayed()
        again = fresh("Thank you")
        answer(phone, again)
        expect(desk.page.locator(".conversation")).to_contain_text(again)
        assert stored(portal, again) == 1
    finally:
        portal.remove()


def test_a_send_in_the_dead_seconds(driver: Browser, built_frontend: None):
    proxy = Proxy()
    portal = Portal({"PCC_PUBLIC_URL": proxy.origin})
    proxy.target = portal.port
    try:
        portal.start()
        phone = a_screen(driver, proxy.origin, PHONE)
        phone.open("/messages/new")
        phone.sign_in(email_of("patient"))
        phone.page.wait_for_url("**/messages/new*")
        body = fresh("Is the test on Monday")
        phone.page.locator("#category").select_option("general")
        phone.page.locator("#subject").fill("Test")
        phone.page.locator("#body").fill(body)
        proxy.dead = True
        phone.page.get_by_role("button", name="Send", exact=True).click()
        phone.sees("Not sent yet. Your words are still here.")
        expect(phone.page.locator("#body")).to_have_value(body)
        assert stored(portal, body) == 0
        expect(phone.page.locator("#connection")).to_be_visible(timeout=20_000)
        proxy.dead = False
        phone.page.wait_for_url("**/messages?thread=*", timeout=40_000)
        phone.sees(body)
        assert stored(portal, body) == 1
    finally:
        portal.remove()
        proxy.close()
