// What the tests of sites.py can see on a page: what is cut off, where the focus is, what is too small.
window.eyes = (() => {
  "use strict";
  const up = function* (element) {
    for (let one = element; one && one !== document.body; one = one.parentElement) yield one;
  };
  const style = getComputedStyle;
  const shown = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  const nameOf = (element) =>
    (element.ariaLabel || element.innerText || element.title || element.name || element.id || element.tagName)
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
        const added = [...change.addedNodes].map((node) => node.textContent).join(" ") || (change.type === "attributes" ? "" : change.target.textContent);
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

  return { cut, focused, listen, heard, field, nameOf, pressed, shown };
})();
