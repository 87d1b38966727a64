// Written into every page, before all other scripts: what its first picture depends on.
(() => {
  "use strict";
  const root = document.documentElement, seen = root.dataset;
  // What speaks every language (a page that is not there) shows that of its address, else of the browser.
  const spanish = /^\/es(\/|$)/.test(location.pathname);
  if (spanish) root.lang = "es";
  seen.reads = spanish || navigator.language.startsWith("es") ? "es" : "en";
  try {
    if (localStorage.getItem("face")) seen.face = "here"; // portal.js has fetched our typeface before
  } catch {
    // No storage for this page: the system's typeface, then.
  }
  if (/(^|; )acting=yes(;|$)/.test(document.cookie)) seen.acting = "yes"; // room for “Viewing as”
})();
