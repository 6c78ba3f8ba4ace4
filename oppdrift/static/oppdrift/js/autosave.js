// Saves an application field by field while it is written in. The form works without this file.
//
// Each text is kept in the browser until the server has said that it has it; then the kept one is thrown away. The
// server is told which revision the text was based on, so that two who write in one field both keep their text.
"use strict";

(() => {
  const form = document.querySelector("form[data-autosave]");
  if (!form) return;

  const PAUSE = 1000; // ms after the last key
  const SLOWEST = 30000; // ms between tries while the network is gone
  const strip = document.querySelector("[data-strip]");
  const said = document.querySelector("[data-strip-said]");
  const begun = document.querySelector("[data-begun]");
  const savedWords = strip.querySelector("[data-saved-words]");
  const fields = [...document.querySelectorAll("[data-saves]")].map(begin);
  let wait = 2000;
  let retry = null;

  function begin(control) {
    const key = control.dataset.saves;
    const of = (name) => document.querySelector(`[name="${name}-${key}"]`);
    const box = control.closest("[data-question]");
    return {
      control, key, box, revision: of("revision"), was: of("was"), beside: box.querySelector("[data-beside]"),
      stored: `oppdrift:${form.dataset.keeps}:${key}`, saved: control.value, timer: null, busy: false,
    };
  }

  function keep(field) {
    const window = form.elements.window.value;
    saving.keep(field.stored, { text: field.control.value, revision: field.revision.value, window });
  }

  // What the strip says: one state at a time, the worst of all fields.
  function tell(state, words) {
    for (const part of strip.querySelectorAll("[data-state]")) part.hidden = part.dataset.state !== state;
    const shown = strip.querySelector(`[data-state="${state}"]`);
    if (state === "refused") shown.querySelector("[data-refusal]").textContent = words;
    if (state === "saved" && words) {
      shown.querySelector(".status").lastChild.textContent = `${savedWords.dataset.savedWords} ${words}`;
    }
    const trouble = state !== "saved";
    if (trouble !== strip.hasAttribute("data-trouble")) {
      strip.toggleAttribute("data-trouble", trouble);
      said.textContent = shown.textContent.trim();
    }
  }

  function send(field, options = {}) {
    const text = field.control.value;
    const body = new URLSearchParams({
      question: field.key, text, revision: field.revision.value, window: form.elements.window.value,
    });
    return fetch(form.dataset.autosave, {
      method: "POST", body, redirect: "manual",
      headers: { "X-CSRFToken": saving.token(form), Accept: "application/json" }, ...options,
    });
  }

  async function save(field) {
    clearTimeout(field.timer);
    if (field.busy || field.control.readOnly || field.control.value === field.saved) return;
    field.busy = true;
    const text = field.control.value;
    try {
      const response = await send(field);
      if (response.type === "opaqueredirect" || response.status === 401) return tell("signed-out");
      if (response.status === 409) return tell("refused", (await response.json()).refused);
      if (!response.ok) throw new Error(response.status);
      took(field, text, await response.json());
    } catch {
      tell("kept");
      tryLater();
    } finally {
      field.busy = false;
    }
    if (!field.control.readOnly && field.saved === text && field.control.value !== text) later(field);
  }

  function took(field, text, answer) {
    wait = 2000;
    field.saved = text;
    if (begun) begun.textContent = answer.begun;
    if (answer.beside) {
      if (field.control.value !== text) return void later(field, 0); // typed on meanwhile: that too lies beside
      field.beside.innerHTML = answer.beside;
      field.control.readOnly = true;
      saving.forget(field.stored);
      field.beside.querySelector("button")?.focus();
      return tell("saved");
    }
    field.revision.value = answer.revision;
    field.was.value = ""; // a form sent now is compared by revision
    if (field.control.value === text) saving.forget(field.stored);
    if (!fields.some((other) => other !== field && other.control.value !== other.saved)) tell("saved", answer.saved);
  }

  function later(field, pause = PAUSE) {
    clearTimeout(field.timer);
    field.timer = setTimeout(save, pause, field);
  }

  function tryLater() {
    clearTimeout(retry);
    retry = setTimeout(saveAll, wait);
    wait = Math.min(wait * 2, SLOWEST);
  }

  function saveAll() {
    for (const field of fields) save(field);
  }

  for (const field of fields) {
    field.control.addEventListener("input", () => {
      keep(field);
      later(field);
    });
    field.control.addEventListener("blur", () => save(field));
    if (field.beside.querySelector("[data-two-texts]")) {
      field.control.readOnly = true;
      saving.forget(field.stored);
      continue;
    }
    // A text that never reached the server comes back, based on what it was based on then.
    const old = saving.kept(field.stored);
    if (old && old.text !== field.control.value) {
      field.control.value = old.text;
      field.revision.value = old.revision;
      form.elements.window.value = old.window;
      field.control.dispatchEvent(new Event("input", { bubbles: true }));
    } else if (old) {
      saving.forget(field.stored);
    }
  }

  window.addEventListener("online", () => {
    wait = 2000;
    saveAll();
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") saveAll();
  });
  // Leaving with something unsaved: a last try that outlives the page; the browser keeps it in any case.
  let leaving = false;
  form.addEventListener("submit", () => { leaving = true; });
  window.addEventListener("pagehide", () => {
    if (leaving) return;
    for (const field of fields) {
      if (!field.control.readOnly && field.control.value !== field.saved) send(field, { keepalive: true }).catch(() => {});
    }
  });
  // What was in the browser is in the form that is being sent; where it lands, the page asks again what differs.

  // The good answer of the field in focus stands beside it on a desk.
  const beside = document.querySelector("[data-help-beside]");
  const helps = document.querySelectorAll("[data-help]");
  if (beside && helps.length) {
    document.querySelector(".writing-page").classList.add("shows-help-beside");
    const show = (box) => {
      const help = box.querySelector("[data-help]");
      beside.hidden = !help;
      if (!help) return;
      beside.querySelector("[data-help-question]").textContent = box.querySelector("label").firstChild.textContent.trim();
      beside.querySelector("[data-help-words]").innerHTML = help.querySelector("div").innerHTML;
    };
    document.addEventListener("focusin", (event) => {
      const box = event.target.closest("[data-question]");
      if (box) show(box);
    });
    show(document.querySelector("[data-question]"));
  }
})();
