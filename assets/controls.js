// Small kindnesses of single controls: files show what was picked, text areas grow and count,
// answers are shown to be checked, dialogs open.
(() => {
  "use strict";
  const make = (tag, props = {}, ...children) => {
    const element = Object.assign(document.createElement(tag), props);
    element.append(...children);
    return element;
  };

  // ---- Files: what was picked is shown, and kept with the form's draft as soon as it is picked ----
  const word = (name, fallback) => document.getElementById("announce")?.dataset[name] || fallback;
  const sizeOf = (bytes) => bytes < 1e6 ? `${Math.ceil(bytes / 1024)} KB` : `${(bytes / 1048576).toFixed(1)} MB`;
  const pictureOf = (file) => /^image\/(jpeg|png|webp|gif)$/.test(file.type) ? URL.createObjectURL(file) : "";
  const listOf = (input) => input.closest("[data-file-drop]")?.querySelector("[data-previews]");
  const slotOf = (input) => `/draft/${encodeURIComponent(input.form.dataset.draft)}/files/${input.name}`;
  const uploads = new Map(); // file → { input, request, row }, while it is on its way
  function choose(input, change) {
    const chosen = new DataTransfer();
    for (const file of change([...input.files])) chosen.items.add(file);
    input.files = chosen.files;
  }
  const hold = (input, file) => choose(input, (files) => [...files.filter((one) => one !== file), file]);
  const leave = (input, file) => choose(input, (files) => files.filter((one) => one !== file));
  function rowOf(name, size, picture, more, verb, press) {
    const button = make("button", { type: "button", className: "button quiet small" }, verb, make("span", { className: "sr-only", textContent: " " + name }));
    const row = make("div", { className: "preview" });
    if (picture) row.append(make("img", { src: picture, alt: "" }));
    row.append(make("span", { textContent: `${name} · ${sizeOf(size)}` }), ...more, button);
    button.onclick = () => { row.remove(); press(); };
    return row;
  }
  // Picked, and sent with the form itself.
  function pickedRow(input, file) {
    const row = rowOf(file.name, file.size, pictureOf(file), [], word("remove", "Remove"), () => { leave(input, file); input.focus(); });
    return Object.assign(row, { picked: file });
  }
  // Kept with the draft: the form sends its id.
  function keptRow(input, kept, picture = kept.is_image ? `/files/${kept.id}?inline=1` : "") {
    const id = make("input", { type: "hidden", name: "kept-" + input.name, value: kept.id });
    return rowOf(kept.name, kept.size, picture, [id], word("remove", "Remove"), () => {
      const body = new FormData();
      body.set("remove", kept.id);
      fetch(slotOf(input), { method: "POST", body, headers: { Accept: "application/json" } }).catch(() => {}); // else it goes within a day
      input.focus();
    });
  }
  function stop(file, stand) {
    const { input, request, row } = uploads.get(file);
    uploads.delete(file);
    request.abort();
    stand ? (hold(input, file), row.replaceWith(pickedRow(input, file))) : row.remove();
  }
  function upload(input, file) {
    const request = new XMLHttpRequest(), body = new FormData(), picture = pictureOf(file);
    const bar = make("progress", { max: 100, value: 0 });
    bar.setAttribute("aria-label", word("uploading", "Adding…"));
    const row = rowOf(file.name, file.size, picture, [bar], word("cancel", "Cancel"), () => { stop(file); leave(input, file); input.focus(); });
    uploads.set(file, { input, request, row });
    body.set("patient", input.form.elements.patient?.value || "");
    body.set("file", file);
    request.open("POST", slotOf(input));
    request.setRequestHeader("Accept", "application/json");
    request.upload.onprogress = (event) => { if (event.lengthComputable) bar.value = Math.round((100 * event.loaded) / event.total); };
    request.onload = () => {
      let answer = null;
      try { answer = JSON.parse(request.responseText); } catch { /* a page, not an answer */ }
      if (!uploads.has(file) || (request.status !== 422 && !answer?.id)) return request.onerror();
      uploads.delete(file);
      leave(input, file);
      if (answer.id) return row.replaceWith(keptRow(input, answer, picture));
      row.remove();
      tellFile(input, Object.values(answer.problems || {})[0] || answer.say);
    };
    request.onerror = () => { if (uploads.has(file)) stop(file, true); }; // not kept, but still picked
    request.send(body);
    return row;
  }
  addEventListener("portal:sending", (event) => { // what is not yet kept goes with the form
    for (const [file, { input }] of [...uploads]) if (input.form === event.target) stop(file, true);
  });
  document.addEventListener("portal:connection", (event) => {
    if (event.detail.lost) return;
    for (const input of document.querySelectorAll("form[data-draft]:not([data-busy]) input[type=file]"))
      for (const row of [...(listOf(input)?.children || [])]) if (row.picked) row.replaceWith(upload(input, row.picked));
  });
  addEventListener("portal:draft", (event) => {
    for (const [name, all] of Object.entries(event.detail || {})) {
      const input = event.target.querySelector(`input[type=file][name="${CSS.escape(name)}"]`), list = input && listOf(input);
      if (list && !list.children.length) list.append(...all.map((kept) => keptRow(input, kept)));
    }
  });
  function tellFile(input, sentence) {
    const error = input.form && input.form.querySelector(`[data-error-for="${CSS.escape(input.name)}"]`);
    if (error) { error.textContent = sentence; error.hidden = !sentence; }
    sentence ? input.setAttribute("aria-invalid", "true") : input.removeAttribute("aria-invalid");
    const aloud = error ? null : document.getElementById("announce");
    if (sentence && aloud) aloud.textContent = sentence;
  }
  function showFiles(input) {
    const list = listOf(input);
    if (!list) return;
    const accepted = input.accept.split(",").map((kind) => kind.trim().toLowerCase()).filter(Boolean);
    const fits = (file) => !accepted.length || accepted.some((kind) => kind.startsWith(".") ? file.name.toLowerCase().endsWith(kind) : kind.endsWith("/*") ? file.type.startsWith(kind.slice(0, -1)) : file.type === kind) || (!file.type && /\.hei[cf]$/i.test(file.name));
    const files = [...input.files], wrong = files.find((file) => !fits(file)), big = files.find((file) => file.size > Number(input.dataset.maxBytes || Infinity));
    const sentence = wrong ? input.dataset.wrongType : big ? input.dataset.tooBig : "";
    tellFile(input, sentence);
    const keep = input.form && "draft" in input.form.dataset, stay = keep && (input.multiple || sentence || !files.length);
    if (!stay) for (const [file, { input: owner }] of [...uploads]) if (owner === input) stop(file);
    const fresh = sentence ? [] : files.map((file) => keep ? upload(input, file) : pickedRow(input, file));
    if (sentence) input.value = "";
    for (const row of stay ? list.children : []) if (row.picked) hold(input, row.picked); // a new pick forgets the one before
    stay ? list.append(...fresh) : list.replaceChildren(...fresh);
  }
  for (const kind of ["dragover", "dragleave", "drop"]) addEventListener(kind, (event) => event.target.closest?.(".drop-target")?.classList.toggle("over", kind === "dragover"));
  addEventListener("change", (event) => { if (event.target.matches?.("input[type=file]")) showFiles(event.target); }, true);

  // ---- Text areas ----
  function grow(area) {
    if (CSS.supports("field-sizing", "content")) return; // the style sheet does it
    area.dataset.rows ||= area.rows;
    const lines = area.value.split("\n").reduce((sum, line) => sum + 1 + Math.floor(line.length / 45), 0);
    area.rows = Math.min(16, Math.max(area.dataset.rows, lines));
  }
  function count(area) {
    const place = document.querySelector(`[data-count-for="${CSS.escape(area.id)}"]`), left = area.maxLength - area.value.length;
    const words = (place?.dataset.words || "{n} characters left").replace("{n}", left);
    if (place) place.textContent = left <= Math.max(100, area.maxLength / 5) ? words : "";
  }
  function shape(control) {
    if (control.matches?.("textarea[data-grow]")) grow(control);
    if (control.matches?.("[data-counter]")) count(control);
  }
  addEventListener("input", (event) => shape(event.target), true);
  addEventListener("reset", (event) => setTimeout(() => {
    for (const control of event.target.elements) shape(control);
    for (const list of event.target.querySelectorAll("[data-previews]")) list.replaceChildren();
  }), true);
  addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.metaKey || event.ctrlKey) && event.target.matches?.("textarea")) event.target.form?.requestSubmit();
  });

  // ---- Check your answers ----
  function answerOf(form, name) {
    const answers = [...form.elements].filter((c) => c.name === name).map((c) => {
      if (c.type === "checkbox" || c.type === "radio") return c.checked ? (c.closest("label")?.querySelector(".choice-label")?.textContent ?? c.value) : "";
      if (c.type === "file") return [...(listOf(c)?.querySelectorAll(".preview > span") || [])].map((one) => one.textContent).join(", ");
      if (c.tagName === "SELECT") return c.value ? c.selectedOptions[0].textContent : "";
      if (c.type === "date" && c.value) return new Date(c.value + "T12:00").toLocaleDateString(document.documentElement.lang || undefined, { dateStyle: "full" });
      return c.type === "password" ? "" : c.value.trim();
    });
    return answers.filter(Boolean).join(", ");
  }
  function fillAnswers(form, check) {
    const list = check.querySelector("[data-answers]");
    if (!list) return;
    const rows = [...form.querySelectorAll("fieldset.step")].flatMap((step, at) => [...step.querySelectorAll("[data-field]")].filter((field) => !field.previousElementSibling?.closest("[data-answer-group]")).map((one) => {
      const field = one.closest("[data-answer-group]") || one; // several fields, one answer
      const label = field.querySelector("[data-label]")?.textContent || one.dataset.field;
      const names = [...new Set([...field.querySelectorAll("[name]")].filter((c) => c.type !== "hidden").map((c) => c.name))];
      const value = names.map((name) => answerOf(form, name)).filter(Boolean).join(", ");
      const change = make("button", { type: "button", className: "button quiet small answer-change" }, list.dataset.change || "Change", make("span", { className: "sr-only", textContent: " " + label }));
      change.dataset.changeStep = at;
      change.dataset.changeName = names[0] || "";
      return make("div", {}, make("dt", { textContent: label }), make("dd", { className: "as-typed", textContent: value || list.dataset.none || "—" }), change);
    }));
    list.replaceChildren(...rows);
  }
  addEventListener("portal:check", (event) => fillAnswers(event.target.form, event.target));

  // ---- What the address says: where to go on after sign-in, and what went wrong before ----
  const blamed = new WeakSet();
  function heed() {
    const query = new URLSearchParams(location.search);
    for (const input of document.querySelectorAll("input[data-from-query]")) input.value ||= query.get(input.dataset.fromQuery) || "";
    for (const place of document.querySelectorAll("[data-problem]")) {
      const shown = query.get("problem") === place.dataset.problem;
      if (place.toggleAttribute("data-shown", shown) && !blamed.has(place)) blame(place);
    }
  }
  function blame(place) {
    blamed.add(place);
    place.focus();
    if (!("wrong" in place.dataset)) return;
    const error = document.getElementById("announce")?.dataset.error || "Error:";
    if (!document.title.startsWith(error)) document.title = `${error} ${document.title}`;
    for (const name of place.dataset.wrong.split(" ")) {
      const field = name && document.getElementById(name);
      if (field) { field.setAttribute("aria-invalid", "true"); field.setAttribute("aria-describedby", place.id); }
    }
  }
  heed();
  let heeding = 0;
  new MutationObserver(() => { heeding ||= requestAnimationFrame(() => { heeding = 0; heed(); keepFocus(); arrive(); showEnd(); deskToo(); }); }).observe(document.documentElement, { childList: true, subtree: true });

  // ---- Focus stays where the work is: when the pressed button goes away, its group (or the page) has it ----
  let chain = [];
  addEventListener("focusin", (event) => {
    chain = [];
    for (let one = event.target; one instanceof Element; one = one.parentElement) chain.push(one);
  });
  function keepFocus() {
    if (document.activeElement !== document.body || !chain.length || chain[0].isConnected) return;
    const home = chain.find((one) => one.isConnected && (one.matches("[data-keep-focus]") || one.id === "main"));
    chain = [];
    const next = home?.matches("[data-keep-focus]") ? home.querySelector("button, a[href]") : null;
    (next || home)?.focus({ preventScroll: true });
  }

  // ---- A page that takes another's place has the focus: at its heading, or, on the way back, where it was left ----
  const address = () => location.pathname + location.search;
  const trail = [address()];
  let left = "", coming = false;
  for (const kind of ["keydown", "pointerdown"]) addEventListener(kind, () => { coming = false; }, true);
  function arrive() {
    const now = address();
    if (now !== trail.at(-1)) {
      left = now === trail.at(-2) ? trail.pop() : "";
      if (!left) trail.push(now);
      coming = true;
    }
    if (!coming) return; // whoever has gone on is left alone
    const wayIn = [...document.querySelectorAll("main a[href], main [data-url]")].find((one) => left && [one.getAttribute("href"), one.dataset.url].includes(left));
    const target = document.querySelector("main [data-arrival]") || wayIn || document.querySelector("main h1");
    if (!target || target === document.activeElement) return;
    if (!target.matches("a, button")) target.tabIndex = -1;
    target.focus({ preventScroll: !wayIn });
  }

  // ---- What the eye sees by itself is also said: the connection lost, and back ----
  function whisper(text) {
    const place = document.getElementById("heard");
    if (place && place.textContent !== text) place.textContent = text;
  }
  let lost = false;
  document.addEventListener("portal:connection", (event) => {
    const was = lost, words = document.getElementById("announce")?.dataset;
    lost = event.detail.lost;
    if (lost !== was) whisper(lost ? document.getElementById("connection")?.innerText.trim() : words?.connected || "");
  });

  // ---- A conversation opens at its newest message, and follows it as long as one is there ----
  const scrollerOf = (talk) => { const pane = talk.closest(".pane"); return pane && getComputedStyle(pane).overflowY !== "visible" ? pane : document.scrollingElement; };
  let shown = { talk: null, key: "", count: 0 };
  function endOf(talk) { // where to scroll to, so that the newest message stands above what covers the lower edge
    const last = talk.lastElementChild.getBoundingClientRect(), scroller = scrollerOf(talk), page = scroller === document.scrollingElement;
    const edge = page ? 0 : scroller.getBoundingClientRect().top, height = page ? innerHeight : scroller.clientHeight;
    const end = scroller.scrollTop + last.bottom - edge - height + Math.min(220, height / 3);
    return { end, start: Math.max(0, Math.min(end, scroller.scrollTop + last.top - edge - 80)) }; // a long one: from its beginning
  }
  const nearEnd = (talk) => scrollerOf(talk).scrollTop >= endOf(talk).end - 48;
  const toEnd = (talk) => { scrollerOf(talk).scrollTop = endOf(talk).start; };
  function showEnd() {
    const talk = document.querySelector(".conversation:has(> li)"), more = document.querySelector("[data-newest]");
    if (!talk) { shown = { talk: null, key: "", count: 0 }; return; }
    const query = new URLSearchParams(location.search), key = query.get("task") || query.get("thread") || "", count = talk.children.length;
    const opened = talk !== shown.talk || key !== shown.key, grown = !opened && count > shown.count;
    if (opened || (grown && shown.near)) toEnd(talk);
    if (more && (opened || grown)) more.hidden = opened || shown.near;
    shown = { talk, key, count, near: nearEnd(talk) };
  }
  addEventListener("scroll", () => {
    if (!shown.talk?.isConnected || shown.talk.children.length !== shown.count) return;
    shown.near = nearEnd(shown.talk);
    const more = document.querySelector("[data-newest]");
    if (more && shown.near) more.hidden = true;
  }, { capture: true, passive: true });
  addEventListener("click", (event) => { if (event.target.closest?.("[data-newest]")) toEnd(shown.talk); });

  // ---- The desk has a script of its own ----
  let desk = false;
  function deskToo() {
    if (desk || !document.querySelector(".shell.desk")) return;
    desk = true;
    import("/desk.js").catch(() => { desk = false; });
  }
  deskToo();

  // ---- What is open is in the address, so that a reload or a lost connection finds it again ----
  addEventListener("click", (event) => {
    const url = event.target.closest?.("[data-url]")?.dataset.url;
    if (url) history.replaceState(history.state, "", url);
  }, true);

  // ---- Dialogs ----
  addEventListener("click", (event) => {
    const target = event.target.closest?.("[data-open-dialog], [data-close-dialog]");
    if (!target) return;
    if ("openDialog" in target.dataset) document.getElementById(target.dataset.openDialog)?.showModal();
    else target.closest("dialog")?.close();
  });
})();
