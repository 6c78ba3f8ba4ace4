// What pages that save themselves share: what the browser keeps until the server has it, and the token of a form.
"use strict";

const saving = {
  // False where the browser may keep nothing (a private window, or full); then saving goes on without.
  keep(name, what) {
    try {
      localStorage.setItem(name, JSON.stringify(what));
      return true;
    } catch {
      return false;
    }
  },

  kept(name) {
    try { return JSON.parse(localStorage.getItem(name)); } catch { return null; }
  },

  forget(name) {
    try { localStorage.removeItem(name); } catch { /* as above */ }
  },

  // From the cookie: signing in again in another window has made a new one.
  token(form) {
    const cookie = document.cookie.split("; ").find((part) => part.startsWith("csrftoken="));
    return cookie ? cookie.slice("csrftoken=".length) : form.elements.csrfmiddlewaretoken.value;
  },
};
