"""The client script against a small server: sends once, keeps every word, asks one question at a time."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from email.parser import BytesParser
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect, sync_playwright

ASSETS = Path(__file__).parents[2] / "assets"
TYPES = {".css": "text/css", ".js": "text/javascript", ".html": "text/html; charset=utf-8"}
HEAD = """<!doctype html><html lang="en"><title>t</title><script src="/portal.js" defer></script>
<script src="/controls.js" defer></script><div id="announce"></div>"""
MESSAGE = (
    HEAD
    + """<form data-send="true" data-draft="message" {more} action="/do/send" method="post">
<div data-summary hidden tabindex="-1"></div><input type="hidden" name="patient" value="p1">
<label for="body">Message</label><p data-error-for="body" id="body-error" hidden></p>
<textarea id="body" name="body" data-grow></textarea>
<button type="submit"><span class="button-label">Send</span></button>
<div data-say hidden></div><p data-draft-state></p></form>"""
)
STEPS = (
    HEAD
    + """<form data-send data-steps action="/do/send" method="post">
<div data-step-head hidden><p data-step-count></p></div>
<fieldset class="step"><legend tabindex="-1">Why?</legend>
<div data-field="why"><label data-label for="why">Why</label><p data-error-for="why" hidden></p>
<input id="why" name="why" required data-required-say="Tell us why."></div></fieldset>
<fieldset class="step"><legend tabindex="-1">How?</legend>
<div data-field="how"><span data-label>How</span>
<label><input type="radio" name="how" value="v"><span class="choice-label">Video</span></label>
<label><input type="radio" name="how" value="p"><span class="choice-label">Phone</span></label>
</div></fieldset>
<fieldset class="step" data-check><legend tabindex="-1">Check</legend><dl data-answers></dl></fieldset>
<div data-step-foot hidden><button type="button" data-step-next>Continue</button>
<button type="button" data-step-back>Back</button></div>
<button type="submit">Send request</button><div data-say hidden></div></form>"""
)

pytestmark = pytest.mark.browser


class Desk(ThreadingHTTPServer):
    """Serves the pages under test, remembers what was posted, answers what it was told."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Clerk)
        self.fresh()

    def fresh(self) -> None:
        self.sent: list[dict[str, str]] = []
        self.drafts: list[dict[str, str]] = []
        self.draft: dict[str, str] | None = None
        self.answer: tuple[int, dict[str, Any]] = (
            200,
            {"ok": True, "say": "Sent to Maria.", "next": "/done"},
        )

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Clerk(BaseHTTPRequestHandler):
    server: Desk
    pages = {
        "/message": MESSAGE.format(more=""),
        "/stay": MESSAGE.format(more="data-stay"),
        "/steps": STEPS,
        "/done": HEAD + "<h1>Done</h1>",
        "/elsewhere": HEAD + "<h1>Elsewhere</h1>",
    }

    def log_message(self, *_words: object) -> None:
        return

    def _reply(self, status: int, body: bytes, kind: str = "application/json") -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self) -> None:
        path = self.path.split("?")[0]
        if path in self.pages:
            return self._reply(200, self.pages[path].encode(), TYPES[".html"])
        if path.startswith("/draft/"):
            return self._reply(200, json.dumps({"fields": self.server.draft}).encode())
        asset = ASSETS / path.lstrip("/")
        if asset.suffix in TYPES and asset.is_file():
            return self._reply(200, asset.read_bytes(), TYPES[asset.suffix])
        return self._reply(404, b"{}")

    def do_POST(self) -> None:
        raw = self.rfile.read(int(self.headers["Content-Length"]))
        whole = BytesParser().parsebytes(
            b"Content-Type: " + self.headers["Content-Type"].encode() + b"\r\n\r\n" + raw
        )
        parts: list[Any] = list(whole.walk())[1:]
        fields = {part.get_param("name", header="content-disposition"): part.get_payload() for part in parts}
        if self.path.startswith("/draft/"):
            self.server.drafts.append(fields)
            return self._reply(200, b'{"ok":true}')
        self.server.sent.append(fields)
        status, answer = self.server.answer
        return self._reply(status, json.dumps(answer).encode())


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def running() -> Iterator[Desk]:
    desk = Desk()
    threading.Thread(target=desk.serve_forever, daemon=True).start()
    yield desk
    desk.shutdown()


@pytest.fixture
def desk(running: Desk) -> Desk:
    running.fresh()
    return running


@pytest.fixture
def page(browser: Browser, desk: Desk) -> Iterator[Page]:
    page = browser.new_page(base_url=desk.address)
    page.set_default_timeout(5000)
    yield page
    page.close()


def test_a_double_tap_sends_once_and_goes_on(page: Page, desk: Desk) -> None:
    page.goto("/message")
    page.get_by_label("Message").fill("My knee hurts")
    page.get_by_role("button", name="Send").dblclick()
    expect(page.get_by_role("heading", name="Done")).to_be_visible()
    assert [one["body"] for one in desk.sent] == ["My knee hurts"]
    assert len(desk.sent[0]["submission"]) == 36


def test_a_form_that_stays_is_emptied_and_gets_a_new_submission(page: Page, desk: Desk) -> None:
    page.goto("/stay")
    for words in ("One", "Two"):
        page.get_by_label("Message").fill(words)
        page.get_by_label("Message").press("Control+Enter")
        expect(page.locator("[data-say]")).to_contain_text("Sent to Maria.")
        expect(page.get_by_label("Message")).to_have_value("")
    assert [one["body"] for one in desk.sent] == ["One", "Two"]
    assert desk.sent[0]["submission"] != desk.sent[1]["submission"]


def test_problems_stand_beside_their_fields_and_in_a_summary(page: Page, desk: Desk) -> None:
    desk.answer = (422, {"problems": {"body": "Write your message first."}, "say": "Not sent"})
    page.goto("/message")
    page.get_by_label("Message").fill("  ")
    page.get_by_role("button", name="Send").click()
    summary = page.locator("[data-summary]")
    expect(summary).to_be_focused()
    expect(page.locator("#body-error")).to_have_text("Write your message first.")
    expect(page.get_by_label("Message")).to_have_attribute("aria-invalid", "true")
    summary.get_by_role("link", name="Write your message first.").click()
    expect(page.get_by_label("Message")).to_be_focused()
    expect(page.get_by_role("button", name="Send", exact=True)).to_be_enabled()


def test_a_lost_network_keeps_the_words_and_sends_again_with_the_same_submission(
    page: Page, desk: Desk
) -> None:
    tried: list[str] = []

    def fail_twice(route: Route) -> None:
        tried.append(route.request.post_data or "")
        if len(tried) < 3:
            return route.abort("connectionfailed")
        return route.continue_()

    page.route("**/do/send", fail_twice)
    page.goto("/stay")
    page.get_by_label("Message").fill("Keep me")
    page.get_by_role("button", name="Send").click()
    expect(page.locator("[data-say]")).to_contain_text("Not sent yet. Your words are still here.")
    expect(page.get_by_label("Message")).to_have_value("Keep me")
    page.get_by_role("button", name="Try now").click()
    expect(page.locator("[data-say]")).to_contain_text("Sent to Maria.", timeout=8000)
    assert len(tried) == 3
    assert [one["body"] for one in desk.sent] == ["Keep me"]
    assert desk.sent[0]["submission"] in tried[0]


@pytest.mark.parametrize(
    ("status", "answer", "words"),
    [
        (
            401,
            {"sign_in": "/sign-in?next=/message"},
            "You were signed out. Sign in again; your words are kept.",
        ),
        (409, {"say": "That time was just taken."}, "That time was just taken."),
        (500, {}, "Something went wrong on our side."),
    ],
)
def test_a_refusal_is_said_and_nothing_is_cleared(
    page: Page, desk: Desk, status: int, answer: dict[str, Any], words: str
) -> None:
    desk.answer = (status, answer)
    page.goto("/message")
    page.get_by_label("Message").fill("Still mine")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("alert")).to_contain_text(words)
    expect(page.get_by_label("Message")).to_have_value("Still mine")
    expect(page.get_by_label("Message")).to_be_editable()


def test_a_draft_is_kept_and_comes_back(page: Page, desk: Desk) -> None:
    page.goto("/message")
    page.get_by_label("Message").fill("Half a thought")
    expect(page.locator("[data-draft-state]")).to_have_text("Draft saved")
    assert desk.drafts[-1]["body"] == "Half a thought"
    assert desk.drafts[-1]["patient"] == "p1"
    desk.draft = {"body": "Half a thought"}
    page.reload()
    expect(page.get_by_label("Message")).to_have_value("Half a thought")
    page.get_by_label("Message").press_sequentially("!")
    page.goto("/elsewhere")
    page.wait_for_timeout(200)
    assert desk.drafts[-1]["body"] == "Half a thought!"


def test_a_sent_message_is_not_kept_as_a_draft_again(page: Page, desk: Desk) -> None:
    page.goto("/stay")
    page.get_by_label("Message").fill("Quick")
    page.get_by_role("button", name="Send").click()
    expect(page.locator("[data-say]")).to_contain_text("Sent to Maria.")
    page.wait_for_timeout(1700)
    page.goto("/elsewhere")
    assert desk.drafts == []


def test_one_question_at_a_time_with_a_check_at_the_end(page: Page, desk: Desk) -> None:
    page.goto("/steps")
    expect(page.locator("[data-step-count]")).to_have_text("Step 1 of 3")
    expect(page.get_by_role("button", name="Send request")).to_be_hidden()
    page.get_by_role("button", name="Continue").click()
    expect(page.locator("[data-error-for=why]")).to_have_text("Tell us why.")
    page.get_by_label("Why").fill("Follow-up")
    page.get_by_label("Why").press("Enter")
    page.get_by_label("Phone").check()
    page.get_by_role("button", name="Continue").click()
    expect(page.locator("[data-answers]")).to_contain_text("Follow-up")
    expect(page.locator("[data-answers]")).to_contain_text("Phone")
    page.go_back()
    expect(page.locator("[data-step-count]")).to_have_text("Step 2 of 3")
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Change Why").click()
    page.get_by_label("Why").fill("New problem")
    page.get_by_role("button", name="Continue").click()
    expect(page.locator("[data-answers]")).to_contain_text("New problem")
    page.get_by_role("button", name="Send request").click()
    expect(page.get_by_role("heading", name="Done")).to_be_visible()
    assert (desk.sent[0]["why"], desk.sent[0]["how"]) == ("New problem", "p")


def test_a_problem_in_an_earlier_step_opens_that_step(page: Page, desk: Desk) -> None:
    desk.answer = (422, {"problems": {"why": "Choose another reason."}, "say": "Not sent"})
    page.goto("/steps")
    page.get_by_label("Why").fill("x")
    for _step in range(2):
        page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Send request").click()
    expect(page.locator("[data-step-count]")).to_have_text("Step 1 of 3")
    expect(page.locator("[data-error-for=why]")).to_have_text("Choose another reason.")
