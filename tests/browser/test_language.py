"""Languages as people meet them: the browser's, the one they pick, the one of their account."""

from __future__ import annotations

from playwright.sync_api import Browser, expect

from tests.browser.people import PHONE, a_screen, email_of
from tests.servers import Portal


def test_a_browser_that_prefers_spanish_opens_spanish_until_english_is_picked(
    driver: Browser, portal: Portal
):
    phone = a_screen(driver, portal.origin, PHONE, locale="es-MX")
    phone.open("/messages")
    expect(phone.page).to_have_url(f"{portal.origin}/es/sign-in?next=/es/messages")
    expect(phone.page.locator("html")).to_have_attribute("lang", "es")
    expect(phone.page).to_have_title("Entrar · Portal del paciente")
    phone.page.get_by_role("button", name="English").click()
    expect(phone.page).to_have_url(f"{portal.origin}/sign-in?next=/es/messages")
    phone.open("/")
    phone.page.wait_for_url("**/sign-in", wait_until="load")
    phone.open("/es/sign-in")
    expect(phone.page).to_have_url(f"{portal.origin}/sign-in")
    expect(phone.page.locator("html")).to_have_attribute("lang", "en")


def test_an_account_brings_its_language_to_the_next_device(driver: Browser, portal: Portal):
    """A record says Spanish, the browser English; then he picks, for all devices."""
    first = a_screen(driver, portal.origin, PHONE, locale="en-US")
    first.open("/sign-in")
    first.sign_in(email_of("patient", 1))
    expect(first.page).to_have_url(f"{portal.origin}/es")
    first.page.get_by_role("link", name="Citas").first.click()
    first.page.wait_for_url("**/es/appointments")
    try:
        first.page.get_by_role("button", name="English").first.click()
        expect(first.page).to_have_url(f"{portal.origin}/appointments")
        second = a_screen(driver, portal.origin, PHONE, locale="es-MX")
        second.open("/es/sign-in")
        second.sign_in(email_of("patient", 1))
        expect(second.page).to_have_url(f"{portal.origin}/")
    finally:
        first.page.get_by_role("button", name="Español").first.click()
        expect(first.page).to_have_url(f"{portal.origin}/es/appointments")


def test_a_page_that_is_not_there_says_so_in_the_language_of_its_address(driver: Browser, portal: Portal):
    words = {"en": "This page is not here", "es": "Esta página no está aquí"}
    for address, browser, language in (("/nowhere", "en-US", "en"), ("/es/nowhere", "en-US", "es"),
                                       ("/nowhere", "es-MX", "es")):  # fmt: skip
        phone = a_screen(driver, portal.origin, PHONE, locale=browser)
        answer = phone.page.goto(portal.origin + address)
        assert answer is not None and answer.status == 404
        expect(phone.page.get_by_role("heading", level=1)).to_have_text(words[language])
        home = {"en": "/", "es": "/es"}[language]
        expect(phone.page.locator("a.button:visible")).to_have_attribute("href", home)
        assert phone.wrong == []
