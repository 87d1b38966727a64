"""One browser for every test of the served portal."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser.people import a_browser


@pytest.fixture(scope="session")
def driver(chromium: str) -> Iterator[Browser]:
    """A headless Chromium, shared; each test opens windows of its own."""
    with a_browser(chromium) as opened:
        yield opened
