// The desk by keyboard, and the queue in step with what happens.
const every = 5000;
const off = "segue-desk-keys-off";
const overlay = document.querySelector("[data-overlay]");
const switched = document.querySelector("[data-keys-on]");

const typing = (element) => element.matches("textarea, select, input:not([type=checkbox], [type=radio])");
const rows = () => [...document.querySelectorAll("#queue .row, .past a")];

function kept(change) {
  try {
    return change();
  } catch {
    return null;
  }
}

function step(by) {
  const all = rows();
  const at = all.indexOf(document.activeElement);
  all[at < 0 ? 0 : Math.max(0, Math.min(all.length - 1, at + by))]?.focus();
}

function firstField() {
  document.querySelector('.question input:not([type="hidden"]), .question textarea, .question button')?.focus();
}

function press(key) {
  if (key === "j") return step(1);
  if (key === "k") return step(-1);
  if (key === "a") return firstField();
  const found = [...document.querySelectorAll("[data-shortcut]")].find((each) => each.dataset.shortcut === key && !each.disabled);
  if (!found) return false;
  if (typing(found)) return found.focus();
  found.click();
  if (found.matches("summary")) found.parentElement.querySelector("select, input:not([type=hidden]), textarea")?.focus();
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || overlay?.open) return;
  if (event.key === "Escape" && typing(document.activeElement)) return document.activeElement.blur();
  if (event.key !== "?" && switched && !switched.checked) return;
  if (typing(document.activeElement)) return;
  if (event.key.length === 1 && press(event.key) !== false) event.preventDefault();
});

document.querySelector("[data-help]")?.addEventListener("click", () => overlay.showModal());

if (switched) {
  switched.checked = !kept(() => localStorage.getItem(off));
  switched.addEventListener("change", () => kept(() => (switched.checked ? localStorage.removeItem(off) : localStorage.setItem(off, "1"))));
}

function swap(fresh) {
  const here = document.getElementById("queue");
  if (here.dataset.stamp === fresh.dataset.stamp) {
    for (const row of fresh.querySelectorAll("[data-row]")) {
      const old = here.querySelector(`[data-row="${CSS.escape(row.dataset.row)}"]`);
      if (old && old.dataset.stamp !== row.dataset.stamp && !old.contains(document.activeElement)) old.replaceWith(row);
    }
    return;
  }
  const held = document.activeElement.closest?.("[data-row]")?.dataset.row;
  here.replaceWith(fresh);
  if (!held) return;
  const again = fresh.querySelector(`[data-row="${CSS.escape(held)}"] .row`) ?? fresh.querySelector(".row");
  again?.focus({ preventScroll: true });
}

async function refresh() {
  const answer = await fetch(location.pathname + location.search, { headers: { "X-Fragment": "queue" }, cache: "no-store" });
  if (answer.redirected || answer.status === 401) return location.reload();
  if (!answer.ok) throw new Error(String(answer.status));
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("queue");
  if (fresh) swap(fresh);
}

function lost(away) {
  const note = document.querySelector("[data-lost]");
  if (note) note.hidden = !away;
}

document.addEventListener("desk:queue", () => {
  if (document.getElementById("queue") && !document.hidden) refresh().then(() => lost(false), () => lost(true));
});

if (document.getElementById("queue")) {
  setInterval(() => {
    if (!document.hidden) refresh().then(() => lost(false), () => lost(true));
  }, every);
}
