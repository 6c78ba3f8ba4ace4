// The host's keyboard and presenter remote, and who is connected, looked at now and then.
"use strict";

{
  const QUIET = 800; // ms after a press in which another one is taken for the same
  const KEYS = { " ": "next", PageDown: "next", p: "pause", P: "pause", PageUp: "back" };
  let pressedAt = -QUIET;

  document.addEventListener("keydown", (event) => {
    const name = KEYS[event.key];
    if (!name || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    const inControl = event.target.closest("input, textarea, select, summary, a");
    const onButton = event.target.closest("button");
    if (inControl || (onButton && event.key === " ")) return;
    const button = document.querySelector(`[data-key="${name}"]`);
    if (!button) return;
    event.preventDefault();
    if (performance.now() - pressedAt < QUIET) return;
    pressedAt = performance.now();
    button.click();
  });

  document.addEventListener("htmx:after:swap", () => {
    for (const part of document.querySelectorAll("[data-needs-script]")) part.hidden = false;
    document.getElementById("big")?.focus({ preventScroll: true });
  });
  live.root.addEventListener("live:swapped", () => {
    for (const part of live.root.querySelectorAll("[data-needs-script]")) part.hidden = false;
  });
  // A form that is being filled in is not taken away.
  live.root.addEventListener("live:put", (event) => {
    if (live.root.querySelector("details[open] input:focus")) event.preventDefault();
  });
  setInterval(() => !document.hidden && live.want("who is there"), 10000);
}
