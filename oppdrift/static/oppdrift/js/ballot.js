// A panel member's ballot: each tap is kept on the phone, sent at once, and kept until the server says it has it.
//
// What is not sent lies in the browser as {field: [value, revision]}, one entry for each team. The revision is the
// server's clock when it was tapped, and rises; so a tap may be sent twice, or late, and the newest stands. Where the
// link has been replaced, the taps wait for the new one to be opened on this phone.
"use strict";

{
  const PAUSE = 700; // ms after the last key in a text
  const SLOWEST = 15000; // ms between two tries
  const PREFIX = "oppdrift:ballot:";
  let lastRevision = 0;
  let timer = 0;
  let isSending = false;
  let wait = 1000;

  const store = {
    memory: {},
    all() {
      const found = { ...this.memory };
      try {
        for (const name of Object.keys(localStorage)) {
          if (name.startsWith(PREFIX)) found[name] = JSON.parse(localStorage.getItem(name));
        }
      } catch { /* a private window keeps nothing: then memory alone does */ }
      return found;
    },
    get(name) { return this.all()[name] || null; },
    put(name, entry) {
      const isEmpty = !Object.keys(entry.taps).length;
      if (isEmpty) delete this.memory[name];
      else this.memory[name] = entry;
      try {
        if (isEmpty) localStorage.removeItem(name);
        else localStorage.setItem(name, JSON.stringify(entry));
      } catch { /* as above */ }
    },
  };

  function client() {
    try {
      const known = localStorage.getItem("oppdrift:client");
      if (known) return known;
      const made = crypto.randomUUID?.() ?? String(Math.random()).slice(2);
      localStorage.setItem("oppdrift:client", made);
      return made;
    } catch {
      return (client.once ??= String(Math.random()).slice(2));
    }
  }

  const form = () => document.querySelector("form[data-ballot]");
  const strip = () => document.querySelector("[data-strip]");

  function revision() {
    lastRevision = Math.max(lastRevision + 1, Math.round(live.now()));
    return lastRevision;
  }

  function valueOf(control) {
    return control.type === "checkbox" ? (control.checked ? "on" : "") : control.value;
  }

  function tap(control) {
    const at = form();
    const name = at.dataset.keeps;
    const entry = store.get(name) || { to: at.dataset.ballot, taps: {} };
    entry.taps[control.name] = [valueOf(control), revision()];
    store.put(name, entry);
    say();
  }

  function count() {
    return Object.values(store.all()).reduce((n, entry) => n + Object.keys(entry.taps).length, 0);
  }

  // The strip tells the truth: what the server has said last, or that something lies here.
  function say(received) {
    const foot = strip();
    if (!foot) return;
    const head = foot.querySelector("[data-strip-head]");
    const words = foot.querySelector("[data-strip-words]");
    if (received) foot.received = received;
    foot.received ??= { head: head.textContent, words: words.textContent, is_empty: "empty" in foot.dataset };
    const unsent = count() > 0;
    const isGone = Object.values(store.all()).some((entry) => entry.isGone);
    const isLate = unsent && (isGone || wait > 1000 || !navigator.onLine);
    foot.toggleAttribute("data-unsent", isLate);
    foot.toggleAttribute("data-empty", !isLate && (unsent || Boolean(foot.received.is_empty)));
    foot.querySelector("[data-try]").hidden = !isLate;
    head.textContent = isLate ? foot.dataset.unsentHead : unsent ? foot.dataset.sending : foot.received.head;
    words.textContent = isLate ? foot.dataset[isGone ? "goneWords" : "unsentWords"] : unsent ? "" : foot.received.words;
  }

  async function send() {
    clearTimeout(timer);
    if (isSending) return;
    isSending = true;
    try {
      for (const [name, entry] of Object.entries(store.all())) if (!entry.isGone) await sendOne(name, entry);
      wait = 1000;
    } catch {
      wait = Math.min(SLOWEST, wait * 2);
      timer = setTimeout(send, wait);
    }
    isSending = false;
    say();
    // Tapped meanwhile.
    if (wait === 1000 && Object.values(store.all()).some((entry) => !entry.isGone)) timer = setTimeout(send, 50);
  }

  async function sendOne(name, entry) {
    const answer = await fetch(entry.to, {
      method: "POST", keepalive: true, redirect: "manual",
      headers: { "Content-Type": "application/json", Accept: "application/json" },
      body: JSON.stringify({ client: client(), taps: entry.taps }),
      signal: AbortSignal.timeout(10000),
    });
    const isOurs = (answer.headers.get("Content-Type") || "").startsWith("application/json");
    if (!isOurs && answer.status !== 404) throw new Error("no answer"); // a hotel's sign-in page, a proxy, a restart
    if (!isOurs) {
      store.put(name, { ...(store.get(name) || entry), isGone: true });
      return;
    }
    const news = await answer.json();
    const now = store.get(name) || { to: entry.to, taps: {} };
    for (const [field, [, at]] of Object.entries(entry.taps)) {
      if (now.taps[field] && now.taps[field][1] <= at) delete now.taps[field];
    }
    store.put(name, now);
    if (name !== form()?.dataset.keeps) return;
    say(news.refused === undefined ? news : { head: news.refused, words: "", is_empty: true });
  }

  // What was tapped behind an older link of the same person goes where this page's taps go.
  function readdress(at) {
    const mine = at.dataset.keeps.replace(/\d+$/, "");
    for (const [name, entry] of Object.entries(store.all())) {
      if (!entry.isGone || !name.startsWith(mine)) continue;
      const to = at.dataset.ballot.replace(/\d+(?=\/save\/$)/, name.slice(mine.length));
      if (to !== entry.to) store.put(name, { to, taps: entry.taps });
    }
  }

  // What lies here comes back into the form, so that it shows what was tapped.
  function fill() {
    const at = form();
    for (const part of document.querySelectorAll("[data-without-script]")) part.hidden = true;
    if (!at) return;
    readdress(at);
    const entry = store.get(at.dataset.keeps);
    for (const [field, [value, made]] of Object.entries(entry?.taps || {})) {
      lastRevision = Math.max(lastRevision, made);
      const control = at.elements[field];
      if (!control) continue;
      if (control.type === "checkbox") control.checked = Boolean(value);
      else control.value = value;
      control.closest?.("details")?.setAttribute("open", "");
    }
    say();
  }

  document.addEventListener("change", (event) => {
    if (!event.target.form?.matches("[data-ballot]")) return;
    tap(event.target);
    send();
  });
  document.addEventListener("input", (event) => {
    const control = event.target;
    if (!control.form?.matches("[data-ballot]") || !control.matches("textarea, input:not([type=radio], [type=checkbox])")) return;
    tap(control);
    clearTimeout(timer);
    timer = setTimeout(send, PAUSE);
  });
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-ballot]")) return;
    event.preventDefault();
    send();
  });
  document.addEventListener("click", (event) => event.target.closest("[data-try]") && send());
  addEventListener("online", send);

  // Whoever pitches now comes up by itself; but not under the fingers of somebody who writes.
  live.root.addEventListener("live:put", (event) => {
    const fresh = document.createElement("template");
    fresh.innerHTML = event.detail.html;
    const mine = live.root.querySelector("[data-pitch]");
    const theirs = fresh.content.querySelector("[data-pitch]");
    const writes = document.activeElement?.matches?.("textarea, input[type=text]") && mine?.contains(document.activeElement);
    const isSame = mine && theirs && mine.dataset.pitch === theirs.dataset.pitch && Boolean(form()) === Boolean(fresh.content.querySelector("form[data-ballot]"));
    if (!isSame && !writes) return;
    event.preventDefault();
    const body = live.root.querySelector("[data-version]");
    if (writes && !isSame) {
      document.activeElement.addEventListener("blur", () => setTimeout(() => live.want("now"), 300), { once: true });
      return;
    }
    body.dataset.version = fresh.content.querySelector("[data-version]").dataset.version;
    live.root.querySelector("[data-part=head]").replaceWith(fresh.content.querySelector("[data-part=head]"));
  });
  live.root.addEventListener("live:swapped", () => {
    scrollTo(0, 0);
    fill();
  });

  const here = () => !document.hidden && fetch(live.root.dataset.here, { method: "POST", keepalive: true }).catch(() => {});
  fill();
  send();
  here();
  setInterval(here, 20000);
  document.addEventListener("visibilitychange", here);
}
