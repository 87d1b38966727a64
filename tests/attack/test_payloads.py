"""Whatever somebody types is shown as the text it is: on every page, to the patient and to staff."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest
from playwright.sync_api import Browser, Page

from tests.attack.payloads import PASSWORD, PAYLOADS, RUN, Sender, a_record, fill, log_of, rows, tasks
from tests.browser.people import DESK, PHONE, Screen, a_browser, a_screen
from tests.servers import Portal

pytestmark = [pytest.mark.browser, pytest.mark.attack]

MALLORY, CORA = "mallory7@example.org", "cora@example.org"
#: Tells of a violation wherever it happens, before any script of the page.
WATCH = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) => {
  window.violations.push(event.violatedDirective + " " + event.blockedURI + " " + event.sourceFile);
});
"""
#: What no page of ours has: an element or an attribute that can only have come out of data.
FOREIGN = """() => [...document.querySelectorAll(
  "iframe, object, embed, base, marquee, meta[http-equiv=refresh], [onload], [onerror], [onclick]," +
  "[onmouseover], [onfocus], [srcdoc], a[href^='javascript:' i], a[href^='data:' i], img[src=x]," +
  "form[action^='//'], form[action^='http'], main b, main script"
)].map((element) => element.outerHTML.slice(0, 200))
.concat([...document.scripts].filter((s) => s.textContent.includes("pwned7")).map((s) => s.outerHTML))
.concat(window.pwned7 === undefined ? [] : ["a script ran"])
.concat(window.violations)"""
#: By how much a page is wider than its window, and the elements that stick out.
WIDER = """() => {
  const wide = document.documentElement.clientWidth, over = document.documentElement.scrollWidth - wide;
  if (over <= 1) return [];
  const sticksOut = (element) => element.getBoundingClientRect().right > wide + 1;
  const out = [...document.querySelectorAll("body *")].filter(sticksOut);
  return [over + " px", ...out.slice(-4).map((e) => e.outerHTML.slice(0, 160))];
}"""


@dataclass
class Hostile:
    """A portal in which one patient has put payloads wherever something can be put."""

    portal: Portal
    patient: UUID


@pytest.fixture(scope="module")
def hostile(built_frontend: None) -> Iterator[Hostile]:
    """A portal of its own: what is in it is in nobody else's way."""
    served = Portal({"PCC_SENDS_AN_HOUR": "1000"})
    try:
        served.start()
        key = a_record(served, MALLORY)
        fill(Sender(served, MALLORY), Sender(served, CORA), key)
        yield Hostile(served, key)
    finally:
        served.remove()


@pytest.fixture(scope="module")
def driver(chromium: str) -> Iterator[Browser]:
    """A headless Chromium."""
    with a_browser(chromium) as opened:
        yield opened


def signed_in(driver: Browser, portal: Portal, email: str, size: dict[str, int]) -> Screen:
    """A window on the portal; a dialog in it is one thing that went wrong."""
    screen = a_screen(driver, portal.origin, size)
    screen.page.context.add_init_script(WATCH)
    screen.page.on(
        "dialog", lambda dialog: (screen.wrong.append(f"dialog {dialog.message}"), dialog.dismiss())
    )
    screen.open("/sign-in")
    screen.sign_in(email)
    screen.page.wait_for_url(lambda url: "/sign-in" not in url)
    return screen


def _touched(page: Page) -> None:
    """What a person's hand does: over everything, and into every field."""
    page.evaluate(
        """() => { for (const e of document.querySelectorAll("main *")) {
          e.dispatchEvent(new MouseEvent("mouseover", {bubbles: true}));
          if (e.matches("input, textarea")) e.focus();
        } }"""
    )


def visited(screen: Screen, path: str) -> list[str]:
    """Open a page, let it load, touch it; everything about it that is wrong."""
    screen.open(path)
    screen.page.wait_for_load_state("networkidle")
    _touched(screen.page)
    found: list[str] = screen.page.evaluate(FOREIGN)
    if screen.page.viewport_size == PHONE:
        found += screen.page.evaluate(WIDER)
    return [f"{path}: {each}" for each in [*found, *screen.wrong]]


def test_no_page_of_the_patient_runs_any_of_it(hostile: Hostile, driver: Browser) -> None:
    """On a phone, in both languages, no wider than the screen."""
    screen = signed_in(driver, hostile.portal, MALLORY, PHONE)
    threads = rows(
        hostile.portal, "SELECT id FROM communication_thread WHERE patient_id=?", hostile.patient.hex
    )
    cards = rows(hostile.portal, "SELECT id FROM coverage WHERE patient_id=?", hostile.patient.hex)
    goals = rows(hostile.portal, "SELECT id FROM goal WHERE patient_id=?", hostile.patient.hex)
    pages = [
        "/", "/care-plan", "/appointments", "/appointments/request", "/insurance", "/insurance/add",
        "/messages", "/messages/new", "/more",
    ]  # fmt: skip
    pages += [f"/es{path}".rstrip("/") for path in pages]
    pages += [f"/messages?thread={UUID(key)}" for (key,) in threads[::3]]
    pages += [f"/insurance/add?coverage={UUID(key)}" for (key,) in cards[::4]]
    pages += [f"/messages/new?about=goal&id={UUID(key)}" for (key,) in goals[:2]]
    wrong = [each for path in pages for each in visited(screen, path)]
    assert wrong == []
    screen.open("/messages")
    screen.sees(PAYLOADS[0])


def test_no_page_of_the_staff_runs_any_of_it(hostile: Hostile, driver: Browser) -> None:
    """The inbox's views, and each item with its thread, its notes and the patient beside it."""
    found = tasks(hostile.portal, hostile.patient)
    assert {"message", "appointment", "coverage"} <= set(found)
    pages = ["/inbox", "/es/inbox"] + [f"/inbox?task={key}" for keys in found.values() for key in keys[::4]]
    desk = signed_in(driver, hostile.portal, CORA, DESK)
    assert [each for path in pages for each in visited(desk, path)] == []
    assert desk.page.evaluate("() => document.body.innerText.includes('pwned7')")
    phone = signed_in(driver, hostile.portal, CORA, PHONE)
    some = [keys[n] for keys in found.values() for n in (0, 3)]
    assert [each for key in some for each in visited(phone, f"/inbox?task={key}")] == []


def test_a_file_is_never_anything_but_a_download(hostile: Hostile, driver: Browser) -> None:
    """Whatever its name says: no header of its making, no type that runs, and no script from it."""
    http = Sender(hostile.portal, MALLORY).http
    files = rows(
        hostile.portal, "SELECT id, name, media_type FROM stored_file WHERE patient_id=?", hostile.patient.hex
    )
    assert len(files) == 2 * len(PAYLOADS)
    for key, name, kind in files:
        answer = http.get(f"/files/{UUID(key)}")
        assert answer.headers["content-disposition"].startswith('attachment; filename="')
        assert answer.headers["content-type"].split(";")[0] == kind in ("text/plain", "image/png")
        assert len(name) <= 120 and not set(name) & set('<>:"/\\|?*\u202e\u200b\n')
        assert "sandbox" in answer.headers["content-security-policy"]
    screen = signed_in(driver, hostile.portal, MALLORY, PHONE)
    source = f"/files/{UUID(files[0][0])}"
    screen.page.evaluate(
        "src => new Promise((done) => document.head.append(Object.assign(document.createElement('script'),"
        " {src, onload: done, onerror: done})))",
        source,
    )
    assert screen.page.evaluate("() => window.pwned7") is None


def test_the_log_says_nothing_of_it(hostile: Hostile, driver: Browser) -> None:
    """After all that, and after what goes wrong on purpose: no words, addresses, names or keys."""
    sender = Sender(hostile.portal, MALLORY)
    cookie = sender.http.headers["Cookie"].partition("=")[2]
    odd: list[dict[str, Any]] = [
        {"data": {"body": RUN, "patient": "x"}},
        {"content": b"\xff\xfe", "headers": {"Content-Type": "multipart/form-data; boundary=x"}},
        {"data": {"body": RUN * 3000}},
        {"files": {"files": (RUN, b"MZ\x90" + RUN.encode() * 99)}, "data": {"body": "x", "subject": RUN}},
    ]
    for each in odd:
        assert sender.http.post("/do/send-message", **each).status_code in (400, 404, 413, 422)
    sender.http.post("/session/start", data={"email": "nobody7@example.org", "password": "wrong7word"})
    said = log_of(hostile.portal)
    for word in ("pwned7", MALLORY, "nobody7", "wrong7word", PASSWORD, cookie, "617 555"):
        assert word not in said, word
