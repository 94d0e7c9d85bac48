// What is put before the agent at once. One window of a browser listens, and tells the others.
const waits = [500, 1000, 2000, 5000, 10000];
// A call is taken already; anything else does not take an agent away from the case they are in.
const opens = (kind) => kind === "call" || !document.getElementById("case");
const others = "BroadcastChannel" in window ? new BroadcastChannel("segue-desk") : null;

// Of several windows the one that was used last opens what comes in.
let front = true;

const place = () => document.getElementById("pops");
const first = () => place()?.querySelector("[data-pop]");

function halfDone() {
  if (document.querySelector("dialog[open]")) return true;
  return [...document.querySelectorAll("main form, .find, .here-form")].some((form) =>
    [...form.elements].some((field) => {
      if (field.type === "hidden" || field.disabled) return false;
      if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
      if (field.tagName === "SELECT") return [...field.options].some((each) => each.selected !== each.defaultSelected && each.defaultSelected);
      return "defaultValue" in field && field.tagName !== "BUTTON" && field.value !== field.defaultValue;
    }));
}

const decode = (path) => path.split("/").map(decodeURIComponent).join("/");

async function put(form) {
  await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)), redirect: "manual" });
}

function act() {
  const pop = first();
  if (!pop || document.hidden || !front) return;
  const [take, away] = pop.querySelectorAll("form");
  if (decode(location.pathname) === pop.dataset.path) return put(away).then(() => pop.remove());
  if (opens(pop.dataset.kind) && !halfDone()) take.submit();
}

async function fetchPops() {
  const answer = await fetch("/desk/pops", { headers: { "X-Fragment": "pops" }, cache: "no-store" });
  if (answer.redirected || answer.status === 401) return location.reload();
  if (!answer.ok) throw new Error(String(answer.status));
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("pops");
  if (fresh && place() && fresh.dataset.stamp !== place().dataset.stamp) place().replaceWith(fresh);
  act();
}

function told(event) {
  if (event === "front") front = false;
  else if (event === "pops") fetchPops().catch(() => {});
  else if (event === "over") location.reload();
  else document.dispatchEvent(new CustomEvent(`desk:${event}`));
}

function spread(event) {
  told(event);
  others?.postMessage(event);
}

function listen(tries = 0) {
  const source = new EventSource("/desk/live");
  for (const event of ["pops", "queue", "over", "away"]) {
    source.addEventListener(event, () => {
      tries = 0;
      if (event === "over") source.close();
      spread(event);
    });
  }
  source.addEventListener("error", () => {
    source.close();
    setTimeout(() => listen(tries + 1), waits[Math.min(tries, waits.length - 1)]);
  });
  addEventListener("pagehide", () => source.close(), { once: true });
}

others?.addEventListener("message", (message) => told(message.data));
others?.postMessage("front");
addEventListener("focus", () => {
  front = true;
  others?.postMessage("front");
  fetchPops().catch(() => {});
});
if (navigator.locks) navigator.locks.request("segue-desk", () => new Promise(() => listen()));
else listen();
act();

const here = document.querySelector("[data-here]");
here?.addEventListener("toggle", () => here.open && here.querySelector("[aria-pressed=true], button")?.focus());
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !here?.open) return;
  here.open = false;
  here.querySelector("summary").focus();
});
