// Makes the portal's forms kinder: sends without losing words, keeps drafts, asks one question at a time.
// Everything works without it. Contract with the server: docs/design-language.md, "The script".
(() => {
  "use strict";
  const STALL = 8000, BACKOFF = [2000, 4000, 8000], DRAFT_AFTER = 1500, DRAFT_LATEST = 10000;
  const $ = (selector, root = document) => root.querySelector(selector);
  const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
  const make = (tag, props = {}, ...children) => {
    const element = Object.assign(document.createElement(tag), props);
    element.append(...children);
    return element;
  };
  const memory = new WeakMap(); // form → what is under way
  const of = (form) => memory.get(form) ?? memory.set(form, { tries: 0, step: 0 }).get(form);
  const word = (form, name, fallback) => form.dataset[name] || $("#announce")?.dataset[name] || fallback;
  const controls = (form) => [...form.elements].filter((c) => c.name && c.type !== "submit" && c.type !== "button");
  const named = (form, name) => controls(form).filter((c) => c.name === name);
  const fields = (form, name) => named(form, name).length ? named(form, name) : $$(`[data-field="${CSS.escape(name)}"] :is(input, select, textarea)`, form);
  const typed = (form) => controls(form).filter((c) => c.type !== "hidden" && c.type !== "file");
  const isFile = (value) => value instanceof File;

  // The framework may still be taking over the page; changing its nodes before that makes it start anew.
  const framework = () => window.__reactRouterContext !== undefined;
  const settled = (element) => !framework() || Object.keys(element).some((key) => key.startsWith("__react"));

  // ---- Saying things ----
  // A `twin` is heard alone: the eye has it in the foot of the pane, at the same place.
  function announce(text, twin = false) {
    const place = $("#announce");
    if (!place || !text) return;
    place.toggleAttribute("data-twin", twin);
    place.textContent = "";
    clearTimeout(announce.timer);
    setTimeout(() => (place.textContent = text), 50);
    announce.timer = setTimeout(() => (place.textContent = ""), 8000);
  }
  function say(form, text, tone, ...more) {
    const place = $("[data-say]", form);
    if (!place) return announce(text);
    place.hidden = !text;
    place.dataset.tone = tone || "good";
    // What is good is announced besides: heard twice it would be noise.
    tone === "stop" || tone === "wait" ? place.setAttribute("role", "alert") : place.removeAttribute("role");
    place.replaceChildren(...(text ? [make("span", { textContent: text }), ...more] : []));
    if (text) place.scrollIntoView({ block: "nearest" });
  }
  function busy(form, on) {
    form.toggleAttribute("data-busy", on);
    on ? form.setAttribute("aria-busy", "true") : form.removeAttribute("aria-busy");
    for (const control of typed(form)) {
      if ("readOnly" in control && !control.dataset.locked && on && control.readOnly) control.dataset.locked = "true";
      if ("readOnly" in control && !control.dataset.locked) control.readOnly = on;
    }
    const label = $("[type=submit] .button-label", form) || $("[type=submit]", form);
    if (!label) return;
    const text = label.firstChild?.nodeType === 3 ? label.firstChild : label; // the framework keeps its own node
    if (on && !form.dataset.submitLabel) form.dataset.submitLabel = text.textContent;
    if (on) text.textContent = word(form, "sending", "Sending…");
    else if (form.dataset.submitLabel) { text.textContent = form.dataset.submitLabel; delete form.dataset.submitLabel; }
  }
  function clearProblems(form) {
    for (const slot of $$("[data-error-for]", form)) { slot.hidden = true; slot.textContent = ""; }
    for (const control of $$("[aria-invalid=true]", form)) { control.setAttribute("aria-invalid", "false"); describe(control, ""); }
    const summary = $("[data-summary]", form);
    if (summary) { summary.hidden = true; summary.replaceChildren(); }
    entitle("");
  }
  // The title says that there is an error while there is one.
  function entitle(words) {
    if (entitle.plain && document.title === entitle.said) document.title = entitle.plain;
    entitle.plain = words && document.title;
    entitle.said = words && (document.title = words + document.title);
  }
  function describe(control, id) {
    const kept = (control.getAttribute("aria-describedby") || "").split(" ").filter((one) => one && !one.endsWith("-error"));
    const ids = [...(id ? [id] : []), ...kept].join(" ");
    ids ? control.setAttribute("aria-describedby", ids) : control.removeAttribute("aria-describedby");
  }
  function showProblem(form, name, sentence) {
    const slot = $(`[data-error-for="${CSS.escape(name)}"]`, form);
    if (slot) { slot.textContent = sentence; slot.hidden = false; slot.id ||= `${name}-error`; }
    for (const control of fields(form, name)) {
      control.setAttribute("aria-invalid", "true");
      if (slot) describe(control, slot.id);
    }
  }
  function showProblems(form, problems, words) {
    clearProblems(form);
    const names = Object.keys(problems), steps = stepsOf(form);
    for (const name of names) showProblem(form, name, problems[name]);
    const at = steps.findIndex((step) => names.some((name) => fields(form, name).some((one) => step.contains(one))));
    if (at >= 0) showStep(form, at, { focus: false });
    const summary = $("[data-summary]", form);
    entitle(word(form, "error", "Error:") + " ");
    if (!summary) return fields(form, names[0])[0]?.focus();
    const items = names.map((name) => {
      const asked = problems[name] === word(form, "required") && $(`[data-field="${CSS.escape(name)}"] [data-label]`, form)?.textContent;
      const link = make("a", { href: `#${fields(form, name)[0]?.id || name}`, textContent: (asked ? asked.replace(/[?:]$/, "") + ": " : "") + problems[name] });
      link.dataset.goto = name;
      return make("li", {}, link);
    });
    // The focus moves here, which is what announces it: its name and its description are read, once.
    const id = (summary.id ||= `summary-${crypto.randomUUID().slice(0, 8)}`);
    summary.replaceChildren(make("p", { id: `${id}-title`, className: "h3", textContent: words || word(form, "summary", "There is something to fix") }), make("ul", { id: `${id}-list` }, ...items));
    for (const [name, value] of [["role", "group"], ["aria-labelledby", `${id}-title`], ["aria-describedby", `${id}-list`]]) summary.setAttribute(name, value);
    summary.hidden = false;
    summary.focus();
    summary.scrollIntoView({ block: "nearest" });
  }

  // ---- Sending ----
  function submissionOf(form) {
    let input = named(form, "submission")[0];
    if (!input) form.append((input = make("input", { type: "hidden", name: "submission" })));
    return (input.value ||= crypto.randomUUID()), input;
  }
  function start(form, submitter) {
    const state = of(form);
    if (state.request || state.waiting) return; // a second tap sends nothing
    clearProblems(form);
    say(form, "");
    submissionOf(form);
    form.dispatchEvent(new CustomEvent("portal:sending", { bubbles: true }));
    const missing = stepsOf(form).length ? {} : required(form);
    if (Object.keys(missing).length) return showProblems(form, missing);
    state.body = new FormData(form);
    if (submitter?.name) state.body.set(submitter.name, submitter.value);
    state.action = submitter?.getAttribute("formaction") || form.getAttribute("action");
    state.tries = 0;
    stopDraft(form);
    busy(form, true);
    send(form);
  }
  function send(form) {
    const state = of(form), request = new XMLHttpRequest();
    if (state.request) return;
    clearTimeout(state.waiting);
    state.waiting = 0;
    state.request = request;
    let stall;
    const alive = () => { clearTimeout(stall); stall = setTimeout(() => request.abort(), STALL); };
    const bar = [...state.body.values()].some((value) => isFile(value) && value.size) ? $("[data-upload]", form) : null;
    request.open("POST", state.action);
    request.setRequestHeader("Accept", "application/json");
    request.upload.onprogress = (event) => {
      alive();
      if (bar && event.lengthComputable) { bar.hidden = false; bar.value = Math.round((100 * event.loaded) / event.total); }
    };
    request.onprogress = alive;
    request.onloadend = () => {
      clearTimeout(stall);
      state.request = null;
      if (bar) bar.hidden = true;
      request.status ? answered(form, request) : later(form);
    };
    alive();
    request.send(state.body);
  }
  function later(form) {
    const state = of(form), wait = BACKOFF[Math.min(state.tries++, BACKOFF.length - 1)];
    state.waiting = setTimeout(() => send(form), wait);
    const now = make("button", { type: "button", className: "button secondary small", textContent: word(form, "tryNow", "Try now") });
    now.onclick = () => send(form);
    if (!$("[data-say] button", form)) say(form, word(form, "retrying", "Not sent yet. Your words are still here. Trying again…"), "wait", now);
  }
  function answered(form, request) {
    let answer = null;
    try { answer = JSON.parse(request.responseText); } catch { /* a page, not an answer */ }
    const status = request.status, good = status >= 200 && status < 300;
    if ([502, 503, 504].includes(status) && !answer?.say) return later(form); // a proxy speaking, not the portal
    busy(form, false);
    if (good && answer?.ok !== false) return succeeded(form, answer ?? { next: request.responseURL });
    if (status === 422 && answer?.problems) return say(form, ""), showProblems(form, answer.problems, answer.say);
    if (status === 401) {
      const href = answer?.sign_in || "/sign-in?next=" + encodeURIComponent(location.pathname + location.search);
      const link = make("a", { href, textContent: word(form, "signIn", "Sign in") });
      saveDraft(form, true);
      return say(form, word(form, "signedOut", "You were signed out. Sign in again; your words are kept."), "stop", link);
    }
    say(form, answer?.say || word(form, "problem", "Something went wrong on our side. Nothing was sent. Your words are still here."), "stop");
  }
  function succeeded(form, answer) {
    const state = of(form), text = answer.say || word(form, "sent", "Sent.");
    state.sent = true;
    stopDraft(form);
    const next = answer.next && new URL(answer.next, location.href);
    if (!form.isConnected) return announce(text);
    if (!("stay" in form.dataset) && next?.origin === location.origin) return location.assign(next);
    clearProblems(form);
    form.reset();
    submissionOf(form).value = ""; // the next words are another submission
    for (const control of controls(form)) delete control.dataset.touched;
    state.sent = false;
    const draftState = $("[data-draft-state]", form);
    if (draftState) draftState.textContent = "";
    if (stepsOf(form).length) showStep(form, 0, { focus: false });
    say(form, text, "good");
    announce(text, form.closest(".pane-foot") !== null);
    form.closest("dialog")?.close();
    form.dispatchEvent(new CustomEvent("portal:sent", { bubbles: true, detail: answer }));
  }
  addEventListener("submit", (event) => {
    const form = event.target, steps = form.matches?.("form[data-send]") && stepsOf(form);
    if (!steps) return;
    event.preventDefault();
    event.stopPropagation();
    of(form).step < steps.length - 1 ? goOn(form) : start(form, event.submitter);
  }, true);
  const sendWaiting = () => { for (const form of $$("form[data-busy]")) if (of(form).waiting) send(form); };
  addEventListener("online", sendWaiting);
  document.addEventListener("portal:connection", (event) => event.detail.lost || sendWaiting());

  // ---- Drafts ----
  const slot = (form) => "/draft/" + encodeURIComponent(form.dataset.draft);
  function stopDraft(form) {
    const state = of(form);
    for (const timer of [state.soon, state.latest]) clearTimeout(timer);
    state.soon = state.latest = 0;
  }
  function touched(form) {
    const state = of(form);
    clearTimeout(state.soon);
    state.soon = setTimeout(() => saveDraft(form), DRAFT_AFTER);
    state.latest ||= setTimeout(() => saveDraft(form), DRAFT_LATEST);
  }
  function saveDraft(form, now) {
    const state = of(form);
    if (!("draft" in form.dataset) || state.sent || (!now && !state.soon && !state.latest)) return;
    stopDraft(form);
    submissionOf(form);
    const body = new FormData(form);
    for (const [name, value] of [...body]) if (isFile(value)) body.delete(name);
    fetch(slot(form), { method: "POST", body, headers: { Accept: "application/json" }, keepalive: true }).then(
      (response) => {
        const place = $("[data-draft-state]", form);
        if (response.ok && place && !state.sent && !place.textContent) place.textContent = word(form, "draftSaved", "Draft saved");
      },
      () => { state.soon ||= setTimeout(() => saveDraft(form), DRAFT_LATEST); },
    );
  }
  async function restoreDraft(form) {
    const patient = named(form, "patient")[0]?.value || "";
    let fields = null, files = null;
    try {
      const response = await fetch(`${slot(form)}?patient=${encodeURIComponent(patient)}`, { headers: { Accept: "application/json" } });
      if (response.ok) ({ fields, files } = await response.json());
    } catch { /* without a draft the form is simply empty */ }
    form.dispatchEvent(new CustomEvent("portal:draft", { bubbles: true, detail: files }));
    if (fields && stepsOf(form).length && history.state?.portalStep) showStep(form, history.state.portalStep, { focus: false });
    // The same words in two tabs are one submission.
    if (fields?.submission && !controls(form).some((control) => control.dataset.touched)) submissionOf(form).value = fields.submission;
    for (const [name, value] of Object.entries(fields || {})) {
      const values = [value].flat().map(String);
      for (const control of named(form, name)) {
        if (control.type === "hidden" || control.type === "file") continue;
        const box = control.type === "checkbox" || control.type === "radio";
        if (control.dataset.touched || (box ? control.checked === values.includes(control.value) : control.value === values[0])) continue;
        if (box) control.checked = values.includes(control.value);
        else control.value = values[0];
        of(form).filling = true;
        control.dispatchEvent(new Event("input", { bubbles: true }));
        if (box || control.tagName === "SELECT") control.dispatchEvent(new Event("change", { bubbles: true }));
        of(form).filling = false;
      }
    }
  }
  addEventListener("pagehide", () => { for (const form of $$("form[data-draft]")) saveDraft(form); });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") for (const form of $$("form[data-draft]")) saveDraft(form);
  });

  // ---- One question at a time ----
  const stepsOf = (form) => ("steps" in form.dataset ? $$("fieldset.step", form) : []);
  function required(root) {
    const missing = {};
    for (const control of $$("[required], [data-required-say]", root)) {
      if (control.disabled || control.closest("[hidden]") !== root.closest("[hidden]")) continue;
      const group = named(control.form, control.name);
      const box = control.type === "checkbox" || control.type === "radio";
      // A file that was chosen before a reload is with the draft, and stands among the previews.
      const chosen = control.type === "file" && control.closest("[data-file-drop]")?.querySelector(".preview");
      const empty = box ? !group.some((one) => one.checked) : !chosen && !control.value.trim();
      const wrong = !empty && !box && !control.checkValidity() && control.validationMessage;
      if (empty) missing[control.name] ??= control.dataset.requiredSay || word(control.form, "required", "Please answer this question.");
      else if (wrong) missing[control.name] ??= wrong;
    }
    return missing;
  }
  function showStep(form, at, { focus = true } = {}) {
    const steps = stepsOf(form), last = steps.length - 1, state = of(form);
    at = Math.max(0, Math.min(at, last));
    state.step = at;
    form.dataset.stepping = String(at + 1);
    for (const [index, step] of steps.entries()) step.hidden = index !== at;
    for (const part of $$("[data-step-head], [data-step-foot]", form)) part.hidden = false;
    const next = $("[data-step-next]", form), back = $("[data-step-back]", form), count = $("[data-step-count]", form), bar = $("[data-step-bar]", form);
    if (next) next.hidden = at === last;
    if (back) back.hidden = at === 0;
    for (const submit of $$("[type=submit]", form)) submit.hidden = at !== last;
    if (count) count.textContent = (count.dataset.words || "Step {n} of {m}").replace("{n}", at + 1).replace("{m}", last + 1);
    if (bar) { bar.max = last + 1; bar.value = at + 1; }
    if ("check" in steps[at].dataset) steps[at].dispatchEvent(new CustomEvent("portal:check", { bubbles: true }));
    if (!focus) return;
    $("legend", steps[at])?.focus({ preventScroll: true });
    form.getBoundingClientRect().top < 0 && form.scrollIntoView({ block: "start" });
  }
  function remember(form, at) {
    const old = history.state || {}, key = crypto.randomUUID().slice(0, 8);
    history.pushState({ ...old, idx: (old.idx ?? 0) + 1, key, portalStep: at }, "", `${location.pathname}${location.search}#step-${at + 1}`);
  }
  function goOn(form) {
    const state = of(form), steps = stepsOf(form), missing = required(steps[state.step]);
    clearProblems(form);
    if (Object.keys(missing).length) return showProblems(form, missing);
    const to = state.change ? steps.length - 1 : state.step + 1;
    state.change = false;
    remember(form, to);
    showStep(form, to);
  }
  addEventListener("popstate", (event) => {
    const form = $("form[data-stepping]");
    if (!form || location.pathname + location.search !== of(form).page) return;
    event.stopImmediatePropagation(); // our own steps: the router has nothing to do
    showStep(form, event.state?.portalStep ?? 0);
  }, true);

  // ---- Typing, pressing ----
  addEventListener("input", (event) => {
    const control = event.target, form = control.form;
    if (!form || of(form).filling) return;
    control.dataset.touched = "true";
    for (const key of named(form, "submission")) key.value = ""; // other words are another submission
    if (control.getAttribute("aria-invalid") === "true") {
      for (const one of named(form, control.name)) { one.setAttribute("aria-invalid", "false"); describe(one, ""); }
      const slot = $(`[data-error-for="${CSS.escape(control.name)}"]`, form);
      if (slot) slot.hidden = true;
    }
    if ("draft" in form.dataset && control.type !== "file" && !of(form).request) touched(form);
  }, true);
  addEventListener("click", (event) => {
    const target = event.target.closest?.("[data-step-next], [data-step-back], [data-change-step], [data-goto]");
    if (!target) return;
    const form = target.form || target.closest("form"), data = target.dataset;
    if ("stepNext" in data) goOn(form);
    else if ("stepBack" in data) history.state?.portalStep === of(form).step ? history.back() : showStep(form, of(form).step - 1);
    else if ("changeStep" in data) {
      of(form).change = true;
      remember(form, Number(data.changeStep));
      showStep(form, Number(data.changeStep), { focus: false });
      named(form, data.changeName)[0]?.focus();
    } else if ("goto" in data) { event.preventDefault(); fields(form, data.goto)[0]?.focus(); }
  });

  // ---- Whatever appears ----
  function look() {
    let again = false;
    for (const form of $$("form[data-send], form[data-draft]")) {
      const state = of(form);
      if (state.seen) continue;
      if (!settled(form)) { again = true; continue; }
      state.seen = true;
      state.page = location.pathname + location.search;
      if (stepsOf(form).length) showStep(form, 0, { focus: false });
      if ("draft" in form.dataset) restoreDraft(form);
    }
    if (again) setTimeout(look, 100);
  }
  let looking = 0;
  new MutationObserver(() => { looking ||= requestAnimationFrame(() => { looking = 0; look(); }); }).observe(document.documentElement, { childList: true, subtree: true });
  look();

  // ---- Whoever comes, goes or changes the record begins with a tab of her own (connection.js looks whose it was) ----
  addEventListener("submit", (event) => {
    if (!/^\/session\/(start|end|act-as)$/.test(event.target.getAttribute("action"))) return;
    try { sessionStorage.removeItem("token"); } catch { /* no storage, no tab to keep */ }
  });

  // What she signed in with stays in no page that Back brings up again.
  addEventListener("pagehide", () => { for (const form of $$('form[action="/session/start"]')) form.reset(); });

  // ---- A page without the framework: Back to one that has it is a document to load ----
  const here = location.pathname;
  framework() || addEventListener("popstate", () => { if (location.pathname !== here) location.reload(); });

  // ---- The typeface: fetched when nothing else is waited for; the next page is set in it ----
  function fetchFace() {
    if ("face" in document.documentElement.dataset) return;
    const keep = (found) => found.length && localStorage.setItem("face", "here");
    document.fonts.load('1em "Atkinson Next"').then(keep).catch(() => {});
  }
  framework() ? document.addEventListener("portal:connection", fetchFace, { once: true }) : addEventListener("load", fetchFace);
})();
