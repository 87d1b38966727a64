"""The first load on a phone: processor four times slower, 150 ms away, 1.6 Mbit/s, nothing cached."""

from __future__ import annotations

import gzip
import re
import statistics
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, expect

from pcc_portal.reflex_internals import STATIC
from tests.bench.browser import chromium, signed_in
from tests.bench.site import Line, Site

LOADS = 5
NETWORK = {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 93_750}
WATCH = """(() => {
  const seen = window.__load = {};
  new PerformanceObserver((list) => { for (const entry of list.getEntries()) {
    if (entry.name === "first-contentful-paint") seen.paint = entry.startTime;
  }}).observe({type: "paint", buffered: true});
  new PerformanceObserver((list) => { seen.largest = list.getEntries().at(-1).startTime;
  }).observe({type: "largest-contentful-paint", buffered: true});
  const Original = window.WebSocket;
  window.WebSocket = class extends Original { constructor(...all) { super(...all);
    this.addEventListener("open", () => { seen.socket = seen.socket || performance.now(); }); } };
  const done = () => !document.querySelector(".skeleton") && document.querySelector("SELECTOR");
  new MutationObserver(() => { if (!seen.data && done()) seen.data = performance.now(); })
    .observe(document, {childList: true, subtree: true, attributes: true});
})();"""
PAGES = {"home of a patient": ("/", "h1"), "inbox": ("/inbox", ".inbox-rows > li")}


def run(site: Site) -> list[Line]:
    """First and largest paint, socket open, first data on screen: the median of five fresh profiles."""
    with chromium() as browser:
        if browser is None:
            return []
        lines: list[Line] = _sizes()
        for name, (path, selector) in PAGES.items():
            loads = [_load(browser, site, path, selector) for _ in range(LOADS)]
            on = f"{site.kind}, {name}, phone profile (CPU 4x, 150 ms, 1.6 Mbit/s), median of {LOADS}"
            for key, what in _NAMES.items():
                value = statistics.median(load.get(key, 0) for load in loads)
                unit = "kB" if key in {"script", "style"} else "ms"
                lines.append({"name": f"first load: {what}", "value": round(value), "unit": unit, "on": on})
        return lines


_NAMES = {
    "paint": "first paint", "largest": "largest paint", "socket": "websocket open",
    "data": "first data on screen", "script": "scripts on the wire", "style": "styles on the wire",
}  # fmt: skip


def _load(browser: Browser, site: Site, path: str, selector: str) -> dict[str, float]:
    person = site.clinic.coordinators[1] if path == "/inbox" else site.clinic.patients[1]["cookie"]
    page = signed_in(
        browser, site.portal.origin, person, viewport={"width": 390, "height": 844}, device_scale_factor=2
    )
    try:
        page.add_init_script(WATCH.replace("SELECTOR", selector))
        wire = _throttled(page)
        page.goto(f"{site.portal.origin}{path}", wait_until="commit")
        expect(page.locator(selector).first).to_be_visible(timeout=30_000)
        page.wait_for_timeout(2_500)
        return {**page.evaluate("window.__load"), **wire}
    finally:
        page.context.close()


def _throttled(page: Page) -> dict[str, float]:
    """Slow the page down; what it fetches is added up by kind, in kB on the wire."""
    tools = page.context.new_cdp_session(page)
    tools.send("Network.enable")
    tools.send("Network.emulateNetworkConditions", NETWORK)
    tools.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    kinds: dict[str, str] = {}
    wire = {"script": 0.0, "style": 0.0}

    def response(event: dict[str, Any]) -> None:
        kinds[event["requestId"]] = {"Script": "script", "Stylesheet": "style"}.get(event["type"], "")

    def finished(event: dict[str, Any]) -> None:
        if kind := kinds.get(event["requestId"]):
            wire[kind] += event["encodedDataLength"] / 1000

    tools.on("Network.responseReceived", response)
    tools.on("Network.loadingFinished", finished)
    return wire


def _sizes() -> list[Line]:
    """All that was built, compressed; and that no file of it knows Radix."""
    built = [path for path in STATIC.rglob("*") if path.suffix in {".js", ".css", ".html"}]
    guilty = [path.name for path in built if re.search(rb"radix", path.read_bytes(), re.IGNORECASE)]
    assert guilty == [], guilty
    on = "the built frontend, all pages in both languages"
    return [
        {"name": "built files that know Radix", "value": len(guilty), "unit": "files", "on": on},
        _size("scripts, compressed", built, ".js", on),
        _size("styles, compressed", built, ".css", on),
    ]


def _size(name: str, built: list[Path], suffix: str, on: str) -> Line:
    size = sum(len(gzip.compress(path.read_bytes(), 9)) for path in built if path.suffix == suffix)
    return {"name": name, "value": round(size / 1000), "unit": "kB", "on": on}
