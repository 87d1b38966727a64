// Watches the live connection: says when it is lost, and mends it. Written into every page that has one, before
// the page's own scripts, which look for these hooks and take this WebSocket.
(() => {
  "use strict";
  // The server speaks every 4 s: a line on which nothing was heard for longer is dead, whatever the network says.
  // Each attempt gets a little longer than the one before, so that a slow network is not given up for dead.
  const SILENCE = 7000, ATTEMPT = 4000, LONGEST = 8000, FIRST = 5000, SLOW = 4000, GRACE = 1000;
  const root = document.documentElement;
  // The desk's panes have their widths before anything is painted (desk.js keeps them).
  try {
    for (const [name, width] of Object.entries(JSON.parse(localStorage.getItem("portal:panes")) || {}))
      if (/^(list|context)$/.test(name) && width > 0) root.style.setProperty(`--${name}-width`, `${Number(width)}px`);
  } catch { /* without it they are as wide as they are for everybody */ }
  const now = () => Date.now();
  let line = null, heard = now(), patience = ATTEMPT, lostAt = 0, timer = 0, leaving = false;

  const show = (lost) => {
    lostAt = lost ? lostAt || now() : 0;
    root.dataset.connection = lost ? "lost" : "live";
    const bar = document.getElementById("connection");
    if (bar) bar.hidden = !lost;
    document.dispatchEvent(new CustomEvent("portal:connection", { detail: { lost } }));
  };
  const loseSoon = () => { timer ||= setTimeout(() => !leaving && show(true), GRACE); };

  // A dead line answers nothing, not even its own end: its owner is told here, and starts anew.
  const drop = () => {
    const dead = line, opened = dead.readyState === WebSocket.OPEN;
    line = null;
    if (!opened) patience = Math.min(patience + 1000, LONGEST);
    opened ? dead.onclose?.(new CloseEvent("close", { code: 1006 })) : dead.onerror?.(new Event("error"));
    dead.onopen = dead.onmessage = dead.onclose = dead.onerror = null;
    dead.close();
  };
  const again = () => document.dispatchEvent(new Event("visibilitychange"));
  const look = () => {
    const silent = now() - heard;
    if (line && silent > (line.readyState === WebSocket.OPEN ? SILENCE : patience)) drop();
    if (root.dataset.connection === undefined && window.__reactRouterContext && silent > FIRST) show(true); // it never came up
    // Whoever gave up tries again when the page is looked at: so it is, as long as the line is lost.
    if (lostAt && !line) again();
  };
  // What is long in coming says so, and how to ask for it again.
  const slow = () => {
    for (const note of document.querySelectorAll("[data-slow]")) note.hidden = now() - (note.since ??= now()) < SLOW;
  };
  const wake = () => {
    if (line?.readyState === WebSocket.CONNECTING) { patience = ATTEMPT; drop(); }
    look();
  };

  window.WebSocket = class extends WebSocket {
    constructor(...all) {
      super(...all);
      line = this;
      heard = now();
      for (const kind of ["open", "message"]) this.addEventListener(kind, () => { if (line === this) heard = now(); });
      this.addEventListener("close", () => { if (line === this) line = null; });
    }
  };
  window.__reflex_otel = {
    onSocketConnect() {
      clearTimeout(timer);
      timer = 0;
      patience = ATTEMPT;
      show(false);
    },
    onSocketDisconnect: loseSoon,
  };
  setInterval(() => { look(); slow(); }, 500);
  addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-reconnect]");
    if (!button) return;
    button.disabled = true; // it has been heard; whatever comes of it says so within this time
    setTimeout(() => { button.disabled = false; }, 2000);
    if (line) drop();
    else again();
  });
  addEventListener("online", wake);
  document.addEventListener("visibilitychange", (event) => { if (event.isTrusted && document.visibilityState === "visible") look(); });
  document.addEventListener("resume", look);
  // Leaving the page closes the socket too: that is not a loss. A browser may keep the page as it is, for Back: it
  // shows nothing to whoever comes back after sign-out, which wipes the storage. Without a line nobody else would say so.
  const tabNow = () => { try { return sessionStorage.getItem("token"); } catch { return null; } };
  let tabThen = null;
  addEventListener("pagehide", (event) => {
    leaving = true;
    clearTimeout(timer);
    timer = 0;
    tabThen = tabNow();
    if (event.persisted) root.style.visibility = "hidden";
  });
  addEventListener("pageshow", (event) => {
    leaving = false;
    if (event.persisted && tabNow() !== tabThen) return location.reload();
    root.style.visibility = "";
  });

  // The line is opened while the scripts that speak through it are still on their way: they find it open.
  function openEarly() {
    let tab = sessionStorage.getItem("token");
    if (!tab) sessionStorage.setItem("token", (tab = crypto.randomUUID()));
    const address = `${location.origin.replace(/^http/, "ws")}/_event/?EIO=4&transport=websocket&token=${tab}`;
    const early = new WebSocket(address), said = [];
    let free = true;
    early.onopen = early.onmessage = early.onclose = early.onerror = (event) => {
      event.data === "2" ? early.send("3") : said.push(event); // "Are you there?" is answered at once
    };
    window.WebSocket = new Proxy(WebSocket, {
      construct(Kind, all) {
        const fits = free && early.readyState < 2 && String(all[0]).includes(tab);
        if (free && !fits) early.close();
        free = false;
        if (!fits) return new Kind(...all);
        queueMicrotask(() => said.forEach((event) => early[`on${event.type}`]?.(event)));
        return early;
      },
    });
  }
  if (window.crypto?.randomUUID && !document.hidden) openEarly();
})();
