"""Large text and small screens: nothing scrolls sideways, nothing is cut off, no bar hides the focus."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page

from pcc_portal.language import LOCALES
from tests.browser.sites import SITES, sites_of, visit, window
from tests.servers import Portal

pytestmark = pytest.mark.browser

# A window of 1280 by 1024 at 400%, a phone and a desk with text twice as large: width, height, text size.
VIEWS = {
    "zoomed": (320, 256, "100%"),
    "phone, large text": (390, 844, "200%"),
    "desk, large text": (1280, 1024, "200%"),
}

# Left out: what is for screen readers only, what a person scrolls by itself (a table), and what ends in "…"
# on purpose, because the whole of it is one press away (the first words of a message in a list).
CUT = """() => {
  const said = [], width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth > width) said.push("the page scrolls sideways");
  const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (words.nextNode()) {
    const text = words.currentNode.textContent.trim(), own = words.currentNode.parentElement;
    if (!text || !own.checkVisibility({visibilityProperty: true}) || own.closest(".sr-only, .skip-link")) continue;
    let ends = false;
    for (let one = own; one && one !== document.body; one = one.parentElement) {
      const style = getComputedStyle(one);
      if (style.textOverflow === "ellipsis" || style.overflowX === "auto" || style.overflowX === "scroll") ends = true;
    }
    if (ends) continue;
    const range = document.createRange();
    range.selectNodeContents(words.currentNode);
    for (const box of range.getClientRects()) {
      if (box.left < -1 || box.right > width + 1) said.push(`off the page: ${text.slice(0, 60)}`);
      const button = own.closest("button, select")?.getBoundingClientRect();
      if (button && (box.left < button.left - 1 || box.right > button.right + 1)) said.push(`outside its button: ${text}`);
      for (let one = own; one && one !== document.body; one = one.parentElement) {
        const style = getComputedStyle(one), edge = one.getBoundingClientRect();
        if (style.overflowX === "visible") continue;
        if (box.left < edge.left - 1 || box.right > edge.right + 1) said.push(`cut off: ${text.slice(0, 60)}`);
        if (style.overflowY === "hidden" && box.bottom > edge.bottom + 2) said.push(`cut off below: ${text.slice(0, 60)}`);
      }
    }
  }
  return [...new Set(said)];
}"""

# What has the focus, whether it can be seen, and what lies on it when it cannot.
FOCUSED = """() => {
  const at = document.activeElement;
  if (!at || at === document.body) return null;
  const shown = at.matches("input") && at.closest("label") || at;
  const box = shown.getBoundingClientRect(), name = (at.ariaLabel || at.innerText || at.name || at.id || at.tagName).slice(0, 60);
  const top = Math.max(0, box.top), bottom = Math.min(innerHeight, box.bottom);
  let over = "nothing: it is off the screen";
  for (const y of [.5, .1, .9]) for (const x of [.5, .1, .9]) {
    const hit = document.elementFromPoint(box.left + box.width * x, top + (bottom - top) * y);
    if (hit && (shown.contains(hit) || hit.contains(shown))) return {name, seen: bottom > top};
    if (hit) over = hit.className || hit.tagName;
  }
  return {name, seen: false, over: String(over)};
}"""


def enlarge(page: Page, view: str) -> None:
    """Give the page the size and the text of a view."""
    width, height, text = VIEWS[view]
    page.set_viewport_size({"width": width, "height": height})
    page.evaluate("size => { document.documentElement.style.fontSize = size }", text)


def walked(page: Page, most: int = 80) -> list[str]:
    """What is wrong with where the focus goes while Tab is pressed through the page."""
    said: list[str] = []
    page.evaluate("() => { document.activeElement?.blur(); scrollTo(0, 0) }")
    for _step in range(most):
        page.keyboard.press("Tab")
        at = page.evaluate(FOCUSED)
        if at is None:
            break
        if not at["seen"]:
            said.append(f"the focus on {at['name']!r} is under {at.get('over')}")
    return said


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("viewer", sorted({site.viewer for site in SITES}))
def test_large_text_fits_and_no_bar_hides_the_focus(
    driver: Browser, portal: Portal, viewer: str, locale: str
) -> None:
    said: list[str] = []
    with window(driver, portal, viewer, reduced_motion="reduce") as page:
        for site in sites_of(viewer):
            visit(page, portal, site.path, locale)
            for view in VIEWS:
                enlarge(page, view)
                found = page.evaluate(CUT) + walked(page)
                said += [f"{site.path} {locale}, {view}: {each}" for each in found]
    assert not said, "\n".join(said)
