"""Every page in the pseudo-locales: nothing hard-coded, cut, sideways or the wrong way round."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from pprint import pformat

import pytest
from playwright.sync_api import Browser, expect

from pcc_portal.language import respoken
from pcc_portal.pages.register import PAGES
from pcc_portal.sample_people import PASSWORD
from tests.browser.people import DESK, PHONE, Screen, a_screen, email_of
from tests.servers import Portal
from tests.words.pseudo import LONG, OPEN, RIGHT_TO_LEFT, copy_of_the_house

WIDTHS = (PHONE, DESK)
DOOR = {"/sign-in", "/accessibility"}
STAFF = {"/inbox"}
#: What times are made of (Babel writes them, in the language's own words), units, and marks of ours.
TIMES = re.compile(
    r"\b(Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*\b|\b(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\b"
    r"|\b[AP]M\b|[\d\W_]+"
)
INITIALS = re.compile(r"[A-Z]{1,2}")
#: Names: of measures, of languages by themselves, of what is typed as it is printed on the card.
NAMES = {"mmHg", "kg", "lb", "mg", "dL", "English", "Español", "العربية"}

#: Each visible text and each spoken name; what is cut; how far the page goes sideways.
LOOK = """() => {
  const texts = new Set(), cut = [];
  const shown = (node) => node.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true });
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const holder = walk.currentNode.parentElement;
    if (!holder.closest("script, style, noscript") && shown(holder)) texts.add(walk.currentNode.data.trim());
  }
  for (const node of document.querySelectorAll("[aria-label], [title], [placeholder], [alt]"))
    for (const name of ["aria-label", "title", "placeholder", "alt"])
      texts.add(node.getAttribute(name)?.trim() ?? "");
  texts.add(document.title);
  const short = "button, .button, label, legend, summary, .tag, .nav-label, h1, h2, h3, dt";
  for (const node of document.querySelectorAll(short))
    if (shown(node) && !node.closest(".sr-only, .clip") && getComputedStyle(node).clipPath === "none")
      if (node.clientWidth && node.scrollWidth > node.clientWidth + 2)
        cut.push(`${node.className || node.tagName}: ${node.innerText.slice(0, 40)}`);
  const root = document.scrollingElement;
  return { texts: [...texts], cut, over: root.scrollWidth - root.clientWidth };
}"""


@pytest.fixture(scope="module")
def elsewhere(built_frontend: None) -> Iterator[Portal]:
    """The copy of the house, served with the sample clinic."""
    served = Portal(root=copy_of_the_house())
    try:
        yield served.start()
    finally:
        served.remove()


@pytest.fixture(scope="module")
def data(elsewhere: Portal) -> str:
    """Every text of the database, and the names that people have by it."""
    with sqlite3.connect(elsewhere.data_dir / "portal.db") as base:
        names = [name for (name,) in base.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        cells = [cell for name in names for row in base.execute(f"SELECT * FROM {name}") for cell in row]
        people = [" ".join(row) for row in base.execute("SELECT given, family FROM patient")]
    return "\n".join([*(cell for cell in cells if isinstance(cell, str)), *people])


def _pages(driver: Browser, portal: Portal, locale: str) -> Iterator[tuple[str, Screen]]:
    """Every page, open in a locale: before sign-in, as a patient, at the desk."""
    door, patient, desk = (a_screen(driver, portal.origin, DESK) for _ in range(3))
    for screen, role in ((patient, "patient"), (desk, "coordinator")):
        form = {"email": email_of(role), "password": PASSWORD, "locale": locale}
        headers = {"Origin": portal.origin, "Accept": "application/json"}
        start = f"{portal.origin}/session/start"
        assert screen.page.request.post(start, form=form, headers=headers).ok
    for page in PAGES:
        screen = door if page.path in DOOR else desk if page.path in STAFF else patient
        screen.open(respoken(page.path, locale))
        expect(screen.page.locator("main").last).to_be_visible()
        expect(screen.page.locator(".skeleton:visible")).to_have_count(0)
        if screen is desk:
            screen.page.locator(".inbox-row").first.click()
            expect(screen.page.locator(".pane.context")).to_contain_text(OPEN)
        yield page.path, screen


def _hard_coded(texts: list[str], data: str) -> list[str]:
    """The texts that are neither of the catalogue nor of the data."""
    found = []
    for text in texts:
        rest = TIMES.sub(" ", text).strip()
        known = all(part in data for part in re.split(r" [/·] ", text))
        short = all(word in NAMES or INITIALS.fullmatch(word) for word in rest.split())
        if rest and OPEN not in text and not known and not short:
            found.append(text)
    return found


@pytest.mark.slow
def test_everything_is_said_by_the_catalogue_and_fits(driver: Browser, elsewhere: Portal, data: str) -> None:
    wrong = {}
    for path, screen in _pages(driver, elsewhere, LONG):
        for size in WIDTHS:
            screen.page.set_viewport_size(size)
            seen = screen.page.evaluate(LOOK)
            found = (_hard_coded(seen["texts"], data), seen["cut"], max(0, seen["over"]))
            if any(found):
                wrong[path, size["width"]] = found
    assert not wrong, pformat(wrong, width=200)


@pytest.mark.slow
def test_every_page_can_run_from_right_to_left(driver: Browser, elsewhere: Portal) -> None:
    wrong = {}
    for path, screen in _pages(driver, elsewhere, RIGHT_TO_LEFT):
        expect(screen.page.locator("html")).to_have_attribute("dir", "rtl")
        for size in WIDTHS:
            screen.page.set_viewport_size(size)
            seen = screen.page.evaluate(LOOK)
            if seen["over"] > 0 or seen["cut"]:
                wrong[path, size["width"]] = (seen["over"], seen["cut"])
        turned = screen.page.evaluate(
            "() => [...document.querySelectorAll('.icon.points')].filter((it) => it.checkVisibility())"
            ".map((it) => getComputedStyle(it).transform)"
        )
        if set(turned) - {"matrix(-1, 0, 0, 1, 0, 0)"}:
            wrong[path, 0] = turned
    assert not wrong, pformat(wrong, width=200)
