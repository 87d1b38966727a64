"""One browser for each file of tests of the served portal."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser.people import a_browser
from tests.servers import Portal


@pytest.fixture(scope="module")
def driver(chromium: str) -> Iterator[Browser]:
    """A headless Chromium for a module: while it is open, no event loop of another test can run."""
    with a_browser(chromium) as opened:
        yield opened


@pytest.fixture(scope="module")
def quiet(built_frontend: None) -> Iterator[Portal]:
    """A portal of this file's own, whose sample clinic nobody else changes."""
    served = Portal()
    try:
        yield served.start()
    finally:
        served.remove()
