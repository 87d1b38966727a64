"""axe finds nothing: on every page, in both languages and themes, on the phone and at the desk."""

from __future__ import annotations

import json
from pathlib import Path

import axe_playwright_python
import pytest
from playwright.sync_api import Browser, Page, expect

from pcc_portal import reflex_internals, routes
from pcc_portal.language import LOCALES, localized
from tests.browser.people import DESK, PHONE
from tests.browser.sites import SITES, WHO, opened, unfold, visit, window
from tests.browser.test_errors import FORM, names_in, refuse, send
from tests.servers import Portal

pytestmark = pytest.mark.browser

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8")
BUILT = reflex_internals.ROOT / ".web" / "build" / "client"
# The first answers at the sign-in page's address, the second is for those who build pages.
SHOWN_ELSEWHERE = {localized(routes.SIGN_IN_SAMPLE, locale) for locale in LOCALES} | {routes.KIT}
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def complaints(page: Page) -> list[str]:
    """What axe says against the page as it is, one line an element."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE)
    found = page.evaluate(
        "tags => axe.run({runOnly: tags, resultTypes: ['violations']}).then(r => r.violations)", TAGS
    )
    return [
        f"{rule['id']}: {json.dumps(node['target'])} {node['html'][:160]} {node['failureSummary'][:300]}"
        for rule in found
        for node in rule["nodes"]
    ]


def everywhere(page: Page, where: str) -> list[str]:
    """The complaints in both themes and widths."""
    said: list[str] = []
    for size in (PHONE, DESK):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        for theme in ("light", "dark"):
            page.emulate_media(color_scheme=theme)
            said += [f"{where} {size['width']} {theme}: {each}" for each in complaints(page)]
    return said


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("viewer", WHO)
def test_no_page_has_a_complaint(driver: Browser, portal: Portal, viewer: str, locale: str) -> None:
    said: list[str] = []
    with window(driver, portal, viewer, bypass_csp=True, reduced_motion="reduce") as page:
        for site in opened(portal, viewer):
            visit(page, portal, site.path, locale)
            unfold(page)
            said += everywhere(page, f"{site.path} {locale}")
    assert not said, "\n".join(said)


@pytest.mark.parametrize("viewer", ["patient", "coordinator"])
def test_nor_with_the_help_open_and_with_errors_shown(driver: Browser, portal: Portal, viewer: str) -> None:
    said: list[str] = []
    with window(driver, portal, viewer, bypass_csp=True, reduced_motion="reduce") as page:
        for site in opened(portal, viewer):
            visit(page, portal, site.path)
            page.locator("[data-open-dialog]:visible").first.click()
            expect(page.get_by_role("dialog")).to_be_visible()
            said += everywhere(page, f"{site.path} help")
            page.keyboard.press("Escape")
            unfold(page)
            form = page.locator(FORM).first
            if form.count():
                refuse(page, {name: "Please look at it." for name in names_in(form)})
                send(form)
                expect(form.locator("[data-summary]")).to_be_focused()
                said += everywhere(page, f"{site.path} errors")
    assert not said, "\n".join(said)


@pytest.mark.parametrize(
    ("viewer", "path"), [("public", routes.SIGN_IN), ("patient", routes.MORE), ("coordinator", routes.INBOX)]
)
def test_the_statement_is_one_link_away(driver: Browser, portal: Portal, viewer: str, path: str) -> None:
    with window(driver, portal, viewer) as page:
        visit(page, portal, path)
        page.get_by_role("link", name="Accessibility").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Accessibility")
        assert page.url.endswith(routes.ACCESSIBILITY)


def test_every_page_that_is_built_is_looked_at(built_frontend: None) -> None:
    """A page that no test of this folder opens is one nobody looked at."""
    built = {
        "/" + path.relative_to(BUILT).with_suffix("").as_posix().removesuffix("index").rstrip("/")
        for path in BUILT.rglob("*.html")
    } - {"/404", "/__spa-fallback"}
    listed = {localized(path, locale) for path in {site.path for site in SITES} for locale in LOCALES}
    assert built - listed - SHOWN_ELSEWHERE == set()
