// The desk: panes as wide as one wants them, and a list that does not jump when something comes in.
// Loaded by controls.js where there is a desk.
const $ = (selector, root = document) => root.querySelector(selector);
const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
const root = document.documentElement;

// ---- Widths: kept on this device (connection.js sets them before the first paint), and nothing else is ----
const KEY = "portal:panes", LEAST = 180, STEP = 16, FAR = 64, MIDDLE = 320;
const widths = () => { try { return JSON.parse(localStorage.getItem(KEY)) || {}; } catch { return {}; } };
const paneOf = (edge) => document.getElementById(edge.getAttribute("aria-controls"));
function mostOf(pane) {
  const others = $$(".pane.list, .pane.context").filter((one) => one !== pane).reduce((sum, one) => sum + one.offsetWidth, 0);
  return Math.max(LEAST, pane.parentElement.clientWidth - others - MIDDLE);
}
function setWidth(edge, wanted) {
  const pane = paneOf(edge), name = edge.dataset.edge, kept = widths();
  if (!pane) return;
  if (wanted === null) { delete kept[name]; root.style.removeProperty(`--${name}-width`); }
  else {
    kept[name] = Math.round(Math.min(Math.max(wanted, LEAST), mostOf(pane)));
    root.style.setProperty(`--${name}-width`, `${kept[name]}px`);
  }
  localStorage.setItem(KEY, JSON.stringify(kept));
  tellWidth(edge);
}
function tellWidth(edge) {
  const pane = paneOf(edge), whole = pane?.parentElement.clientWidth;
  if (!whole) return;
  const part = (width) => String(Math.round((100 * width) / whole));
  edge.setAttribute("aria-valuenow", part(pane.offsetWidth));
  edge.setAttribute("aria-valuemin", part(LEAST));
  edge.setAttribute("aria-valuemax", part(mostOf(pane)));
}
const edgeAt = (event) => event.target.closest?.("[data-edge]");
const wider = (edge) => (edge.dataset.edge === "list" ? 1 : -1); // which way the pane grows
addEventListener("pointerdown", (event) => {
  const edge = edgeAt(event);
  if (!edge || event.button > 0) return;
  const from = event.clientX, width = paneOf(edge).offsetWidth;
  const move = (now) => setWidth(edge, width + wider(edge) * (now.clientX - from));
  const end = () => { edge.removeEventListener("pointermove", move); delete edge.dataset.held; };
  edge.setPointerCapture(event.pointerId);
  edge.dataset.held = "true";
  edge.addEventListener("pointermove", move);
  for (const kind of ["pointerup", "pointercancel"]) edge.addEventListener(kind, end, { once: true });
  edge.focus({ preventScroll: true });
  event.preventDefault();
});
addEventListener("keydown", (event) => {
  const edge = edgeAt(event), step = event.shiftKey ? FAR : STEP;
  if (!edge || event.altKey || event.ctrlKey || event.metaKey) return;
  const now = paneOf(edge).offsetWidth, to = { ArrowRight: now + wider(edge) * step, ArrowLeft: now - wider(edge) * step, Home: LEAST, End: Infinity, Enter: null }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  setWidth(edge, to);
});
addEventListener("dblclick", (event) => { const edge = edgeAt(event); if (edge) setWidth(edge, null); });
addEventListener("resize", () => $$("[data-edge]").forEach(tellWidth));

// ---- What has the focus stays between a pane's head and its foot, however tall the text makes them ----
const ends = new ResizeObserver((seen) => {
  for (const { target } of seen) {
    const side = target.matches(".pane-head") ? "scrollPaddingBlockStart" : "scrollPaddingBlockEnd";
    if (target.parentElement) target.parentElement.style[side] = `${target.offsetHeight + 12}px`;
  }
});
const watched = new WeakSet();
new MutationObserver(() => {
  for (const end of $$(".pane-head, .pane-foot")) if (!watched.has(end)) { watched.add(end); ends.observe(end); }
}).observe(document.body, { childList: true, subtree: true });

// ---- The list holds still: the row one points at, works with or has open stays where it is ----
const tops = new Map(); // row → where it stood when last looked at
const news = new Set(); // what came in above of what is seen
let pointed = null, anew = true;
const listOf = () => $(".pane.list");
const rowsOf = (list) => $$(".inbox-row", list);
const topOf = (row) => row.getBoundingClientRect().top;
const ceiling = (list) => $(".pane-head", list).getBoundingClientRect().bottom;
const within = (list) => list.matches(":hover") || list.contains(document.activeElement);

function anchorOf(list) {
  const seen = [...tops.keys()].filter((row) => row.isConnected && list.contains(row)), top = list.getBoundingClientRect().top, bottom = top + list.clientHeight;
  const visible = seen.filter((row) => tops.get(row) >= top && tops.get(row) < bottom);
  const focused = document.activeElement?.closest?.(".inbox-row");
  return [pointed, focused, visible.find((row) => row.getAttribute("aria-current") === "true")].find((row) => row && seen.includes(row))
    ?? (within(list) || list.scrollTop > 0 ? visible.find((row) => tops.get(row) >= ceiling(list) - 1) : undefined);
}
function hold(list) {
  const body = $(".pane-body", list), row = anchorOf(list);
  if (!row) return;
  const off = () => Math.round(topOf(row) - tops.get(row));
  if (off()) list.scrollTop += off();
  if (off() > 0) { body.style.minHeight = `${body.offsetHeight + off()}px`; list.scrollTop += off(); } // a short list cannot scroll
  if (off() < 0) body.style.paddingTop = `${(parseFloat(body.style.paddingTop) || 0) - off()}px`; // nothing is above it
}
function look() {
  const list = listOf();
  if (!list) return;
  tops.clear();
  for (const row of rowsOf(list)) tops.set(row, topOf(row));
  for (const row of news) if (!tops.has(row) || tops.get(row) >= ceiling(list) - 1) news.delete(row);
  tell(list);
}
function tell(list) {
  const bar = $("[data-news]", list), words = bar?.querySelector("[data-news-words]");
  if (!words) return;
  const loud = [...news].find((row) => row.classList.contains("emergent"));
  const text = loud ? `${loud.querySelector(".tag.stop")?.textContent || ""}: ${loud.querySelector(".row-title").textContent}` : (news.size === 1 ? bar.dataset.one : bar.dataset.many).replace("{n}", news.size);
  bar.hidden = !news.size;
  bar.classList.toggle("stop", Boolean(loud));
  if (news.size && words.textContent !== text) words.textContent = text;
}
function changed() {
  const list = listOf(), rows = list ? rowsOf(list) : [];
  if (!list) return;
  const fresh = rows.filter((row) => !tops.has(row));
  if (anew || !tops.size) {
    if (anew && fresh.length) { list.scrollTop = 0; news.clear(); loosen(list); anew = false; }
  } else if (fresh.length || [...tops.keys()].some((row) => !row.isConnected) || rows.some((row) => topOf(row) !== tops.get(row))) {
    hold(list);
    for (const row of fresh) if (topOf(row) < ceiling(list) - 1) news.add(row);
  }
  look();
  for (const edge of $$("[data-edge]:not([aria-valuemax])")) tellWidth(edge);
}
function loosen(list) {
  const body = $(".pane-body", list);
  if (body) body.style.minHeight = body.style.paddingTop = "";
}
// Whoever has gone elsewhere gets the list as it is; nothing under the pointer moves by it.
function left() {
  const list = listOf();
  if (!list || within(list) || !$(".pane-body", list)?.getAttribute("style")) return;
  loosen(list);
  look();
}
new MutationObserver(changed).observe(document.body, { childList: true, subtree: true });
addEventListener("pointermove", (event) => { pointed = event.pointerType === "mouse" ? event.target.closest?.(".inbox-row") ?? null : null; }, { passive: true });
addEventListener("pointerout", (event) => { if (!event.relatedTarget?.closest?.(".pane.list")) setTimeout(left); }, { passive: true });
addEventListener("focusout", () => setTimeout(left));
addEventListener("scroll", (event) => { if (event.target.matches?.(".pane.list")) look(); }, { capture: true, passive: true });
addEventListener("resize", look);
addEventListener("click", (event) => {
  if (event.target.closest?.(".view, .loud, .list-foot button")) anew = true;
  if (event.target.closest?.("[data-news]")) {
    const list = listOf();
    list.scrollTop = 0;
    rowsOf(list)[0]?.focus({ preventScroll: true });
  }
}, true);
changed();
