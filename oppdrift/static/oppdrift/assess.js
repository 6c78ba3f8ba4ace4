// The assessor's page: the draft saves itself, the next criterion unfolds, the tabs of a phone keep their place.
//
// What the server does not have yet is kept in the browser, with the save it is based on (data-base). A handed-in
// assessment is not saved by itself; what is changed in it is kept all the same, until it is handed in.
"use strict";

{
  const form = document.querySelector("[data-saves-to]");
  const strip = document.getElementById("saved");
  const WAIT = 800; // ms after the last key
  let timer = 0;
  let sending = null;
  let changed = false;
  let failures = 0;
  let isKept = true;

  const say = (words, isOff) => {
    strip.hidden = false;
    strip.classList.toggle("is-off", isOff);
    strip.querySelector("span").textContent = words;
  };

  // Every field by its name, those without an answer too.
  const typed = () => {
    const values = {};
    for (const control of form.elements) if (control.name) values[control.name] = "";
    for (const [name, value] of new FormData(form)) values[name] = value;
    delete values.csrfmiddlewaretoken;
    delete values.version;
    return values;
  };
  let saved = form && !form.hasAttribute("data-unsaved") ? typed() : {};

  let isSent = false; // by the button, on the way now; a save still on the way is of no use then
  let stop = null;

  const keep = () => {
    const differs = ([name, value]) => value !== (saved[name] ?? null);
    const values = Object.fromEntries(Object.entries(typed()).filter(differs));
    const { keeps, base } = form.dataset;
    if (!Object.keys(values).length) return saving.forget(keeps);
    isKept = saving.keep(keeps, { version: form.elements.version.value, base, isSent, values });
    if (!form.dataset.savesTo && isKept) say(strip.dataset.kept, true);
  };

  // What never reached the server comes back. If the server has been given something newer meanwhile, only words do,
  // after what stands there; what was sent by the button then is that newer thing, and is thrown away.
  const bringBack = () => {
    const old = saving.kept(form.dataset.keeps);
    if (!old) return;
    const isNewest = old.base === form.dataset.base;
    if (old.isSent && !isNewest) return saving.forget(form.dataset.keeps);
    const fits = isNewest && old.version === form.elements.version.value;
    for (const [name, value] of Object.entries(old.values)) {
      const control = form.elements[name];
      if (!control) continue;
      if (control.type === "textarea") {
        if (fits) control.value = value;
        else if (!control.value.includes(value)) control.value = `${control.value}\n\n${value}`.trim();
        open(control);
      } else if (control.type === "checkbox") {
        if (fits || value) control.checked = Boolean(value); // else its words would be out of sight
      } else if (fits) {
        control.value = value; // the radio of this value
        if (value) open([...form.elements[name]][0]);
      }
    }
    changed = true;
    keep();
  };

  const open = (control) => {
    const card = control.closest("details");
    if (card) card.open = true;
  };

  const save = async () => {
    clearTimeout(timer);
    if (sending || !changed) return;
    changed = false;
    const sent = typed();
    const body = new FormData(form);
    body.delete("csrfmiddlewaretoken"); // the header has it
    stop = new AbortController();
    sending = fetch(form.dataset.savesTo, {
      method: "POST",
      body,
      headers: { Accept: "application/json", "X-CSRFToken": saving.token(form) },
      redirect: "manual",
      keepalive: true,
      signal: stop.signal,
    });
    try {
      const answer = await sending;
      if (answer.status === 403 || answer.status === 409) return say(strip.dataset.refused, true);
      if (!answer.ok) throw new Error(answer.type === "opaqueredirect" ? "signed out" : "failed");
      failures = 0;
      const news = await answer.json();
      saved = sent;
      form.dataset.base = news.base;
      keep();
      say(news.saved, false);
    } catch (error) {
      if (isSent) return;
      changed = true;
      failures += 1;
      say(error.message === "signed out" ? strip.dataset.signedOut : strip.dataset.notSaved, true);
      timer = setTimeout(save, Math.min(30000, 2000 * 2 ** failures));
    } finally {
      sending = null;
      if (changed && !failures) timer = setTimeout(save, WAIT);
    }
  };

  const soon = (wait) => {
    changed = true;
    clearTimeout(timer);
    timer = setTimeout(save, wait);
  };

  if (form) {
    form.addEventListener("input", (event) => event.target.name && keep());
    form.addEventListener("change", (event) => event.target.name && keep());
    form.addEventListener("submit", () => {
      isSent = true;
      keep();
      stop?.abort();
    });
    addEventListener("pageshow", () => (isSent = false));
    bringBack();
  }

  if (form && form.dataset.savesTo) {
    if (changed || form.hasAttribute("data-unsaved")) soon(0);
    form.addEventListener("input", (event) => event.target.name && soon(WAIT));
    form.addEventListener("change", (event) => event.target.name && soon(event.target.type === "radio" ? 50 : WAIT));
    form.addEventListener("submit", () => {
      clearTimeout(timer);
      changed = false;
    });
    addEventListener("online", save);
    document.addEventListener("visibilitychange", () => document.hidden && save());
    addEventListener("beforeunload", (event) => changed && failures && !isKept && event.preventDefault());
  }

  // How many criteria are left, and the next one opens.
  const left = document.getElementById("left");
  const count = () => {
    if (!left) return;
    const open = [...form.querySelectorAll(".taps")].filter((taps) => !taps.querySelector(":checked")).length;
    left.textContent = open === 0 ? "" : (open === 1 ? left.dataset.one : left.dataset.many.replace("{n}", open));
  };
  form?.addEventListener("change", (event) => {
    if (event.target.type !== "radio") return;
    count();
    const next = [...form.querySelectorAll("details.criterion")].find((one) => !one.querySelector(".tap :checked"));
    if (next) next.open = true;
  });

  if (form) count();

  // Tabs: each keeps how far it was scrolled.
  const places = {};
  const tabs = [...document.querySelectorAll(".split-tabs a")];
  const current = () => (form?.offsetParent || document.querySelector("#judging")?.offsetParent ? "#judging" : "#text");
  const mark = () => {
    for (const tab of tabs) {
      if (tab.getAttribute("href") === current()) tab.setAttribute("aria-current", "true");
      else tab.removeAttribute("aria-current");
    }
  };
  for (const tab of tabs) tab.addEventListener("click", () => (places[current()] = scrollY));
  addEventListener("hashchange", () => {
    mark();
    if (tabs.length && tabs[0].offsetParent && location.hash in places) {
      // After the browser's own jump to the target.
      setTimeout(() => scrollTo(0, places[location.hash]), 0);
    }
  });
  mark();
}
