"""The door as a browser sees it: every page lives with its policy, and no script sees the cookie."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from pcc_portal import routes
from pcc_portal.sample_people import PASSWORD
from tests.browser.sites import window
from tests.servers import Portal

pytestmark = pytest.mark.browser

PATIENT = (
    "/", "/care-plan", "/appointments", "/appointments/request", "/insurance", "/insurance/add",
    "/messages", "/messages/new", "/more", "/nowhere",
)  # fmt: skip
#: Tells of a violation wherever it happens, before any script of the page.
WATCH = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) => {
  window.violations.push(event.violatedDirective + " " + event.blockedURI + " " + event.sourceFile);
});
"""


@pytest.fixture
def context(driver: Browser, portal: Portal) -> Iterator[BrowserContext]:
    """A fresh profile on the served portal."""
    opened = driver.new_context(base_url=portal.origin)
    opened.add_init_script(WATCH)
    yield opened
    opened.close()


def _sign_in(page: Page, email: str, path: str = "/") -> None:
    page.goto(path)
    page.wait_for_url("**/sign-in**")
    page.locator("#email").fill(email)
    page.locator("#password").fill(PASSWORD)
    page.locator("form.form button[type=submit]").click()
    page.wait_for_url(lambda url: "/sign-in" not in url)


def _settled(page: Page, path: str) -> list[str]:
    page.goto(path)
    page.wait_for_load_state("networkidle")
    found: list[str] = page.evaluate("window.violations")
    return found


def test_no_page_of_a_patient_breaks_the_policy(context: BrowserContext) -> None:
    """In both languages, signed in, with everything on it loaded."""
    page = context.new_page()
    assert _settled(page, "/sign-in") == [] and _settled(page, "/es/sign-in") == []
    _sign_in(page, "margery@example.org")
    for prefix in ("", "/es"):
        for path in PATIENT:
            assert _settled(page, f"{prefix}{path}".rstrip("/") or "/") == [], (prefix, path)


def test_no_page_of_a_coordinator_breaks_the_policy(context: BrowserContext) -> None:
    """The inbox, and an open item."""
    page = context.new_page()
    _sign_in(page, "cora@example.org", "/inbox")
    for path in ("/inbox", "/es/inbox"):
        assert _settled(page, path) == []


def test_the_policy_is_there_at_all(context: BrowserContext) -> None:
    """A script put into the page does not run, and is reported; so the tests above can fail."""
    page = context.new_page()
    page.goto("/sign-in")
    script = "Object.assign(document.createElement('script'), {textContent: 'window.ran = 1'})"
    page.evaluate(f"document.body.append({script})")
    assert page.evaluate("window.ran") is None
    assert any("script-src" in violation for violation in page.evaluate("window.violations"))


def test_no_script_sees_the_cookie_and_no_page_outlives_it(context: BrowserContext, portal: Portal) -> None:
    """Signed out in one tab, the other one is emptied and led to sign-in; Back brings nothing back."""
    page = context.new_page()
    _sign_in(page, "margery@example.org", "/messages")
    assert page.evaluate("document.cookie") == ""
    assert {cookie["name"]: cookie["httpOnly"] for cookie in context.cookies()} == {
        "sid": True,
        "language": True,
    }
    expect(page.locator("body")).to_contain_text("Margery")
    other = context.new_page()
    other.goto("/more")
    other.wait_for_load_state("networkidle")
    answer = context.request.post("/session/end", headers={"Origin": portal.origin})
    assert answer.ok
    page.wait_for_url("**/sign-in**")
    _is_plain(page)
    loaded: list[str] = []
    page.on("response", lambda answer: loaded.append(urlsplit(answer.url).path))
    page.evaluate("history.back()")
    page.wait_for_event("response", lambda answer: "/sign-in" in answer.url)
    _is_plain(page)
    assert "/messages" in loaded, "Back has to ask the server"


def _is_plain(page: Page) -> None:
    """The sign-in page itself, nothing but its HTML: no framework, and nothing of what was there before."""
    expect(page.locator("#password")).to_be_visible()
    expect(page.locator("script[type=module]")).to_have_count(0)
    expect(page.locator("main")).not_to_contain_text("Messages")


def test_signing_in_works_without_script(driver: Browser, portal: Portal) -> None:
    """A plain form, a plain answer: the session is there, and the page's own words say what was wrong."""
    context = driver.new_context(base_url=portal.origin, java_script_enabled=False)
    page = context.new_page()
    page.goto("/sign-in")
    page.locator("#email").fill("luis@example.org")
    page.locator("#password").fill("not this one")
    page.locator("#password").press("Enter")
    page.wait_for_url(lambda url: "problem=wrong" in url)
    page.locator("#email").fill("luis@example.org")
    page.locator("#password").fill(PASSWORD)
    page.locator("#password").press("Enter")
    page.wait_for_url(lambda url: "/sign-in" not in url)
    assert any(cookie["name"] == "sid" for cookie in context.cookies())
    context.close()


def test_acting_for_somebody_is_said_without_a_name(context: BrowserContext, portal: Portal) -> None:
    """The page keeps room for "Viewing as" from a cookie that holds one word, which ends with the session."""
    page = context.new_page()
    _sign_in(page, "dana@example.org")
    expect(page.locator(".viewing-as")).to_be_visible()
    assert page.evaluate("document.cookie") == "acting=yes"
    assert context.request.post("/session/end", headers={"Origin": portal.origin}).ok
    assert not any(cookie["name"] in ("acting", "sid") for cookie in context.cookies())


def test_a_page_is_kept_for_its_reader_alone(driver: Browser, portal: Portal) -> None:
    """It holds nothing of anybody; another cookie or another language asks anew. A refusal is not kept."""
    with window(driver, portal, "patient") as page:
        kept = page.request.get(f"{portal.origin}{routes.CARE_PLAN}")
        gone = page.request.get(f"{portal.origin}{routes.CARE_PLAN}/nowhere")
        asked = {name.strip().lower() for name in kept.headers["vary"].split(",")}
        assert kept.status == 200 and "Gibson" not in kept.text()
        assert kept.headers["cache-control"] == "private, max-age=300"
        assert {"cookie", "accept-language"} <= asked
        assert (gone.status, gone.headers["cache-control"]) == (404, "no-store")
