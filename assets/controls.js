// Small kindnesses of single controls: files show what was picked, text areas grow and count,
// answers are shown to be checked, dialogs open.
(() => {
  "use strict";
  const make = (tag, props = {}, ...children) => {
    const element = Object.assign(document.createElement(tag), props);
    element.append(...children);
    return element;
  };

  // ---- Files ----
  function showFiles(input) {
    const drop = input.closest("[data-file-drop]"), list = drop?.querySelector("[data-previews]");
    if (!list) return;
    const accepted = input.accept.split(",").map((kind) => kind.trim().toLowerCase()).filter(Boolean);
    const fits = (file) => !accepted.length || accepted.some((kind) => kind.startsWith(".") ? file.name.toLowerCase().endsWith(kind) : kind.endsWith("/*") ? file.type.startsWith(kind.slice(0, -1)) : file.type === kind) || (!file.type && /\.hei[cf]$/i.test(file.name));
    const files = [...input.files], wrong = files.find((file) => !fits(file)), big = files.find((file) => file.size > Number(input.dataset.maxBytes || Infinity));
    const sentence = wrong ? input.dataset.wrongType : big ? input.dataset.tooBig : "";
    const error = input.form && input.form.querySelector(`[data-error-for="${CSS.escape(input.name)}"]`);
    if (error) { error.textContent = sentence; error.hidden = !sentence; }
    sentence ? input.setAttribute("aria-invalid", "true") : input.removeAttribute("aria-invalid");
    const aloud = error ? null : document.getElementById("announce");
    if (sentence) input.value = "";
    if (sentence && aloud) aloud.textContent = sentence;
    list.replaceChildren(...[...input.files].map((file) => {
      const row = make("div", { className: "preview" });
      if (/^image\/(jpeg|png|webp|gif)$/.test(file.type)) {
        const url = URL.createObjectURL(file);
        row.append(make("img", { src: url, alt: "", onload: () => URL.revokeObjectURL(url) }));
      }
      const size = file.size < 1e6 ? `${Math.ceil(file.size / 1024)} KB` : `${(file.size / 1048576).toFixed(1)} MB`;
      const remove = make("button", { type: "button", className: "button quiet small" }, document.getElementById("announce")?.dataset.remove || "Remove", make("span", { className: "sr-only", textContent: " " + file.name }));
      remove.onclick = () => {
        const rest = new DataTransfer();
        for (const other of input.files) if (other !== file) rest.items.add(other);
        input.files = rest.files;
        showFiles(input);
        input.focus();
      };
      row.append(make("span", { textContent: `${file.name} · ${size}` }), remove);
      return row;
    }));
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
      if (c.type === "file") return [...c.files].map((file) => file.name).join(", ");
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
  function heed() {
    const query = new URLSearchParams(location.search);
    for (const input of document.querySelectorAll("input[data-from-query]")) input.value ||= query.get(input.dataset.fromQuery) || "";
    for (const place of document.querySelectorAll("[data-problem]")) place.toggleAttribute("data-shown", query.get("problem") === place.dataset.problem);
  }
  heed();
  let heeding = 0;
  new MutationObserver(() => { heeding ||= requestAnimationFrame(() => { heeding = 0; heed(); keepFocus(); showEnd(); }); }).observe(document.documentElement, { childList: true, subtree: true });

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

  // ---- A conversation on the desk shows its end ----
  let shown = "";
  function showEnd() {
    const pane = document.querySelector(".pane.talk"), last = pane?.querySelector(".conversation > li:last-child");
    const key = last ? `${location.search} ${pane.querySelectorAll(".conversation > li").length}` : "";
    if (key && key !== shown) pane.scrollTop = Math.max(0, last.offsetTop + last.offsetHeight - pane.clientHeight + 180);
    shown = key;
  }

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
