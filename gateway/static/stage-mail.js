// The customer's mailbox on the stage: what came, what it says, and an answer to any of it, however old.
const find = (id) => document.getElementById(id);
const stage = find("stage");
const box = find("mailbox");
let mails = [];
let open = null;
let writing = false;
let stamp = "";

function make(name, className, text) {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

const subject = (mail) => mail.subject || box.dataset.noSubject;
const who = (mail) => (mail.by === "customer" ? box.dataset.you : box.dataset.them);
const clock = (at) => new Intl.DateTimeFormat([], { hour: "numeric", minute: "2-digit", timeZone: stage.dataset.zone }).format(new Date(at));
const address = () => `/stage/handset/mail/${encodeURIComponent(stage.dataset.mail).replace("%40", "@")}`;

function row(mail) {
  const item = make("li");
  const button = make("button", `mail-row ${mail.by === "customer" ? "sent" : ""}`);
  button.type = "button";
  const words = make("span", "mail-words");
  words.append(make("strong", "", who(mail)), make("span", "mail-subject", subject(mail)), make("span", "mail-start", (mail.text ?? "").slice(0, 90)));
  button.append(words, make("time", "", clock(mail.at)));
  button.addEventListener("click", () => read(mail));
  item.append(button);
  return item;
}

function showList() {
  find("mails").replaceChildren(...[...mails].reverse().map(row));
  const reading = open !== null || writing;
  find("mails").hidden = reading;
  find("no-mails").hidden = reading || mails.length > 0;
  find("letter").hidden = open === null;
  find("write").hidden = !writing && (open === null || open.by === "customer");
  find("mail-subject").hidden = open !== null;
  find("mail-back").hidden = !reading;
  find("mail-new").hidden = reading;
}

function read(mail) {
  open = mail;
  writing = false;
  find("letter-subject").textContent = subject(mail);
  find("letter-by").textContent = who(mail);
  find("letter-avatar").textContent = who(mail).slice(0, 1);
  find("letter-when").textContent = clock(mail.at);
  const html = find("letter-html");
  const text = find("letter-text");
  html.hidden = !mail.html;
  text.hidden = Boolean(mail.html);
  text.textContent = mail.text ?? "";
  if (mail.html) html.src = `/stage/mail/${encodeURIComponent(stage.dataset.mail)}/${encodeURIComponent(mail.id)}`;
  const links = mail.html ? [] : (mail.links ?? []);
  find("letter-links").replaceChildren(
    ...links.map((link) => {
      const anchor = make("a", "", link.replace(/^https?:\/\//, ""));
      anchor.href = link;
      return anchor;
    }),
  );
  showList();
}

function back() {
  open = null;
  writing = false;
  showList();
}

// Links of our own pages open in the stage's browser, as a tap in a mail opens the phone's.
function follow(event) {
  const link = event.target.closest?.("a[href]");
  if (!link) return;
  event.preventDefault();
  const url = new URL(link.href);
  document.dispatchEvent(new CustomEvent("stage:open", { detail: url.pathname + url.search }));
}

find("letter-links").addEventListener("click", follow);
find("letter-html").addEventListener("load", () => {
  const page = find("letter-html").contentDocument;
  if (!page?.body) return;
  page.addEventListener("click", follow);
  find("letter-html").style.height = `${Math.min(page.documentElement.scrollHeight + 4, 1600)}px`;
});

async function look() {
  if (!stage.dataset.mail || document.hidden) return;
  const answer = await fetch(address());
  if (!answer.ok) return;
  const text = await answer.text();
  if (text === stamp) return;
  stamp = text;
  mails = JSON.parse(text).mails ?? [];
  document.querySelector('[data-trouble="old-mail"]').disabled = !mails.some((mail) => mail.by === "company");
  if (open) open = mails.find((mail) => mail.id === open.id) ?? null;
  showList();
}

function packed(file) {
  return new Promise((done) => {
    const reader = new FileReader();
    reader.addEventListener("load", () => done({ name: file.name, type: file.type, base64: reader.result.split(",")[1] }));
    reader.readAsDataURL(file);
  });
}

find("write").addEventListener("submit", async (event) => {
  event.preventDefault();
  const text = find("mail-text").value;
  const file = find("mail-file").files[0];
  if (!text && !file) return;
  const body = {
    in_reply_to: open?.id ?? null,
    subject: open ? `Re: ${(open.subject ?? "").replace(/^Re: /, "")}` : find("mail-subject").value,
    text,
    attachments: file ? [await packed(file)] : [],
  };
  await fetch(address(), { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
  for (const id of ["mail-text", "mail-subject", "mail-file"]) find(id).value = "";
  named();
  back();
  look().catch(() => {});
});

function named() {
  find("mail-file").parentElement.querySelector("span").textContent = find("mail-file").files[0]?.name ?? find("mail-file").dataset.label;
}

find("mail-file").dataset.label = find("mail-file").parentElement.querySelector("span").textContent;
find("mail-file").addEventListener("change", named);
find("mail-back").addEventListener("click", back);

function compose(title = "", words = "") {
  open = null;
  writing = true;
  showList();
  find("mail-subject").value = title;
  find("mail-text").value = words;
  find(title ? "mail-text" : "mail-subject").focus();
}

find("mail-new").addEventListener("click", () => compose());

document.addEventListener("stage:mail", (event) => {
  document.dispatchEvent(new CustomEvent("stage:show", { detail: "mail" }));
  const last = mails.filter((mail) => mail.by === "company").at(-1);
  if (!last) return compose(event.detail.title, event.detail.words);
  read(last);
  find("mail-text").value = event.detail.words;
  find("mail-text").focus();
});

document.addEventListener("stage:old-mail", () => {
  const first = mails.find((mail) => mail.by === "company");
  if (!first) return;
  read(first);
  find("mail-text").focus();
});

document.addEventListener("stage:customer", () => {
  find("mail-address").textContent = stage.dataset.mail;
  look().catch(() => {});
});

function keepLooking() {
  look().catch(() => {}).finally(() => setTimeout(keepLooking, 1500));
}

showList();
keepLooking();
