// Steps a newcomer can click: each puts its words where a customer would say them. Sending stays with the newcomer.
const find = (id) => document.getElementById(id);
const tell = (name, detail) => document.dispatchEvent(new CustomEvent(name, { detail }));

document.querySelector(".try-moments")?.addEventListener("click", (event) => {
  const chosen = event.target.closest("[data-try]");
  if (!chosen) return;
  for (const button of document.querySelectorAll("[data-try]")) {
    button.setAttribute("aria-pressed", String(button === chosen));
    find(button.getAttribute("aria-controls")).hidden = button !== chosen;
  }
});

async function counter() {
  await fetch("/stage/associate", { method: "POST", redirect: "manual" });
  const frame = find("counter");
  fillOnce(frame, "#typed");
  frame.src = "/store";
  tell("stage:show", "store");
  frame.scrollIntoView({ block: "nearest" });
}

// A customer knows their own number: where the page that comes asks for it, it is there already.
function fillOnce(frame, which) {
  frame.addEventListener("load", () => {
    const field = frame.contentDocument?.querySelector(which);
    if (!field || field.value) return;
    field.value = find("stage").dataset.number;
    field.focus();
  }, { once: true });
}

document.addEventListener("click", (event) => {
  const put = event.target.closest?.("[data-put]");
  if (!put) return;
  const { put: channel, say, moment } = put.dataset;
  const title = document.querySelector(`[data-try="${moment}"]`).textContent.trim();
  // A code is on its way to the messages: they are what the phone shows then.
  if (channel === "web" || channel === "store") tell("stage:messages");
  if (channel === "web") {
    fillOnce(find("frame"), 'input[type="tel"]');
    tell("stage:open", put.closest("li").matches(":first-child") ? `/m/${moment}` : "/account");
  }
  else if (channel === "store") counter().catch(() => {});
  else if (channel === "email") tell("stage:mail", { title, words: say });
  else tell("stage:say", { channel, words: say });
  const place = { web: "frame", email: "mailbox", sms: "screen", whatsapp: "screen", phone: "screen" }[channel];
  if (place) find(place).scrollIntoView({ block: "nearest" });
});
