// Lights what belongs together, and lets keys do what links and buttons do. Without it every page still works.
"use strict";

const KEYS_OFF = "orebook-keys-off";

function lit(element) {
  const holder = element instanceof Element && element.closest("[data-k]");
  return holder ? holder.dataset.k.split(" ") : [];
}

function light(keys) {
  document.querySelectorAll(".glow").forEach((other) => other.classList.remove("glow"));
  keys.forEach((key) =>
    document.querySelectorAll(`[data-k~="${CSS.escape(key)}"]`).forEach((one) => one.classList.add("glow"))
  );
}

function innermost(keys) {
  return keys.slice(-1);
}

for (const start of ["mouseover", "focusin"]) {
  document.addEventListener(start, (event) => light(innermost(lit(event.target))));
}

// A click on the sheet goes to what was read there; the row's own link leads back to the sheet.
document.addEventListener("click", (event) => {
  const mark = event.target.closest(".overlay [data-k], .paper.text [data-k]");
  if (mark) show(innermost(lit(mark))[0]);
  if (event.target.closest("[data-close]")) document.getElementById("proof").replaceChildren();
});

function show(key) {
  const found = document.querySelector(`.read [data-k="${CSS.escape(key)}"]`);
  if (!found) return;
  found.scrollIntoView({ block: "center", behavior: calm() ? "auto" : "smooth" });
  (found.matches("a") ? found : found.querySelector("a") || found).focus({ preventScroll: true });
}

function calm() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select")) return;
  if (localStorage.getItem(KEYS_OFF)) return;
  const key = event.key.toLowerCase();
  const named = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
  if (named) named.click();
  else if (key === "/") document.querySelector("[data-focus]")?.focus();
  else if (key === "j" || key === "k") step(key === "j" ? 1 : -1);
  else return;
  event.preventDefault();
});

function step(by) {
  const stops = [...document.querySelectorAll("[data-step]")];
  const at = stops.indexOf(document.activeElement);
  stops[Math.min(Math.max(at + by, 0), stops.length - 1)]?.focus();
}

// Single keys can be switched off: who speaks to the machine, or rests a hand on it, decides nothing by it.
for (const button of document.querySelectorAll("[data-keys-switch]")) {
  const tell = () => {
    const off = Boolean(localStorage.getItem(KEYS_OFF));
    button.textContent = off ? "Switch keys on" : "Switch keys off";
    button.setAttribute("aria-pressed", String(!off));
    document.body.classList.toggle("keys-off", off);
  };
  button.hidden = false;
  button.addEventListener("click", () => {
    if (localStorage.getItem(KEYS_OFF)) localStorage.removeItem(KEYS_OFF);
    else localStorage.setItem(KEYS_OFF, "1");
    tell();
  });
  tell();
}

// A form that was sent is not sent again by a second key.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("[data-decide]")) return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "1";
});
window.addEventListener("pageshow", () =>
  document.querySelectorAll("[data-sent]").forEach((form) => delete form.dataset.sent)
);
