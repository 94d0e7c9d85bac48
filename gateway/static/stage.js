// The demonstration: shows what the carrier says of a handset, and does with it what a customer would.
const find = (id) => document.getElementById(id);
const stage = find("stage");
let number = decodeURIComponent(location.hash.slice(1)) || stage.dataset.number;
let source;
let current;
let tag = "";

const send = (path, body = {}) =>
  fetch(`/stage/handset/${path}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  }).then((answer) => away(answer.status >= 500), () => away(true));

function away(lost) {
  find("away").hidden = !lost;
}

function make(name, className, text) {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

// -- texts ----------------------------------------------------------------------------------------------------

function bubble(text) {
  const mine = text.by === "customer";
  const failed = text.error || ["failed", "undelivered"].includes(text.status);
  const made = make("p", `bubble ${mine ? "out" : "in"}${failed ? " failed" : ""}`);
  made.append(make("span", "unseen", `${mine ? stage.dataset.you : stage.dataset.them}: `));
  let rest = text.body;
  for (const link of text.links) {
    const [before, ...after] = rest.split(link);
    const anchor = make("a", "", link.replace(/^https?:\/\//, ""));
    anchor.href = link;
    made.append(before, anchor);
    rest = after.join(link);
  }
  made.append(rest);
  return made;
}

function showTexts(texts) {
  const list = find("texts");
  if (!texts.length || list.dataset.shown === JSON.stringify(texts)) return;
  list.dataset.shown = JSON.stringify(texts);
  list.replaceChildren(...texts.map(bubble));
  list.scrollTop = list.scrollHeight;
}

find("texts").addEventListener("click", (event) => {
  const link = event.target.closest("a");
  if (!link) return;
  event.preventDefault();
  const url = new URL(link.href);
  open(url.pathname + url.search);
});

find("compose").addEventListener("submit", (event) => {
  event.preventDefault();
  const words = find("words");
  if (!words.value) return;
  send(`${number}/texts`, { body: words.value });
  words.value = "";
});

// -- calls ----------------------------------------------------------------------------------------------------

function showCall(calls) {
  const call = calls.filter((one) => !one.over).at(-1);
  const appeared = call && call.sid !== current?.sid;
  current = call;
  find("call").hidden = !call;
  for (const id of ["compose", "texts", "dial"]) find(id).inert = Boolean(call);
  if (!call) return;
  const state = find("call-state");
  state.textContent = call.ringing ? state.dataset.ringing : state.dataset.on;
  const moved = find("ringing").hidden === call.ringing;
  find("ringing").hidden = !call.ringing;
  find("talking").hidden = call.ringing;
  const list = find("transcript");
  list.replaceChildren(
    ...call.transcript.map((line) => {
      const mine = line.who === "customer";
      const item = make("p", mine ? "customer" : "");
      item.append(make("span", "unseen", `${mine ? stage.dataset.you : stage.dataset.them}: `), line.text);
      return item;
    }),
  );
  list.scrollTop = list.scrollHeight;
  if (appeared || moved) (call.ringing ? find("ringing").querySelector(".call") : find("spoken")).focus({ preventScroll: true });
}

find("dial").addEventListener("click", () => send(`${number}/calls`));

find("speak").addEventListener("submit", (event) => {
  event.preventDefault();
  const spoken = find("spoken");
  if (!spoken.value || !current) return;
  send(`calls/${current.sid}/say`, { text: spoken.value });
  spoken.value = "";
});

let keyed = "";
let keying;
find("keypad").addEventListener("click", (event) => {
  const key = event.target.dataset.key;
  if (!key || !current) return;
  keyed += key;
  find("spoken").placeholder = keyed;
  clearTimeout(keying);
  keying = setTimeout(() => {
    send(`calls/${current.sid}/press`, { digits: keyed });
    keyed = "";
    find("spoken").placeholder = find("speak").querySelector("label").textContent;
  }, 1100);
});

find("keys").addEventListener("click", (event) => {
  const open = find("keypad").hidden;
  find("keypad").hidden = !open;
  event.currentTarget.setAttribute("aria-expanded", String(open));
  find("transcript").scrollTop = find("transcript").scrollHeight;
});

find("call").addEventListener("click", (event) => {
  const act = event.target.closest("[data-act]")?.dataset.act;
  if (act && current) send(`calls/${current.sid}/${act}`);
});

// -- the browser ----------------------------------------------------------------------------------------------

function open(path) {
  find("frame").src = path;
  find("address").value = path;
}

find("frame").addEventListener("load", () => {
  try {
    const place = find("frame").contentWindow.location;
    if (place.pathname !== "blank") find("address").value = place.pathname + place.search;
  } catch {
    // Not one of our own pages: the address typed stays.
  }
});
find("go").addEventListener("submit", (event) => {
  event.preventDefault();
  open(new URL(find("address").value, location.origin).pathname);
});
find("home").addEventListener("click", () => open("/"));

// -- the story ------------------------------------------------------------------------------------------------

async function story() {
  if (!document.hidden) {
    const answer = await fetch(`/stage/timeline/${encodeURIComponent(number)}`, { headers: { "If-None-Match": tag } });
    if (answer.status === 200) {
      tag = answer.headers.get("ETag") ?? "";
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
      find("timeline").replaceChildren(...fresh.body.childNodes);
    }
  }
}

function keepTelling() {
  story().catch(() => {}).finally(() => setTimeout(keepTelling, 1000));
}

// -- whose phone ----------------------------------------------------------------------------------------------

function listen() {
  source?.close();
  source = new EventSource(`/stage/handset/${encodeURIComponent(number)}/live`);
  source.addEventListener("open", () => away(false));
  source.addEventListener("error", () => away(true));
  source.addEventListener("state", (event) => {
    away(false);
    const state = JSON.parse(event.data);
    showTexts(state.texts);
    showCall(state.calls);
  });
}

find("who").addEventListener("submit", (event) => {
  event.preventDefault();
  const wanted = find("number").value.replace(/[^+\d]/g, "");
  location.hash = encodeURIComponent(wanted);
  location.reload();
});

const tick = () => {
  find("clock").textContent = new Intl.DateTimeFormat([], { hour: "numeric", minute: "2-digit" }).format(new Date()).replace(/\s?[AP]M/i, "");
};

find("number").value = number;
tick();
setInterval(tick, 10000);
listen();
keepTelling();
