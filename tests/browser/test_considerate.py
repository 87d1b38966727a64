"""Less motion, forced colours, more contrast: what a person asked of the system, the pages do."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page

from pcc_portal import routes
from tests.browser.people import DESK, PHONE
from tests.browser.sites import WHO, opened, unfold, visit, window
from tests.servers import Portal

pytestmark = pytest.mark.browser


def loading(page: Page, portal: Portal) -> None:
    """A page that waits for its data for ever."""
    page.route_web_socket("**/_event/**", lambda _socket: None)
    page.goto(portal.origin + routes.HOME)
    page.locator(".skeleton").first.wait_for()


@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
def test_waiting_moves_only_for_those_who_like_it(driver: Browser, portal: Portal, motion: str) -> None:
    with window(driver, portal, "patient", viewport=PHONE, reduced_motion=motion) as page:
        loading(page, portal)
        assert bool(page.evaluate("() => eyes.moving()")) == (motion == "no-preference")


@pytest.mark.parametrize("viewer", WHO)
def test_nothing_moves_for_those_who_ask_for_less_motion(
    driver: Browser, portal: Portal, viewer: str
) -> None:
    said: list[str] = []
    with window(driver, portal, viewer, viewport=PHONE, reduced_motion="reduce") as page:
        for site in opened(portal, viewer):
            visit(page, portal, site.path)
            unfold(page)
            said += [f"{site.path}: {each}" for each in page.evaluate("() => eyes.moving()")]
    assert not said, "\n".join(said)


@pytest.mark.parametrize("viewer", WHO)
def test_forced_colours_keep_every_line(driver: Browser, portal: Portal, viewer: str) -> None:
    said: list[str] = []
    with window(driver, portal, viewer, forced_colors="active", reduced_motion="reduce") as page:
        for site in opened(portal, viewer):
            visit(page, portal, site.path)
            unfold(page)
            for size in (PHONE, DESK):
                page.set_viewport_size(size)  # type: ignore[arg-type]
                found = page.evaluate("() => eyes.bare()")
                said += [f"{site.path} {size['width']}: {each}" for each in found]
    assert not said, "\n".join(said)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("viewer", WHO)
def test_more_contrast_draws_darker_lines(driver: Browser, portal: Portal, viewer: str, theme: str) -> None:
    said: list[str] = []
    wishes = {"contrast": "more", "color_scheme": theme, "reduced_motion": "reduce"}
    with window(driver, portal, viewer, viewport=PHONE, **wishes) as page:
        for site in opened(portal, viewer):
            visit(page, portal, site.path)
            unfold(page)
            said += [f"{site.path}: {each}" for each in page.evaluate("() => eyes.faint(3)")]
    assert not said, "\n".join(said)
