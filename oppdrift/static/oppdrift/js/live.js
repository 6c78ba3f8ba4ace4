// A page that follows what happens elsewhere. The element with data-stream listens there; when the version is a new
// one, the page asks for its own piece of HTML, which obeys what this reader may see, and puts it in place.
//
// Without the stream (a proxy that forbids it, a network that is gone) the piece is asked for now and then, and what
// counts goes on by itself. A hidden tab closes its stream: a browser has few connections to one host.
"use strict";

const live = (() => {
  const root = document.querySelector("[data-stream]");
  const LOST = 20000; // ms without a word after which the line is thought to be gone; the server speaks each 15 s
  const AGAIN = 3000;
  const guesses = [];
  let source = null;
  let heardAt = performance.now();
  let wanted = null;
  let fetching = false;
  let seldom = 0;

  // What the server's clock shows, reckoned by a clock that nobody sets: the device's own may be wrong, or be moved.
  // Of the last messages the one that was quickest on its way is nearest to the truth.
  function hear(now) {
    heardAt = performance.now();
    guesses.push(now - heardAt);
    if (guesses.length > 8) guesses.shift();
  }

  function now() {
    return Math.max(...guesses) + performance.now();
  }

  const shown = () => root.querySelector("[data-version]");

  function open() {
    if (source || document.hidden) return;
    guesses.splice(0, guesses.length - 1); // what was reckoned before a sleep is not to be trusted
    source = new EventSource(root.dataset.stream);
    source.addEventListener("ping", (event) => hear(JSON.parse(event.data).now));
    source.addEventListener("state", (event) => {
      const state = JSON.parse(event.data);
      hear(state.now);
      tellLine(true);
      root.dispatchEvent(new CustomEvent("live:state", { detail: state }));
      if (isNew(state)) want(state.version);
    });
    source.addEventListener("error", () => {
      if (source?.readyState !== EventSource.CLOSED) return; // it comes back by itself
      close();
      setTimeout(open, AGAIN + Math.random() * AGAIN);
    });
  }

  function close() {
    source?.close();
    source = null;
  }

  function isNew(state) {
    const { version, votes } = shown().dataset;
    if (String(state.version) !== version) return true;
    if ("countsVotes" in root.dataset && String(state.votes) !== votes) slowly();
    return false;
  }

  // How many have answered: at most once a second, however fast they tap.
  function slowly() {
    seldom ||= setTimeout(() => {
      seldom = 0;
      want("votes");
    }, 1000);
  }

  function want(version) {
    wanted = version;
    if (!fetching) bring();
  }

  async function bring() {
    fetching = true;
    while (wanted !== null) {
      wanted = null;
      try {
        const at = root.dataset.page === "now" ? root.dataset.nowAt : location.href;
        const answer = await fetch(at, { headers: { "HX-Request": "true" }, cache: "no-store" });
        if (answer.ok) put(await answer.text());
      } catch {
        setTimeout(() => want("again"), AGAIN);
        break;
      }
    }
    fetching = false;
  }

  function put(html) {
    const event = new CustomEvent("live:put", { detail: { html }, cancelable: true });
    if (!root.dispatchEvent(event)) return; // the page does it in a way of its own
    const focused = root.contains(document.activeElement) ? document.activeElement.id : "";
    root.innerHTML = html;
    if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
    root.dispatchEvent(new CustomEvent("live:swapped"));
  }

  function tellLine(isThere) {
    for (const sign of document.querySelectorAll("[data-offline]")) sign.hidden = isThere;
  }

  if (root) {
    const stamped = root.querySelector("[data-now]");
    hear(stamped ? Number(stamped.dataset.now) : Date.now());
    open();
    document.addEventListener("visibilitychange", () => (document.hidden ? close() : open()));
    addEventListener("online", () => {
      close();
      open();
      want("online");
    });
    addEventListener("pagehide", close);
    addEventListener("pageshow", open);
    setInterval(() => {
      if (document.hidden || performance.now() - heardAt < LOST) return;
      tellLine(false);
      want("lost"); // the piece tells too, and where streams are forbidden this is all there is
    }, 5000);
  }

  return { root, now, hear, want };
})();
