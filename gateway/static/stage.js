// The demonstration: shows what the carrier says of a handset, and does with it what a customer would.
const find = (id) => document.getElementById(id);
const stage = find("stage");
const number = decodeURIComponent(location.hash.slice(1)) || stage.dataset.number;
let source;
let current;
let tag = "";
let shown = [];
const seen = { sms: 0, whatsapp: 0 };

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

stage.dataset.number = number;

// -- texts ----------------------------------------------------------------------------------------------------

const thread = () => find("screen").dataset.thread;

function linked(text) {
  const parts = [];
  let rest = text.body;
  for (const link of text.links) {
    const [before, ...after] = rest.split(link);
    const anchor = make("a", "", link.replace(/^https?:\/\//, ""));
    anchor.href = link;
    parts.push(before, anchor);
    rest = after.join(link);
  }
  return [...parts, rest];
}

function bubble(text) {
  const mine = text.by === "customer";
  const failed = text.error || ["failed", "undelivered"].includes(text.status);
  const made = make("div", `bubble ${mine ? "out" : "in"}${failed ? " failed" : ""}`);
  made.append(make("span", "unseen", `${mine ? stage.dataset.you : stage.dataset.them}: `), ...linked(text));
  for (const media of text.files ?? []) made.append(make("span", "media", media.name || media.type));
  return made;
}

function buttonsOf(text) {
  const row = make("div", "replies");
  for (const option of text.options) {
    const made = make("button", "reply", option.title);
    made.type = "button";
    made.dataset.payload = option.payload;
    row.append(made);
  }
  return row;
}

function showTexts(texts) {
  shown = texts;
  for (const name of ["sms", "whatsapp"]) {
    const count = texts.filter((text) => text.channel === name).length;
    if (name === thread()) seen[name] = count;
    document.querySelector(`.threads [data-thread="${name}"] .dot`).hidden = count <= seen[name];
  }
  const mine = texts.filter((text) => text.channel === thread());
  const list = find("texts");
  const stamp = JSON.stringify([thread(), mine]);
  if (list.dataset.stamp === stamp || (!mine.length && list.dataset.stamp === undefined)) return;
  list.dataset.stamp = stamp;
  const last = mine.at(-1);
  list.replaceChildren(...mine.map(bubble), ...(last?.options?.length ? [buttonsOf(last)] : []));
  list.scrollTop = list.scrollHeight;
}

function choose(name) {
  find("screen").dataset.thread = name;
  for (const button of document.querySelectorAll(".threads button")) {
    button.setAttribute("aria-pressed", String(button.dataset.thread === name));
  }
  showTexts(shown);
}

document.querySelector(".threads").addEventListener("click", (event) => {
  const name = event.target.closest("[data-thread]")?.dataset.thread;
  if (name) choose(name);
});

const write = (body, more = {}) => send(`${number}/texts`, { body, channel: thread(), ...more });

find("texts").addEventListener("click", (event) => {
  const reply = event.target.closest(".reply");
  if (reply) write(reply.textContent, { button: reply.dataset.payload });
});

find("texts").addEventListener("click", (event) => {
  const link = event.target.closest("a");
  if (!link) return;
  event.preventDefault();
  const url = new URL(link.href);
  open(url.pathname + url.search);
});

find("compose").addEventListener("submit", async (event) => {
  event.preventDefault();
  const words = find("words");
  const file = find("photo").files[0];
  if (!words.value && !file) return;
  const media = file ? { media: [await packed(file)] } : {};
  write(words.value, media);
  words.value = "";
  find("photo").value = "";
  find("words").placeholder = find("words").labels[0].textContent;
});

find("photo").addEventListener("change", () => {
  const file = find("photo").files[0];
  find("words").placeholder = file ? file.name : find("words").labels[0].textContent;
  find("words").focus();
});

// What a file is, as the carrier takes it.
function packed(file) {
  return new Promise((done) => {
    const reader = new FileReader();
    reader.addEventListener("load", () => done({ name: file.name, type: file.type, base64: reader.result.split(",")[1] }));
    reader.readAsDataURL(file);
  });
}

// -- calls ----------------------------------------------------------------------------------------------------

function showCall(calls) {
  const call = calls.filter((one) => !one.over).at(-1);
  const appeared = call && call.sid !== current?.sid;
  current = call;
  find("call").hidden = !call;
  document.querySelector('[data-trouble="drop"]').disabled = !call;
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

const dial = () => current || send(`${number}/calls`);
find("dial").addEventListener("click", dial);

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
      can((answer.headers.get("X-Possible") ?? "").split(" "));
    }
  }
}

function keepTelling() {
  story().catch(() => {}).finally(() => setTimeout(keepTelling, 1000));
}

// -- what goes wrong ------------------------------------------------------------------------------------------

function can(what) {
  for (const button of document.querySelectorAll("[data-happen]")) button.hidden = !what.includes(button.dataset.happen);
}

const tell = (what) => (find("done-that").textContent = find("done-that").dataset[what]);
const post = (path) => fetch(path, { method: "POST" });

const troubles = {
  drop() {
    if (current) send(`calls/${current.sid}/hangup`);
    tell("drop");
  },
  lose() {
    send("nemesis", { undelivered: 1 });
    tell("lose");
  },
  twice(button) {
    const on = button.getAttribute("aria-pressed") !== "true";
    button.setAttribute("aria-pressed", String(on));
    send("nemesis", { duplicate: on ? 1 : 0 });
    tell(on ? "on" : "off");
  },
  "old-mail"() {
    show("mail");
    document.dispatchEvent(new CustomEvent("stage:old-mail"));
  },
};

find("trouble").addEventListener("click", (event) => {
  const button = event.target.closest("[data-trouble]");
  if (button) troubles[button.dataset.trouble](button);
});

find("happen").addEventListener("click", async (event) => {
  const what = event.target.closest("[data-happen]")?.dataset.happen;
  if (!what) return;
  const answer = await post(`/stage/life/${encodeURIComponent(number)}/${what}`);
  if (!answer.ok) return;
  can((await answer.json()).can);
  tell("happened");
});

// -- one device at a time, where there is no room for all ------------------------------------------------------

function show(device) {
  stage.dataset.shown = device;
  for (const button of document.querySelectorAll("[data-show]")) {
    button.setAttribute("aria-pressed", String(button.dataset.show === device));
  }
}

document.querySelector(".switch").addEventListener("click", (event) => {
  const device = event.target.closest("[data-show]")?.dataset.show;
  if (!device) return;
  show(device);
  stage.scrollIntoView();
});

// -- what another part of the stage asks for -------------------------------------------------------------------

document.addEventListener("stage:open", (event) => {
  show("browser");
  open(event.detail);
});

document.addEventListener("stage:show", (event) => show(event.detail));

document.addEventListener("stage:messages", () => choose("sms"));

document.addEventListener("stage:say", (event) => {
  const { channel, words } = event.detail;
  show("phone");
  if (channel === "phone") {
    dial();
    find("spoken").value = words;
    return;
  }
  choose(channel);
  find("words").value = words;
  find("words").focus();
});

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

function become(wanted) {
  location.hash = encodeURIComponent(wanted);
  location.reload();
}

find("who").addEventListener("submit", (event) => {
  event.preventDefault();
  become(find("number").value.replace(/[^+\d]/g, ""));
});

find("fresh").addEventListener("click", async () => become((await (await post("/stage/customers")).json()).number));

async function meet() {
  const answer = await post(`/stage/customers/${encodeURIComponent(number)}`);
  if (!answer.ok) return;
  const customer = await answer.json();
  stage.dataset.mail = customer.mail;
  stage.dataset.zone = customer.zone;
  tick();
  can(customer.can);
  document.dispatchEvent(new CustomEvent("stage:customer"));
}

const tick = () => {
  find("clock").textContent = new Intl.DateTimeFormat([], { hour: "numeric", minute: "2-digit", timeZone: stage.dataset.zone }).format(new Date()).replace(/\s?[AP]M/i, "");
};

find("number").value = number;
tick();
setInterval(tick, 10000);
meet().catch(() => {});
listen();
keepTelling();
