"""A click in the inbox, in a real browser: how long until the other fifty rows are in the document."""

from __future__ import annotations

import time

from playwright.sync_api import Page, expect

from pcc_portal.domain.task import View
from tests.bench.browser import STOPWATCH, chromium, signed_in
from tests.bench.site import Line, Site, spread

WARM_UP, CLICKS = 30, 240
TARGET = 35
_VIEWS = list(View)
NEXT, BACK = ".list-foot button >> nth=-1", ".list-foot button >> nth=0"
OPEN, UNASSIGNED = (f".views button >> nth={_VIEWS.index(view)}" for view in (View.ALL, View.UNASSIGNED))
BUTTONS = (NEXT, NEXT, BACK, UNASSIGNED, NEXT, OPEN)


def run(site: Site) -> list[Line]:
    """From the click event to the new rows (and to the frame that shows them), median and 95th percentile."""
    with chromium() as browser:
        if browser is None:
            return [{"name": "click to inbox page", "value": None, "unit": "ms", "on": "no Chromium here"}]
        size = {"width": 1440, "height": 900}
        page = signed_in(browser, site.portal.origin, site.clinic.coordinators[0], viewport=size)
        page.add_init_script(STOPWATCH)
        page.goto(f"{site.portal.origin}/inbox")
        expect(page.locator(".inbox-rows > li")).to_have_count(50, timeout=20_000)
        before = site.processor_seconds()
        times = [_click(page, number) for number in range(WARM_UP + CLICKS)][WARM_UP:]
        used = (site.processor_seconds() - before) / (WARM_UP + CLICKS)
    in_dom, painted = zip(*times, strict=True)
    return [
        *spread(
            "click to inbox page of 50 in the document", [t / 1000 for t in in_dom], site.on, target=TARGET
        ),
        *spread("click to inbox page of 50 painted", [t / 1000 for t in painted], site.on),
        {
            "name": "processor time of the server for a click in the inbox",
            "value": round(used * 1000, 1),
            "unit": "ms",
            "on": site.on,
        },
    ]


def _click(page: Page, number: int) -> tuple[float, float]:
    """One click, after the page has come to rest; both times in milliseconds."""
    before = page.evaluate("window.__clicks.length")
    name = BUTTONS[number % len(BUTTONS)]
    page.locator(name).click()
    deadline = time.monotonic() + 10
    while page.evaluate("window.__clicks.length") == before:
        if time.monotonic() > deadline:
            raise RuntimeError(f"nothing came of a click on {name}")
        time.sleep(0.02)
    time.sleep(0.03)
    first, second = page.evaluate("window.__clicks.at(-1)")
    return first, second
