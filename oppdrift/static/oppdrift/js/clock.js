// Clocks that count by themselves between two words from the server. Each is an element with data-clock: data-since is
// the moment it would have been started at without a pause, data-shown what a clock that stands shows; all in ms.
"use strict";

{
  const started = performance.now();

  function now(clock) {
    if (typeof live !== "undefined" && live.root) return live.now();
    clock.reckonedFrom ??= Number(clock.dataset.now) - (clock.isFirst ? started : performance.now());
    return clock.reckonedFrom + performance.now();
  }

  function passed(clock) {
    const { runs, since, shown } = clock.dataset;
    return Math.max(0, runs ? now(clock) - Number(since) : Number(shown));
  }

  function inDigits(ms, limit) {
    const left = limit - ms;
    const seconds = left > 0 ? Math.ceil(left / 1000) : Math.floor(-left / 1000);
    return `${left > -1000 ? "" : "+"}${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  }

  // Digits stand each in a box of its own, so that nothing jumps.
  function write(clock, text) {
    if (clock.written === text) return;
    clock.written = text;
    if (!("digits" in clock.dataset)) {
      clock.textContent = text;
      return;
    }
    const kinds = { ":": "colon", "+": "plus" };
    clock.replaceChildren(...[...text].map((sign) => {
      const box = document.createElement("span");
      box.className = kinds[sign] || "digit";
      box.textContent = sign;
      return box;
    }));
    clock.setAttribute("aria-label", text);
  }

  // The same curve as in pitching/curve.py.
  function height(share) {
    const eased = share < 0.5 ? 2 * share ** 2 : 1 - (2 - 2 * share) ** 2 / 2;
    return 969 - 188 * (0.55 * share + 0.45 * eased);
  }

  function moveBuoy(wall, ms, limit) {
    const line = wall.querySelector("[data-line]");
    if (!line) return;
    // Where it is in a second, since it takes a second to glide there.
    const glides = matchMedia("(prefers-reduced-motion: no-preference)").matches;
    const share = Math.min(1, (ms + (glides ? 1000 : 0)) / limit);
    const x = Math.min(1920 * share, 1860); // the buoy stays whole on the screen
    line.querySelector("[data-buoy]").style.transform = `translate(${x}px, ${height(share)}px)`;
    line.querySelector("[data-passed]").style.transform = `translate(${x - 1920}px, 0)`;
    line.querySelector("[data-to-come]").style.transform = `translate(${x}px, 0)`;
  }

  function tick() {
    for (const clock of document.querySelectorAll("[data-clock]")) {
      const limit = Number(clock.dataset.limit);
      const ms = passed(clock);
      const text = inDigits(ms, limit);
      const wall = clock.closest(".room");
      if (wall && clock.written !== text) {
        const runs = Boolean(clock.dataset.runs);
        if (runs) moveBuoy(wall, ms, limit);
        const left = limit - ms;
        const speaks = wall.dataset.phase === "pitching" || wall.dataset.phase === "questions";
        wall.classList.toggle("is-last", speaks && left >= 0 && left <= Number(clock.dataset.last));
        for (const words of wall.querySelectorAll("[data-while]")) words.hidden = (words.dataset.while === "over") !== left < 0;
      }
      write(clock, text);
    }
    for (const time of document.querySelectorAll("[data-time-of-day]")) {
      const local = new Date(live.now());
      const at = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: "Europe/Oslo" }).format(local);
      time.textContent = time.textContent.replace(/\d\d.\d\d/, (old) => at.replace(":", old[2]));
    }
  }

  for (const clock of document.querySelectorAll("[data-clock]")) clock.isFirst = true;
  tick();
  setInterval(tick, 100);
}
