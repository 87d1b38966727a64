"""What one presses is large enough: 44 pixels for a finger, 24 for a mouse."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from pcc_portal.language import LOCALES
from tests.browser.people import DESK, PHONE
from tests.browser.sites import WHO, opened, unfold, visit, window
from tests.servers import Portal

pytestmark = pytest.mark.browser

# On a phone there is a finger (``has_touch``); at the desk a mouse.
HANDS = {"finger": (PHONE, 44, True), "mouse": (DESK, 24, False)}


@pytest.mark.parametrize("hand", HANDS)
@pytest.mark.parametrize("viewer", WHO)
def test_what_is_pressed_is_large_enough(driver: Browser, portal: Portal, viewer: str, hand: str) -> None:
    size, least, touch = HANDS[hand]
    said: list[str] = []
    with window(driver, portal, viewer, viewport=size, has_touch=touch) as page:
        for site in opened(portal, viewer):
            for locale in LOCALES:
                visit(page, portal, site.path, locale)
                unfold(page)
                found = page.evaluate("least => eyes.small(least)", least)
                said += [f"{site.path} {locale}: {each}" for each in found]
    assert not said, "\n".join(said)
