// What the tests of sites.py can see on a page: what is cut off, where the focus is, what is too small.
window.eyes = (() => {
  "use strict";
  const up = function* (element) {
    for (let one = element; one && one !== document.body; one = one.parentElement) yield one;
  };
  const style = getComputedStyle;
  const shown = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  const nameOf = (element) =>
    (element.ariaLabel || element.labels?.[0]?.innerText || element.innerText || element.title || element.name || element.id || element.tagName)
      .trim().replace(/\s+/g, " ").slice(0, 60);
  // A control whose own box is hidden is pressed on its label.
  const pressed = (element) => (element.matches("input") && element.closest("label")) || element;

  // Left out: words for screen readers only, what is scrolled by itself (a table), and what ends in "…" on
  // purpose, because the whole of it is one press away (the first words of a message in a list).
  function* words() {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode, own = node.parentElement;
      if (!node.textContent.trim() || !shown(own) || own.closest(".sr-only, .skip-link, script")) continue;
      const scrolls = [...up(own)].some((one) => style(one).textOverflow === "ellipsis" || /auto|scroll/.test(style(one).overflowX));
      if (!scrolls) yield node;
    }
  }

  function cut() {
    const said = new Set(), width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth > width) said.add("the page scrolls sideways");
    for (const node of words()) {
      const own = node.parentElement, text = node.textContent.trim().slice(0, 60), range = document.createRange();
      range.selectNodeContents(node);
      for (const box of range.getClientRects()) {
        const beyond = (edge) => box.left < edge.left - 1 || box.right > edge.right + 1;
        if (beyond({ left: 0, right: width })) said.add(`off the page: ${text}`);
        const button = own.closest("button, select");
        if (button && beyond(button.getBoundingClientRect())) said.add(`outside its button: ${text}`);
        for (const one of up(own)) {
          const edge = one.getBoundingClientRect();
          if (style(one).overflowX !== "visible" && beyond(edge)) said.add(`cut off: ${text}`);
          if (style(one).overflowY === "hidden" && box.bottom > edge.bottom + 2) said.add(`cut off below: ${text}`);
        }
      }
    }
    return [...said];
  }

  // The element with the focus: its name, whether any of it can be seen, what lies on it, and its ring.
  function focused() {
    const at = document.activeElement;
    if (!at || at === document.body) return null;
    const target = pressed(at), box = target.getBoundingClientRect(), name = nameOf(at);
    const top = Math.max(0, box.top), bottom = Math.min(innerHeight, box.bottom);
    const ring = [...new Set([at, target])].some((one) => style(one).outlineStyle !== "none" && parseFloat(style(one).outlineWidth) >= 2);
    let over = "nothing: it is off the screen";
    for (const y of [0.5, 0.1, 0.9]) {
      for (const x of [0.5, 0.1, 0.9]) {
        const hit = document.elementFromPoint(box.left + box.width * x, top + (bottom - top) * y);
        if (hit && bottom > top && (target.contains(hit) || hit.contains(target))) return { name, ring, seen: true };
        if (hit) over = hit.className || hit.tagName;
      }
    }
    return { name, ring, seen: false, over: String(over) };
  }

  // What a screen reader says by itself from now on: what is put into a live region, each time.
  let ear = [];
  const spoken = (node) => node.nodeType === 3 ? node.textContent : [...node.childNodes].map(spoken).join(" ");
  function listen() {
    ear = [];
    const region = (node) => (node.nodeType === 1 ? node : node.parentElement)?.closest("[role=alert], [role=status], [role=log], [aria-live]");
    const say = (place, text) => {
      const words = text.trim().replace(/\s+/g, " ");
      if (words && shown(place)) ear.push(`${place.role || place.getAttribute("role") || "live"}, ${words}`);
    };
    new MutationObserver((changes) => {
      const places = new Map();
      for (const change of changes) {
        const place = region(change.target);
        const added = [...change.addedNodes].map(spoken).join(" ") || (change.type === "attributes" ? "" : change.target.textContent);
        if (place && change.type !== "attributes") places.set(place, place.role === "log" ? added : place.textContent);
        // An alert that appears with its words in it is said too.
        if (change.type === "attributes" && change.target.matches("[role=alert]") && shown(change.target)) places.set(change.target, change.target.textContent);
        for (const node of change.addedNodes) if (node.nodeType === 1) for (const one of [node, ...node.querySelectorAll("[role=alert]")]) if (one.matches("[role=alert]")) places.set(one, one.textContent);
      }
      for (const [place, text] of places) say(place, text);
    }).observe(document.documentElement, { childList: true, characterData: true, attributes: true, attributeFilter: ["hidden", "role"], subtree: true });
  }
  const heard = () => ear.filter((one, n) => one !== ear[n - 1]);

  // The field with the focus: whether it is marked as wrong, what describes it, and the problem shown at it.
  function field() {
    const at = document.activeElement, ids = (at.getAttribute("aria-describedby") || "").split(" ").filter(Boolean);
    const words = ids.map((id) => document.getElementById(id)).filter((one) => one && shown(one));
    return {
      name: at.name, invalid: at.getAttribute("aria-invalid"), description: words.map((one) => one.textContent).join(" "),
      said: words.find((one) => one.dataset.errorFor !== undefined)?.textContent || "",
    };
  }

  const PRESSED = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']";
  const inside = (one) => ["inline", "inline-block"].includes(style(one).display) &&
    [...one.parentElement.childNodes].some((node) => node !== one && node.nodeType === 3 && node.textContent.trim().length > 2);
  // What one presses and is smaller than so many pixels. Links inside a sentence are as high as its line, and
  // a link for the keyboard alone is not there for a finger.
  function small(least) {
    const said = new Set();
    for (const one of document.querySelectorAll(PRESSED)) {
      const target = pressed(one), box = target.getBoundingClientRect();
      if (!shown(target) || target.closest(".sr-only, .skip-link, [inert]") || (one.matches("a") && inside(one))) continue;
      if (style(target).clipPath !== "none" || box.width === 0) continue;
      if (Math.round(box.width) < least || Math.round(box.height) < least) said.add(`${nameOf(one)}: ${Math.round(box.width)} x ${Math.round(box.height)}`);
    }
    return [...said];
  }

  // What moves: running animations and transitions, and styles that would start some.
  function moving() {
    const said = new Set(document.getAnimations().map((one) => `runs: ${one.animationName || one.transitionProperty}`));
    for (const one of document.querySelectorAll("body, body *")) {
      const now = style(one);
      if (now.animationName !== "none") said.add(`animation ${now.animationName} on ${one.className}`);
      if (now.transitionDuration.split(", ").some((time) => parseFloat(time) > 0.01)) said.add(`transition on ${one.className || one.tagName}`);
    }
    return [...said];
  }

  // In forced colours a thing is there by its line alone: what has none.
  function bare() {
    const line = (one) => {
      const now = style(one), drawn = (side) => now[`border${side}Style`] !== "none" && parseFloat(now[`border${side}Width`]) > 0;
      return ["Top", "Bottom"].every(drawn) || (now.outlineStyle !== "none" && parseFloat(now.outlineWidth) > 0);
    };
    const said = new Set();
    for (const one of document.querySelectorAll("button, input, select, textarea, article, dialog[open], [aria-current]")) {
      const target = pressed(one), text = style(one).textDecorationLine === "underline";
      if (!shown(target) || one.type === "hidden" || (one.matches("a, li") && one.ariaCurrent === "false")) continue;
      if (one.ariaCurrent === "false" || one.ariaPressed === "false") if (parseFloat(style(one).outlineWidth) && style(one).outlineStyle !== "none") said.add(`looks chosen: ${nameOf(one)}`);
      const rows = one.matches("li > *") && [...one.parentElement.parentElement.children].slice(1);
      if (rows && rows.length && rows.every((row) => parseFloat(style(row).borderTopWidth) > 0)) continue; // lines between
      if (!text && !line(target) && !line(one)) said.add(`${one.tagName} ${one.className}: ${nameOf(one)}`);
    }
    for (const one of document.querySelectorAll("svg")) {
      const ground = (element) => [...up(element), document.body].map((each) => style(each).backgroundColor).find((color) => color !== "rgba(0, 0, 0, 0)");
      if (shown(one) && style(one).stroke === ground(one)) said.add(`icon as dark as its ground: ${one.parentElement.className}`);
    }
    return [...said];
  }

  // The contrast of each thing's line against the ground around it, where it is less than so much.
  function faint(least) {
    const channel = (value) => ((value /= 255) <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
    const light = (color) => { const [r, g, b] = color.match(/[\d.]+/g).map(Number); return 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b); };
    const ground = (element) => [...up(element), document.body].map((each) => style(each).backgroundColor).find((color) => color !== "rgba(0, 0, 0, 0)") || "rgb(255, 255, 255)";
    const said = new Set();
    for (const one of document.querySelectorAll("article, input, select, textarea, .tag")) {
      const now = style(one);
      if (!shown(one) || one.type === "hidden" || parseFloat(now.opacity) === 0 || now.borderTopStyle === "none" || parseFloat(now.borderTopWidth) === 0) continue;
      const [a, b] = [light(now.borderTopColor), light(ground(one.parentElement))], ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
      if (ratio < least) said.add(`${one.tagName} ${one.className}: ${ratio.toFixed(1)}`);
    }
    return [...said];
  }

  return { small, moving, bare, faint, cut, focused, listen, heard, field, nameOf, pressed, shown };
})();
