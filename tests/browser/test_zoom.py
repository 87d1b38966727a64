"""Large text and small screens: nothing scrolls sideways, nothing is cut off, no bar hides the focus."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page

from pcc_portal.language import LOCALES
from tests.browser.sites import WHO, opened, unfold, visit, window
from tests.servers import Portal

pytestmark = pytest.mark.browser

# A window of 1280 by 1024 at 400%, a phone and a desk with text twice as large: width, height, text size.
VIEWS = {
    "zoomed": (320, 256, "100%"),
    "phone, large text": (390, 844, "200%"),
    "desk, large text": (1280, 1024, "200%"),
}


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
        at = page.evaluate("() => eyes.focused()")
        if at is None:
            break
        if not at["seen"]:
            said.append(f"the focus on {at['name']!r} is under {at.get('over')}")
    return said


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("viewer", WHO)
def test_large_text_fits_and_no_bar_hides_the_focus(
    driver: Browser, portal: Portal, viewer: str, locale: str
) -> None:
    said: list[str] = []
    with window(driver, portal, viewer, reduced_motion="reduce") as page:
        for site in opened(portal, viewer):
            visit(page, portal, site.path, locale)
            unfold(page)
            for view in VIEWS:
                enlarge(page, view)
                found = page.evaluate("() => eyes.cut()") + walked(page)
                said += [f"{site.path} {locale}, {view}: {each}" for each in found]
    assert not said, "\n".join(said)
