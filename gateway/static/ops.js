// Keeps a page of ops in step: the server says that something moved, the parts that changed are swapped.
const waits = [1000, 2000, 5000, 10000];
const page = () => document.querySelector("[data-ops]");

const typed = "input, select, textarea";

// What had the focus, as a way to find it again in the new part.
function held(part) {
  const active = document.activeElement;
  if (!part.contains(active)) return "";
  const folded = active.matches("summary") && active.closest("details[id]");
  return folded ? `#${CSS.escape(folded.id)} > summary` : active.id ? `#${CSS.escape(active.id)}` : "";
}

function swap(fresh) {
  for (const piece of fresh.querySelectorAll("[data-part]")) {
    const old = page().querySelector(`[data-part="${piece.dataset.part}"]`);
    if (!old || old.dataset.stamp === piece.dataset.stamp) continue;
    if (old.contains(document.activeElement) && document.activeElement.matches(typed)) continue;
    const focus = held(old);
    for (const each of old.querySelectorAll("details[open][id]")) {
      const same = piece.querySelector(`#${CSS.escape(each.id)}`);
      if (same) same.open = true;
    }
    old.replaceWith(piece);
    if (focus) piece.querySelector(focus)?.focus({ preventScroll: true });
  }
}

async function refresh() {
  const answer = await fetch(location.href, { headers: { "X-Fragment": "ops" }, cache: "no-store" });
  if (answer.redirected || answer.status === 401) return location.reload();
  if (!answer.ok) throw new Error(String(answer.status));
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-ops]");
  if (fresh) swap(fresh);
}

function lost(away) {
  const note = document.querySelector("[data-lost]");
  if (note) note.hidden = !away;
}

function listen(tries = 0) {
  const source = new EventSource(page().dataset.live);
  let calm;
  source.addEventListener("moved", () => {
    tries = 0;
    clearTimeout(calm);
    calm = setTimeout(() => refresh().then(() => lost(false)).catch(() => lost(true)), 80);
  });
  source.addEventListener("over", () => location.reload());
  source.addEventListener("error", () => {
    source.close();
    if (tries > 1) lost(true);
    setTimeout(() => refresh().catch(() => {}).finally(() => listen(tries + 1)), waits[Math.min(tries, waits.length - 1)]);
  });
  addEventListener("pagehide", () => source.close(), { once: true });
}

// Where the places do not fit side by side, the one we are at is in sight.
document.querySelector(".places [aria-current]")?.scrollIntoView({ block: "nearest", inline: "nearest" });

if (page()?.dataset.live) listen();
