// Keeps a case's page in step: whatever moved it, by phone, by text or in another window.
const waits = [500, 1000, 2000, 5000, 10000];

const place = () => document.getElementById("case");
const part = (root, name) => root.querySelector(`[data-part="${name}"]`);

// What somebody is typing is theirs until it is sent.
const typedIn = (old) => "keep" in old.dataset && [...old.querySelectorAll("textarea, input:not([type=hidden], [type=checkbox], [type=radio])")].some((each) => each.value !== each.defaultValue);

// A log only grows: what is there already is not said again by a screen reader.
function merge(old, fresh) {
  const here = new Map([...old.children].map((line) => [line.dataset.line, line]));
  const wanted = [...fresh.children].map((line) => line.dataset.line);
  for (const [name, line] of here) if (!wanted.includes(name)) line.remove();
  for (const line of [...fresh.children]) {
    const known = here.get(line.dataset.line);
    const state = known?.querySelector("[data-state]");
    const now = line.querySelector("[data-state]");
    if (!known) old.append(line);
    else if (state && now && state.textContent !== now.textContent) state.replaceWith(now);
  }
  old.dataset.stamp = fresh.dataset.stamp;
  old.parentElement.scrollTop = old.parentElement.scrollHeight;
}

function swap(fresh) {
  const here = place();
  for (const piece of fresh.querySelectorAll("[data-part]")) {
    const old = part(here, piece.dataset.part);
    if (!old || old.dataset.stamp === piece.dataset.stamp || typedIn(old)) continue;
    if ("lines" in piece.dataset) {
      merge(old, piece);
      continue;
    }
    const held = old.contains(document.activeElement);
    piece.classList.add("arriving");
    old.replaceWith(piece);
    if (held || piece.dataset.part === "question") focusOn(piece, held);
  }
  here.dataset.sequence = fresh.dataset.sequence;
}

function focusOn(piece, held) {
  const heading = piece.querySelector("h1");
  if (heading && (held || document.activeElement === document.body)) heading.focus({ preventScroll: !held });
}

async function refresh() {
  const answer = await fetch(place().dataset.path, { headers: { "X-Fragment": "case" }, cache: "no-store" });
  if (answer.redirected || answer.status === 401) return location.reload();
  if (!answer.ok) throw new Error(String(answer.status));
  const text = await answer.text();
  const fresh = new DOMParser().parseFromString(text, "text/html").getElementById("case");
  if (fresh) swap(fresh);
}

function lost(away) {
  const note = document.querySelector("[data-lost]");
  if (note) note.hidden = !away;
}

function listen(tries = 0) {
  const here = place();
  const source = new EventSource(`${here.dataset.live}?since=${here.dataset.sequence}`);
  let calm;
  source.addEventListener("watching", () => {
    tries = 0;
    lost(false);
  });
  source.addEventListener("moved", () => {
    clearTimeout(calm);
    calm = setTimeout(() => refresh().catch(() => lost(true)), 60);
  });
  source.addEventListener("error", () => {
    source.close();
    if (tries > 1) lost(true);
    setTimeout(() => refresh().catch(() => {}).finally(() => listen(tries + 1)), waits[Math.min(tries, waits.length - 1)]);
  });
  addEventListener("pagehide", () => source.close(), { once: true });
}

// One press, one request: the server would drop the second anyway.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.sent) return event.preventDefault();
  form.dataset.sent = "yes";
  setTimeout(() => delete form.dataset.sent, 8000);
});

// What a page sent by itself brought the case back as it stands now.
document.addEventListener("case:fresh", (event) => swap(event.detail));

if (place()) listen();
