// Steps through a case: one point is fetched at a time, those beside it ahead of it. Without this, links do it.
const keep = 40;
const known = new Map();
const here = () => document.getElementById("travel");
const mark = () => new URLSearchParams(location.search).get("with");

function load(url) {
  const found = known.get(url);
  if (found) return found;
  const coming = fetch(url, { headers: { "X-Part": "travel" }, cache: "no-store" }).then((answer) => {
    if (answer.redirected || !answer.ok) throw new Error(String(answer.status));
    return answer.text();
  });
  coming.catch(() => known.delete(url));
  known.set(url, coming);
  if (known.size > keep) known.delete(known.keys().next().value);
  return coming;
}

const link = (name) => here().querySelector(`a[data-step="${name}"]`);

function dress() {
  const slider = here().querySelector("[data-slider]");
  slider.hidden = false;
  slider.addEventListener("change", () => go(`?n=${slider.value}${mark() ? `&with=${mark()}` : ""}`, "slider"));
  for (const name of ["back", "next"]) {
    const beside = link(name);
    if (beside) load(beside.href).catch(() => {});
  }
}

let latest = 0;

async function go(to, name) {
  const url = new URL(to, location.href).href;
  const turn = ++latest;
  let text;
  try {
    text = await load(url);
  } catch {
    location.assign(url);
    return;
  }
  if (turn !== latest) return;
  const fresh = new DOMParser().parseFromString(text, "text/html").getElementById("travel");
  if (!fresh) return location.assign(url);
  const inside = here().contains(document.activeElement);
  here().replaceWith(fresh);
  const second = new URL(url).searchParams.get("with");
  history.replaceState(null, "", `?at=${fresh.dataset.place}${second ? `&with=${second}` : ""}`);
  dress();
  if (inside) (name === "slider" ? fresh.querySelector("[data-slider]") : link(name))?.focus({ preventScroll: true });
}

document.addEventListener("click", (event) => {
  const step = event.target.closest("a[data-step]");
  if (!step || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  go(step.href, step.dataset.step);
});

const keys = { ArrowLeft: "back", ArrowRight: "next", Home: "first", End: "last", t: "trouble-next", m: "mark" };

document.addEventListener("keydown", (event) => {
  const name = keys[event.key];
  if (!name || event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select, pre, .scroll")) return;
  const step = link(name);
  if (!step) return;
  event.preventDefault();
  go(step.href, name);
});

dress();
