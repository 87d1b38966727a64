// Watches the live connection. Loaded before the page's own scripts, which look for these hooks.
(() => {
  "use strict";
  const root = document.documentElement;
  let timer = 0;
  const show = (lost) => {
    root.dataset.connection = lost ? "lost" : "live";
    const bar = document.getElementById("connection");
    if (bar) bar.hidden = !lost;
    document.dispatchEvent(new CustomEvent("portal:connection", { detail: { lost } }));
  };
  window.__reflex_otel = {
    onSocketConnect() {
      clearTimeout(timer);
      timer = 0;
      show(false);
    },
    onSocketDisconnect() {
      if (!timer) timer = setTimeout(() => show(true), 1000);
    },
  };
  // Leaving the page closes the socket too: that is not a loss.
  addEventListener("pagehide", () => clearTimeout(timer));
})();
