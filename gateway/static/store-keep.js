// Keeps what is entered while the line is broken, and sends it when it is back: in order, each with its form's own
// nonce, so that the server takes it once even where its first reply was lost. A card or a code is never kept.
const KEY = "segue-store-kept";
const KINDS = new Set(["answer", "correct", "checked", "cancel", "leave"]);
const SOON = [1000, 2000, 5000, 10000];
const CARDS = /^(3[47]\d{13}|3[068]\d{12}|4\d{12}|[2-6]\d{15}|[56]\d{16,18})$/;
const panel = document.querySelector("[data-kept-here]");
const here = panel?.dataset.case;
let entries = load();
let busy = false;
let away = !navigator.onLine;
let tries = 0;
let timer;
let said = "";

function load() {
  try {
    return JSON.parse(localStorage.getItem(KEY)) ?? [];
  } catch {
    return [];
  }
}

function save() {
  const kept = entries.filter((entry) => !entry.secret);
  try {
    if (kept.length) localStorage.setItem(KEY, JSON.stringify(kept));
    else localStorage.removeItem(KEY);
  } catch {
    // Without room on the device it is kept by this page alone.
  }
}

function luhn(number) {
  const digits = [...number].reverse().map((digit, place) => (place % 2 ? (Number(digit) * 2) % 9 || (digit === "0" ? 0 : 9) : Number(digit)));
  return digits.reduce((sum, digit) => sum + digit, 0) % 10 === 0;
}

const isCard = (text) => (text.match(/\d(?:[ -]?\d){12,18}/g) ?? []).map((found) => found.replace(/\D/g, "")).some((number) => CARDS.test(number) && luhn(number));
const isSecret = (form) => [...form.elements].some((field) => field.autocomplete === "one-time-code" || field.type === "password" || isCard(String(field.value ?? "")));

const text = (element) => (element?.textContent ?? "").replace(/\s+/g, " ").trim();
const waiting = () => entries.filter((entry) => !entry.refused);

function described(form, button, data) {
  const question = form.closest("[data-key]");
  const chosen = form.querySelector("input[type=radio]:checked");
  const typed = String(data.get("value") ?? "").trim();
  const value = button?.name ? text(button) : chosen ? text(chosen.closest("label")) : typed;
  if (question) return { label: text(question.querySelector("h1, h2")), value };
  return { label: button?.getAttribute("aria-label") || text(form.closest("details")?.querySelector("summary")) || text(button), value: button?.name ? text(button) : "" };
}

function keep(form, button, path, kind) {
  const data = new FormData(form, button);
  data.delete("csrf");
  if (kind === "answer" && !["value", "skip", "known"].some((name) => data.get(name))) {
    if (away) return form.querySelector("input:not([type=hidden]), textarea, button")?.focus();
  }
  const id = String(data.get("nonce") ?? path);
  if (entries.some((entry) => entry.id === id)) return;
  const key = kind === "answer" ? `${data.get("key")}/${data.get("revision")}` : "";
  const question = kind === "answer" ? String(data.get("key")) : "";
  entries = entries.filter((entry) => !(key && entry.key === key && !entry.tried));
  entries.push({ id, path, kind, key, question, fields: [...data].map(([name, value]) => [name, String(value)]), ...described(form, button, data), holder: panel?.dataset.holder ?? "", secret: isSecret(form), tried: false, waited: false });
  draft(key, "");
  save();
  said = "";
  draw();
  drain();
}

async function drain() {
  clearTimeout(timer);
  if (busy) return;
  busy = true;
  try {
    while (waiting().length && (await sent(waiting()[0])));
  } finally {
    busy = false;
    draw();
  }
  if (away) timer = setTimeout(waiting().length ? drain : probe, SOON[Math.min(tries, SOON.length - 1)]);
}

// With nothing to send, whether the line is back is asked for.
async function probe() {
  tries += 1;
  try {
    if (navigator.onLine && (await fetch("/healthz", { cache: "no-store" })).ok) return back();
  } catch {
    // Not yet.
  }
  drain();
}

function back() {
  away = false;
  tries = 0;
  said = "";
  draw();
  drain();
}

function holdBack(entry, why) {
  tries += 1;
  away = true;
  entry.waited = true;
  said = why;
  if (entry.secret) {
    entries = entries.filter((other) => other !== entry);
    said = "unkept";
  }
  save();
  draw();
  return entry.secret;
}

async function sent(entry) {
  if (!navigator.onLine) return holdBack(entry, "away");
  entry.tried = true;
  save();
  const csrf = document.querySelector("input[name=csrf]")?.value ?? "";
  const body = new URLSearchParams([...entry.fields, ["csrf", csrf]]);
  try {
    const answer = await fetch(entry.path, { method: "POST", body, cache: "no-store", signal: AbortSignal.timeout(20000) });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    return settle(entry, answer, page);
  } catch {
    return holdBack(entry, "away");
  }
}

function settle(entry, answer, page) {
  const note = new URL(answer.url).searchParams.get("note");
  if (answer.status >= 500 || answer.status === 429 || note === "not-confirmed") return holdBack(entry, "unanswered");
  if (answer.status === 403 && !entry.denied) {
    entry.denied = true;
    save();
    location.reload();
    return false;
  }
  away = false;
  tries = 0;
  const fresh = page.getElementById("case");
  const gone = ["leave", "done"].includes(entry.kind);
  if (!fresh && answer.ok && !gone && !answer.url.includes("/case/")) {
    // Nobody is served here any more: the page says so, and that something was not sent.
    location.assign(answer.url);
    return false;
  }
  entries = entries.filter((other) => other !== entry);
  if (gone) entries = [];
  const taken = answer.ok && !note;
  if (!taken && answer.status !== 422 && !gone) entries.unshift({ ...entry, secret: false, fields: [], value: entry.secret ? "" : entry.value, refused: true });
  else if (taken && entry.waited) said = "sent";
  save();
  if (gone || !fresh || entry.kind === "checked") {
    location.replace(gone || answer.ok ? answer.url : here);
    return false;
  }
  for (const part of [".top-own", ".counter"]) document.querySelector(part)?.replaceWith(page.querySelector(part));
  document.dispatchEvent(new CustomEvent("case:fresh", { detail: fresh }));
  if (!waiting().length && said === "sent") setTimeout(quiet, 8000);
  return true;
}

function quiet() {
  if (said !== "sent") return;
  said = "";
  draw();
}

// Beside what was not taken stands what holds now.
function current(question) {
  const line = document.querySelector(`[data-answer="${CSS.escape(question)}"]`);
  return line ? [text(line.querySelector(".line-value")), text(line.querySelector(".badge"))].filter(Boolean).join(" · ") : "";
}

function item(entry) {
  const made = panel.querySelector(entry.refused ? "template[data-refused]" : "template[data-entry]").content.firstElementChild.cloneNode(true);
  made.querySelector("[data-label]").textContent = entry.label;
  made.querySelector("[data-value]").textContent = entry.value;
  const now = entry.refused ? current(entry.question) : "";
  const place = made.querySelector("[data-now]");
  if (place) place.hidden = !now;
  if (now) place.querySelector("[data-now-value]").textContent = now;
  const button = made.querySelector("button");
  button.hidden = entry.tried && !entry.refused;
  button.addEventListener("click", () => {
    entries = entries.filter((other) => other !== entry);
    save();
    draw();
  });
  return made;
}

function draw() {
  if (!panel) return;
  const shown = waiting().filter((entry) => entry.waited || away);
  const held = said === "unanswered" ? "unanswered" : "kept";
  const state = shown.length ? (busy && !away ? "sending" : held) : away && said !== "unkept" ? "away" : said;
  for (const line of panel.querySelectorAll("[data-say]")) line.hidden = ![state, said === "unkept" ? said : ""].includes(line.dataset.say);
  panel.querySelector("[data-entries]").replaceChildren(...entries.filter((entry) => entry.refused || shown.includes(entry)).map(item));
  panel.classList.toggle("on", Boolean(state) || entries.some((entry) => entry.refused));
  const gone = waiting().some((entry) => ["leave", "done"].includes(entry.kind) && (entry.waited || away));
  document.querySelector("[data-cover]")?.toggleAttribute("hidden", !gone);
  for (const form of document.querySelectorAll("[data-key] form")) form.inert = shown.some((entry) => entry.key === form.closest("[data-key]").dataset.key);
}

function draft(key, value) {
  const name = `${KEY}-typed`;
  try {
    if (value) localStorage.setItem(name, JSON.stringify({ holder: panel?.dataset.holder, key, value }));
    else localStorage.removeItem(name);
  } catch {
    // The page itself still has it.
  }
}

function restore() {
  try {
    const { holder, key, value } = JSON.parse(localStorage.getItem(`${KEY}-typed`)) ?? {};
    const field = holder === panel.dataset.holder && document.querySelector(`[data-key="${CSS.escape(key ?? "")}"] :is(input:not([type=hidden], [type=radio], [type=file]), textarea)`);
    if (field && !field.value) field.value = value;
  } catch {
    draft("", "");
  }
}

function wipe() {
  const lost = waiting().some((entry) => !["leave", "done"].includes(entry.kind));
  entries = [];
  save();
  draft("", "");
  document.querySelector("[data-dropped]")?.toggleAttribute("hidden", !lost);
}

document.addEventListener(
  "submit",
  (event) => {
    if (event.target.matches("[data-lock]")) return;
    const path = new URL(event.target.getAttribute("action"), location.href).pathname;
    const rest = here && path.startsWith(`${here}/`) ? path.slice(here.length + 1) : path === "/store/done" && here ? "done" : "";
    if (!KINDS.has(rest) && rest !== "done" && !away) return;
    event.preventDefault();
    event.stopPropagation();
    if (KINDS.has(rest) || rest === "done") return keep(event.target, event.submitter, path, rest);
    said = "unkept";
    draw();
  },
  true,
);

document.addEventListener("input", (event) => {
  const form = event.target.form;
  const question = event.target.closest?.("[data-key]");
  if (!here || !form || !question || event.target.type === "radio" || event.target.type === "file") return;
  draft(question.dataset.key, isSecret(form) ? "" : event.target.value);
});

addEventListener("offline", () => {
  away = true;
  said = "away";
  draw();
});

addEventListener("online", back);

if (panel) {
  entries = entries.filter((entry) => entry.holder === panel.dataset.holder && (entry.path.startsWith(`${here}/`) || entry.path === "/store/done"));
  save();
  restore();
  draw();
  drain();
} else if (document.querySelector("[data-forget]")) wipe();

if ("serviceWorker" in navigator) navigator.serviceWorker.register("/store/worker.js", { scope: "/store" }).catch(() => {});
