"""Chromium, signed in to a served portal, with a stopwatch in the page (set before any script of its own)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, sync_playwright

from tests.servers import chromium_path

STOPWATCH = """(() => {
  let start = 0, before = "";
  const times = window.__clicks = [];
  const rows = () => document.querySelectorAll(".inbox-rows > li");
  const shown = (all) => Array.from(all).slice(0, 3).map((row) => row.textContent).join("|");
  document.addEventListener("click", (event) => {
    if (!event.target.closest("button")) return;
    before = shown(rows()); start = performance.now();
  }, true);
  new MutationObserver(() => {
    const all = rows();
    if (!start || all.length !== 50 || shown(all) === before) return;
    const begun = start, found = performance.now();
    start = 0;
    requestAnimationFrame(() => { const channel = new MessageChannel();
      channel.port1.onmessage = () => times.push([found - begun, performance.now() - begun]);
      channel.port2.postMessage(0); });
  }).observe(document, {childList: true, subtree: true, characterData: true});
})();"""


@contextmanager
def chromium() -> Iterator[Browser | None]:
    """A browser, or None where there is none."""
    program = chromium_path()
    if program is None:
        yield None
        return
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        try:
            yield browser
        finally:
            browser.close()


def signed_in(browser: Browser, origin: str, cookie: str, **options: object) -> Page:
    """A page of a fresh profile that holds somebody's session cookie."""
    context = browser.new_context(**options)  # type: ignore[arg-type]
    host = urlsplit(origin).hostname or ""
    context.add_cookies(
        [{"name": "sid", "value": cookie, "domain": host, "path": "/", "httpOnly": True, "sameSite": "Lax"}]
    )
    return context.new_page()
