"""How soon a page paints and shows its data on a throttled phone: the sample clinic in Chromium."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page

from pcc_portal.routes import INBOX
from pcc_portal.sample_people import PASSWORD
from tests.bench.browser import chromium
from tests.bench.site import Line, percentile
from tests.browser.people import PHONE, email_of
from tests.budgets import Budgets, budgets
from tests.servers import Portal

RUNS = int(os.environ.get("PCC_BENCH_RUNS", "7"))
SLOWER = 4
LINE = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1_600_000 / 8,
    "uploadThroughput": 750_000 / 8,
}
REST = 0.6
#: Runs before any script of the page, and does as little as it can: notes when nothing waits any more.
WATCH = """(() => {
  const look = () => {
    if (window.__data || document.readyState === "loading" || document.querySelector(".skeleton")) return;
    window.__data = performance.now();
  };
  new MutationObserver(look).observe(document, {childList: true, subtree: true});
  document.addEventListener("readystatechange", look);
})()"""
#: What the browser itself kept of the load; asked for at the end.
READ = """async () => {
  const name = (node) => !node ? "gone" : node.localName + [...node.classList].map((c) => "." + c).join("") +
    " “" + (node.textContent || "").trim().slice(0, 48) + "”";
  const kept = (type) => new Promise((resolve) => {
    const watcher = new PerformanceObserver((list) => resolve(list.getEntries()));
    watcher.observe({type, buffered: true});
    setTimeout(() => resolve([]), 100);
  });
  const paints = await kept("paint"), largest = (await kept("largest-contentful-paint")).at(-1);
  const shifts = (await kept("layout-shift")).filter((shift) => !shift.hadRecentInput);
  const kb = {js: 0, css: 0};
  for (const file of performance.getEntriesByType("resource"))
    kb[file.name.split(".").at(-1)] += file.encodedBodySize / 1024;
  return {
    fcp: paints.find((paint) => paint.name === "first-contentful-paint").startTime,
    lcp: largest.startTime, lcp_element: name(largest.element), data: window.__data,
    cls: shifts.reduce((sum, shift) => sum + shift.value, 0),
    moved: shifts.flatMap((shift) => shift.sources.map((source) => name(source.node))),
    script_kb: kb.js, css_kb: kb.css,
    html_kb: performance.getEntriesByType("navigation")[0].encodedBodySize / 1024,
  };
}"""


def run() -> list[Line]:
    """Each page of the budget file that is a patient's or nobody's, cold and again, beside its budget."""
    with chromium() as browser:
        if browser is None:
            return [{"name": "paint", "value": None, "unit": "", "on": "no Chromium here"}]
        portal = Portal()
        try:
            portal.start()
            kept = budgets()
            return [
                line for path in kept.pages if path != INBOX for line in _page(browser, portal, path, kept)
            ]
        finally:
            portal.remove()


def _page(browser: Browser, portal: Portal, path: str, kept: Budgets) -> list[Line]:
    cold, again = [], []
    for _turn in range(RUNS):
        with _profile(browser, portal, path in kept.plain) as context:
            for found in (cold, again):
                page = context.new_page()
                found.append(_visit(page, portal.origin + path))
                page.close()
    return [_line(path, "cold", cold, kept), _line(path, "again", again, kept)]


@contextmanager
def _profile(browser: Browser, portal: Portal, nobody: bool) -> Iterator[BrowserContext]:
    """A browser that was never here before; the patient is signed in without having seen a page."""
    context = browser.new_context(viewport=PHONE, base_url=portal.origin, device_scale_factor=2)
    context.add_init_script(WATCH)
    if not nobody:
        form = {"email": email_of("patient"), "password": PASSWORD}
        answer = context.request.post(
            "/session/start", form=form, headers={"Origin": portal.origin}, max_redirects=0
        )
        assert answer.status == 303, answer.status
    try:
        yield context
    finally:
        context.close()


def _visit(page: Page, address: str) -> dict[str, Any]:
    """One load, slowed down, watched until the data is there and a moment longer."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", LINE)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.goto(address, wait_until="commit")
    deadline = time.monotonic() + 20
    while not page.evaluate("() => window.__data"):
        if time.monotonic() > deadline:
            raise RuntimeError(f"{address} never showed its data")
        time.sleep(0.05)
    time.sleep(REST)
    found: dict[str, Any] = page.evaluate(READ)
    return found


def _line(path: str, visit: str, found: list[dict[str, Any]], kept: Budgets) -> Line:
    """The figures of one page; ``over`` names what is above its budget in the median."""
    line: Line = {"name": f"paint {path}", "visit": visit, "unit": "ms and kB", "samples": len(found)}
    for name in ("fcp", "lcp", "data", "cls"):
        values = [each[name] for each in found]
        places = 3 if name == "cls" else 0
        line[name] = round(percentile(values, 0.5), places)
        line[f"{name}_p95"] = round(percentile(values, 0.95), places)
    for name in ("script_kb", "css_kb", "html_kb"):
        line[name] = round(found[-1][name], 1)
    line["lcp_element"] = found[-1]["lcp_element"]
    line["moved"] = sorted({name for each in found for name in each.get("moved", [])})
    allowed = kept.time["plain" if path in kept.plain else "page"]
    if visit == "again":
        allowed = {"fcp": allowed["again_fcp"]}
    line["over"] = [f"{name} > {most}" for name, most in allowed.items() if line.get(name, 0) > most]
    line["on"] = f"processor /{SLOWER}, 150 ms, 1.6 Mbit/s, load {os.getloadavg()[0]:.1f}"
    return line
