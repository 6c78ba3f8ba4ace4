// The assessor's page: the draft saves itself, the next criterion unfolds, the tabs of a phone keep their place.
"use strict";

{
  const form = document.querySelector("[data-saves-to]");
  const strip = document.getElementById("saved");
  const WAIT = 800; // ms after the last key
  let timer = 0;
  let sending = null;
  let changed = false;
  let failures = 0;

  const say = (words, isOff) => {
    strip.classList.toggle("is-off", isOff);
    strip.querySelector("span").textContent = words;
  };

  const save = async () => {
    clearTimeout(timer);
    if (sending || !changed) return sending;
    changed = false;
    sending = fetch(form.dataset.savesTo, {
      method: "POST",
      body: new FormData(form),
      headers: { Accept: "application/json" },
      redirect: "manual",
      keepalive: true,
    });
    try {
      const answer = await sending;
      if (answer.status === 403 || answer.status === 409) return say(strip.dataset.refused, true);
      if (!answer.ok) throw new Error(answer.type === "opaqueredirect" ? "signed out" : "failed");
      failures = 0;
      say((await answer.json()).saved, false);
    } catch (error) {
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

  if (form && form.dataset.savesTo) {
    form.addEventListener("input", (event) => event.target.name && soon(WAIT));
    form.addEventListener("change", (event) => event.target.name && soon(event.target.type === "radio" ? 50 : WAIT));
    form.addEventListener("submit", () => {
      clearTimeout(timer);
      changed = false;
    });
    addEventListener("online", save);
    document.addEventListener("visibilitychange", () => document.hidden && save());
    addEventListener("beforeunload", (event) => changed && failures && event.preventDefault());
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
