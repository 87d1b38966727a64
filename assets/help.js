// First-use hints, the help of the page under "?", and what takes the focus when it appears.
(() => {
  "use strict";
  const put = (name) => { try { localStorage.setItem(`hint:${name}`, "done"); } catch { /* private mode: for this visit only */ } };
  const away = (name) => { try { return localStorage.getItem(`hint:${name}`) === "done"; } catch { return false; } };
  const gone = new Set();

  function look() {
    for (const hint of document.querySelectorAll("[data-hint][hidden]")) {
      const name = hint.dataset.hint;
      if (!gone.has(name) && !away(name)) hint.hidden = false;
    }
    for (const place of document.querySelectorAll("[data-focus-on-show]:not([data-seen])")) {
      place.dataset.seen = "true";
      // Whoever is typing elsewhere goes on typing.
      if (!document.activeElement?.matches("input, textarea, select")) place.focus();
    }
  }
  new MutationObserver(look).observe(document.documentElement, { childList: true, subtree: true });
  look();

  addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-hint-done]");
    if (!button) return;
    gone.add(button.dataset.hintDone);
    put(button.dataset.hintDone);
    button.closest("[data-hint]").hidden = true;
    document.getElementById("main")?.focus({ preventScroll: true });
  });
  addEventListener("keydown", (event) => {
    if (event.key !== "?" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest?.("input, textarea, select, dialog")) return;
    document.querySelector("[data-open-dialog=help]")?.click();
  });
})();
