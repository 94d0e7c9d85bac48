// A tablet that nobody touches covers what is on it, and locks: whoever had it signs in to go on.
const form = document.querySelector("[data-lock]");
const cover = document.querySelector("[data-locked]");
const AFTER = Number(form.dataset.after) * 1000;
const LOOK = 5000;
let touched = Date.now();
let locking = false;

for (const kind of ["pointerdown", "keydown", "input", "wheel", "touchstart"]) addEventListener(kind, () => (touched = Date.now()), { passive: true, capture: true });

function kept() {
  return JSON.parse(localStorage.getItem("segue-store-kept") ?? "[]").some((entry) => !entry.refused);
}

// What was entered goes out first: without the associate's sign-in it can't.
async function lock() {
  locking = true;
  document.body.classList.add("covered");
  cover.hidden = false;
  cover.focus();
  try {
    if (navigator.onLine && !kept() && (await fetch("/healthz", { cache: "no-store" })).ok) return form.submit();
  } catch {
    // Covered all the same; it locks when the line is back.
  }
  setTimeout(lock, LOOK);
}

function look() {
  if (!locking && Date.now() - touched >= AFTER) lock();
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (!locking) lock();
});
setInterval(look, LOOK);
document.addEventListener("visibilitychange", look);
