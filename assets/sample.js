// The sign-in page of demo mode is kept under an address of its own. The router has to find it there while it
// takes the page over, or it draws a second one beside it; people see the address they know.
(() => {
  "use strict";
  const known = location.pathname;
  if (!known.endsWith("/sign-in")) return;
  const go = (path) => history.replaceState(history.state, "", path + location.search + location.hash);
  go(known + "/sample");
  const waiting = setInterval(() => {
    if (!Object.keys(document.getElementById("main") || {}).some((key) => key.startsWith("__react"))) return;
    clearInterval(waiting);
    go(known);
  }, 50);
})();
