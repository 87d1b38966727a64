"""The coordinator's desk against the patient's phone: times, cards, notes."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.people import (
    DESK,
    PHONE,
    Screen,
    a_screen,
    ask_for_a_visit,
    email_of,
    find,
    fresh,
    send_a_card,
    write_a_message,
)
from tests.servers import Portal

pytestmark = pytest.mark.browser


@pytest.fixture
def pair(driver: Browser, portal: Portal) -> tuple[Screen, Screen]:
    """A patient's phone and a coordinator's desk, signed in."""
    phone, desk = a_screen(driver, portal.origin, PHONE), a_screen(driver, portal.origin, DESK)
    for screen, role in ((phone, "patient"), (desk, "coordinator")):
        screen.open("/sign-in")
        screen.sign_in(email_of(role))
    desk.page.wait_for_url("**/inbox*")
    phone.sees("My coordinator")
    return phone, desk


def in_days(n: int) -> str:
    """A weekday's local time, as a date-time field wants it."""
    day = datetime.now() + timedelta(days=n)
    return day.strftime("%Y-%m-%dT10:30")


def test_times_are_offered_and_one_is_taken(pair: tuple[Screen, Screen]):
    phone, desk = pair
    detail = fresh("Knee check")
    ask_for_a_visit(phone, detail)
    phone.page.wait_for_url("**/appointments*")
    find(desk, detail).click()
    form = desk.page.locator("form[action='/do/offer-times']")
    form.locator("[name=start1]").fill(in_days(6))
    form.locator("[name=start2]").fill(in_days(7))
    form.locator("[name=place]").fill("Room 4")
    form.locator("[name=with_whom]").fill("Dr. Osei")
    phone.stays()
    form.get_by_role("button", name="Send to the patient").click()
    card = phone.page.locator("li", has_text=detail)
    expect(card.locator(".tag")).to_have_text("Times offered")
    card.get_by_role("button", name="Take this time").first.click()
    expect(phone.page.locator("li", has_text=detail).locator(".tag")).to_have_text("Booked")
    expect(phone.page.get_by_role("heading", name="Your visit is booked")).to_be_visible()
    expect(desk.page.locator(".pane.talk")).to_contain_text("Booked")
    assert phone.stayed()


def test_a_better_photo_is_asked_for_with_the_reason(pair: tuple[Screen, Screen]):
    phone, desk = pair
    payer = fresh("Oak Mutual")
    send_a_card(phone, payer)
    phone.page.wait_for_url("**/insurance*")
    find(desk, payer).click()
    picture = desk.page.locator(".card-pictures img").first
    expect(picture).to_be_visible()
    assert picture.evaluate("img => img.complete && img.naturalWidth > 100")
    form = desk.page.locator("form[action='/do/verify-coverage']")
    form.get_by_text("A better photo is needed").click()
    form.get_by_role("button", name="Send to the patient").click()
    expect(form.get_by_text("Say why, for the patient.").first).to_be_visible()
    form.locator("[name=reason]").fill("The corner is cut off.")
    form.get_by_role("button", name="Send to the patient").click()
    card = phone.page.locator("li", has_text=payer)
    expect(card.get_by_text("The corner is cut off.")).to_be_visible()
    card.get_by_role("link", name="Send a new photo").click()
    expect(phone.page.locator("#member_id")).to_have_value("BWH884201957")


def test_a_note_stays_with_the_team(pair: tuple[Screen, Screen]):
    phone, desk = pair
    subject, secret = fresh("Diet"), fresh("Sounds worried")
    write_a_message(phone, subject, "What may I eat before the test?")
    phone.page.wait_for_url("**/messages?thread=*")
    find(desk, subject).click()
    desk.page.get_by_text("Add a note for the team").click()
    notes = desk.page.locator("form[action='/do/add-note']")
    notes.locator("textarea").fill(secret)
    notes.get_by_role("button", name="Add the note").click()
    expect(desk.page.locator(".bubble.note", has_text=secret)).to_be_visible()
    expect(notes.locator("textarea")).to_have_value("")
    phone.page.reload()
    phone.sees("What may I eat before the test?")
    assert secret not in phone.page.content()


def test_claimed_given_back_and_done(pair: tuple[Screen, Screen]):
    phone, desk = pair
    subject = fresh("Parking")
    write_a_message(phone, subject, "Where can I park?")
    phone.page.wait_for_url("**/messages?thread=*")
    row = find(desk, subject)
    row.click()
    pane = desk.page.locator(".pane.talk")
    pane.get_by_role("button", name="Claim").click()
    pane.get_by_role("button", name="Give back").click()
    pane.get_by_role("button", name="Claim").click()
    pane.get_by_role("button", name="Done").click()
    expect(desk.page.locator(".inbox-row", has_text=subject)).to_have_count(0)
    desk.page.get_by_role("navigation", name="Views").get_by_role("button", name="Done").click()
    expect(desk.page.locator(".inbox-row", has_text=subject)).to_be_visible()
