// Small behaviours, each switched on by an attribute. Every page works without this file.
"use strict";

// data-counts-words="250": "31 of 250 words" under a long text, kept while typing.
function countWords(text) {
  return (text.match(/[\p{L}\p{N}][\p{L}\p{N}\p{M}'’\-.,:/]*/gu) || []).length;
}

function showCount(area) {
  const counter = document.getElementById(area.dataset.counter);
  if (!counter) return;
  const words = countWords(area.value);
  counter.textContent = counter.dataset.words.replace("{n}", words);
  counter.toggleAttribute("data-over", words > Number(area.dataset.countsWords));
}

document.addEventListener("input", (event) => {
  if (event.target.matches("[data-counts-words]")) showCount(event.target);
});

// data-submits: a choice that sends its form at once; the form's own button is for those without script.
document.addEventListener("change", (event) => {
  const control = event.target.closest("[data-submits]");
  if (control) control.form.requestSubmit();
});

// data-closes: an open <details> closes by Escape and by a press elsewhere.
function closeMenus(except, refocus) {
  for (const menu of document.querySelectorAll("details[data-closes][open]")) {
    if (menu.contains(except)) continue;
    if (refocus && menu.contains(document.activeElement)) menu.querySelector("summary").focus();
    menu.open = false;
  }
}

document.addEventListener("click", (event) => closeMenus(event.target, false));
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") closeMenus(null, true);
});

// data-prints: a button that prints the page.
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-prints]")) window.print();
});

// The summary of errors is read first: move to it when the page comes back with one.
function begin(root) {
  for (const area of root.querySelectorAll("[data-counts-words]")) showCount(area);
  for (const button of root.querySelectorAll("[data-needs-script]")) button.hidden = false;
  const summary = root.querySelector("[data-takes-focus]:not([data-was-read])");
  if (!summary) return;
  summary.setAttribute("data-was-read", "");
  summary.focus();
}

begin(document);
document.addEventListener("htmx:after:swap", () => begin(document));
