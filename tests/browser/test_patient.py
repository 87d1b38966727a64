"""The patient's side in a real browser: the door, drafts, questions from a card, somebody who helps."""

from __future__ import annotations

import re
import sqlite3

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.people import DESK, PHONE, Screen, a_screen, email_of, find, fresh, write_a_message
from tests.servers import Portal

pytestmark = pytest.mark.browser


def signed_in(driver: Browser, portal: Portal, role: str, path: str = "/", **more: object) -> Screen:
    """A phone of somebody who signed in on the way to a page."""
    phone = a_screen(driver, portal.origin, PHONE, **more)
    phone.open(path)
    phone.page.wait_for_url(lambda url: "/sign-in" in url)
    phone.sign_in(email_of(role))
    phone.page.wait_for_url(lambda url: "/sign-in" not in url)
    return phone


def test_the_door_works_without_script(driver: Browser, portal: Portal):
    phone = a_screen(driver, portal.origin, PHONE, java_script_enabled=False)
    phone.open("/sign-in")
    phone.page.locator("#email").fill(email_of("patient"))
    phone.page.locator("#password").fill("not the password")
    phone.page.get_by_role("button", name="Sign in").click()
    phone.sees("The e-mail address or the password is not right.")
    phone.sign_in(email_of("patient"))
    phone.page.wait_for_url(portal.origin + "/")
    cookies = {c["name"]: c for c in phone.page.context.cookies()}
    assert cookies["sid"]["httpOnly"] and cookies["sid"]["sameSite"] == "Lax"


def test_a_deep_link_survives_and_back_goes_back(driver: Browser, portal: Portal):
    phone = signed_in(driver, portal, "patient", "/appointments")
    phone.sees("Ask for an appointment")
    phone.page.get_by_role("link", name="Care plan").click()
    phone.sees("My goals")
    phone.page.go_back()
    expect(phone.page.get_by_role("heading", level=1)).to_have_text("Appointments")
    assert phone.wrong == []


def test_a_draft_is_kept_through_a_reload_and_gone_when_sent(driver: Browser, portal: Portal):
    phone = signed_in(driver, portal, "patient", "/messages/new")
    words = fresh("I wanted to ask about the new pill")
    phone.page.locator("#category").select_option("medications")
    phone.page.locator("#body").fill(words)
    phone.sees("Draft saved")
    phone.page.reload()
    expect(phone.page.locator("#body")).to_have_value(words)
    expect(phone.page.locator("#category")).to_have_value("medications")
    phone.page.get_by_role("button", name="Send", exact=True).click()
    expect(phone.page.locator("[data-error-for=subject]")).to_be_visible()
    expect(phone.page.locator("#body")).to_have_value(words)
    phone.page.locator("#subject").fill("New pill")
    phone.page.get_by_role("button", name="Send", exact=True).click()
    phone.page.wait_for_url("**/messages?thread=*")
    phone.open("/messages/new")
    expect(phone.page.locator("#subject")).to_be_visible()
    phone.page.wait_for_timeout(800)
    expect(phone.page.locator("#body")).to_have_value("")


def test_a_question_carries_its_card(driver: Browser, portal: Portal):
    phone = signed_in(driver, portal, "patient", "/care-plan")
    desk = a_screen(driver, portal.origin, DESK)
    desk.open("/sign-in")
    desk.sign_in(email_of("coordinator"))
    desk.page.wait_for_url("**/inbox*")
    goal = phone.page.locator(".goal").first
    title = goal.get_by_role("heading").inner_text()
    goal.get_by_role("link", name=re.compile("Ask my coordinator about")).click()
    phone.sees("You are asking about")
    subject = fresh("My goal")
    phone.page.locator("#category").select_option("care-plan")
    phone.page.locator("#subject").fill(subject)
    phone.page.locator("#body").fill("How am I doing?")
    phone.page.get_by_role("button", name="Send", exact=True).click()
    phone.page.wait_for_url("**/messages?thread=*")
    row = find(desk, subject)
    expect(row).to_contain_text("Question")
    row.click()
    expect(desk.page.locator(".pane.talk")).to_contain_text("Asked about:")
    assert title


def test_a_trusted_person_acts_in_her_own_name_and_only_where_she_may(driver: Browser, portal: Portal):
    dana = signed_in(driver, portal, "helps", "/more")
    expect(dana.page.locator(".people .current")).to_contain_text("On screen now")
    expect(dana.page.locator(".viewing-as")).to_contain_text("Viewing as")
    subject = fresh("For my mother")
    write_a_message(dana, subject, "Can I come along on Thursday?")
    dana.page.wait_for_url("**/messages?thread=*")
    expect(dana.page.locator(".viewing-as")).to_be_visible()
    mother = signed_in(driver, portal, "patient", "/messages")
    mother.page.get_by_role("link", name=re.compile(subject)).click()
    mother.sees("Dana")
    dana.open("/insurance")
    dana.sees("This part is not shared with you")
    dana.page.get_by_role("main").get_by_role("link", name="Home").click()
    dana.sees("My coordinator")
    assert "EVG" not in dana.page.content()


def test_a_revoked_person_loses_the_open_screen(driver: Browser, portal: Portal):
    dana = signed_in(driver, portal, "helps", "/more")
    expect(dana.page.locator(".people .current")).to_contain_text("On screen now")
    dana.open("/messages")
    expect(dana.page.locator(".row").first).to_be_visible()
    mother = signed_in(driver, portal, "patient")
    base = sqlite3.connect(portal.data_dir / "portal.db")
    with base:
        base.execute("UPDATE consent SET status = 'inactive'")
    try:
        write_a_message(mother, fresh("Private"), "Only for my coordinator")
        mother.page.wait_for_url("**/messages?thread=*")
        expect(dana.page.locator(".row")).to_have_count(0)
    finally:
        with base:
            base.execute("UPDATE consent SET status = 'active'")
        base.close()


def test_the_other_language_has_its_own_pages_and_says_times_its_own_way(driver: Browser, portal: Portal):
    phone = signed_in(driver, portal, "patient", "/es/appointments")
    assert "/es/appointments" in phone.page.url
    expect(phone.page.locator("html")).to_have_attribute("lang", "es")
    expect(phone.page.locator("main")).to_contain_text(
        re.compile(r"(lun|mar|mié|jue|vie)[a-z]*, \d+ (de )?[a-z]{3}")
    )
    phone.page.get_by_role("button", name="English").click()
    phone.page.wait_for_url(lambda url: url.endswith("/appointments") and "/es/" not in url)
    expect(phone.page.locator("html")).to_have_attribute("lang", "en")
