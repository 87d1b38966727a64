"""The eyes of these tests see what is wrong: each of them on a page that is broken on purpose."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser import reader
from tests.browser.sites import EYES
from tests.browser.test_axe import complaints
from tests.browser.test_zoom import walked

pytestmark = pytest.mark.browser


@pytest.fixture
def page(driver: Browser) -> Iterator[Page]:
    """An empty page, as wide as a phone."""
    context = driver.new_context(viewport={"width": 390, "height": 600})
    yield context.new_page()
    context.close()


def shows(page: Page, html: str) -> None:
    """Put a body on the page."""
    page.set_content(f"<!doctype html><html lang=en><title>t</title><body><main>{html}</main></body></html>")
    page.evaluate(EYES.read_text("utf-8"))


BROKEN = {
    "sideways": ("<p style='width:500px'>Too wide a line</p>", "cut()", "the page scrolls sideways"),
    "cut": (
        "<div style='width:80px;overflow:hidden'><b style='white-space:nowrap'>Words that go on</b></div>",
        "cut()",
        "cut off: Words that go on",
    ),
    "small": ("<button style='width:20px;height:20px;padding:0'>x</button>", "small(24)", "x: 20 x 20"),
    "moving": ("<p style='transition:color 1s' class=m>a</p>", "moving()", "transition on m"),
    "bare": ("<button style='border:0'>Go</button>", "bare()", "BUTTON : Go"),
    "faint": ("<input style='border:1px solid #ddd'>", "faint(3)", "INPUT : 1.4"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_broken_is_seen(page: Page, name: str) -> None:
    html, eye, said = BROKEN[name]
    shows(page, html)
    assert said in page.evaluate(f"() => eyes.{eye}")
    shows(page, "<p>Words in <a href=x>a sentence</a></p><button style='padding:20px'>Send</button>")
    assert page.evaluate(f"() => eyes.{eye}") == []


def test_a_bar_over_the_focus_is_seen(page: Page) -> None:
    bar = "<div id=bar style='position:fixed;inset:0 0 0 0;background:#fff'></div>"
    shows(page, f"<a href=x>Under</a>{bar}")
    assert walked(page) == ["the focus on 'Under' is under DIV"]
    page.evaluate("() => document.getElementById('bar').remove()")
    assert walked(page) == []


def test_a_missing_ring_is_seen(page: Page) -> None:
    shows(page, "<button style='outline:none'>Go</button>")
    page.keyboard.press("Tab")
    assert page.evaluate("() => eyes.focused()") == {"name": "Go", "ring": False, "seen": True}


def test_what_is_said_by_itself_is_heard(page: Page) -> None:
    shows(page, "<p role=status></p><p id=silent></p><div role=log><p>Old</p></div>")
    page.evaluate("() => eyes.listen()")
    page.evaluate(
        """() => { document.querySelector('[role=status]').textContent = 'Sent.';
        document.querySelector('#silent').textContent = 'Nobody hears this';
        document.querySelector('[role=log]').insertAdjacentHTML('beforeend', '<p>New</p>'); }"""
    )
    assert page.evaluate("() => eyes.heard()") == ["status, Sent.", "log, New"]


def test_the_reader_says_names_and_states(page: Page) -> None:
    shows(
        page,
        "<h2>Next visit</h2><label for=a>Member ID</label>"
        "<input id=a required aria-invalid=true aria-describedby=b><p id=b>Enter the member ID.</p>"
        "<button aria-pressed=true>Mine</button><svg aria-hidden=true></svg><p>Mon, Nov 30, 9:15 AM</p>",
    )
    assert reader.read(page) == [
        "main",
        "heading level 2, Next visit",
        "edit, Member ID, required, invalid, Enter the member ID.",
        "Enter the member ID.",
        "button, Mine, pressed",
        "<when>",
    ]


def test_axe_complains(page: Page) -> None:
    shows(page, "<h1>A</h1><img src=x><p style='color:#aaa'>Faint words</p>")
    said = " ".join(complaints(page))
    assert "image-alt" in said and "color-contrast" in said
