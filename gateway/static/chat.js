// Writing in a chat without leaving the page. Without this, the same forms are sent as any other.
const form = () => document.querySelector("[data-chat]");
const box = () => document.querySelector("[data-chat-text]");

function toEnd() {
  const log = document.querySelector(".chat-log");
  if (log) log.scrollTop = log.scrollHeight;
}

function insert(words) {
  const text = box();
  text.value = text.value.trim() ? `${text.value.trimEnd()} ${words}` : words;
  text.focus();
}

function shown(page, taken) {
  const fresh = page.getElementById("case");
  if (!fresh) return location.reload();
  const said = page.querySelector(".said");
  if (said) document.querySelector(".said")?.replaceWith(said);
  const nonce = page.querySelector('[data-chat] [name="nonce"]');
  const fence = page.querySelector('[data-chat] [name="fence"]');
  if (taken && box()) box().value = box().defaultValue = "";
  document.dispatchEvent(new CustomEvent("case:fresh", { detail: fresh }));
  const here = form();
  if (here && nonce) here.elements.nonce.value = nonce.value;
  if (here?.elements.fence && fence) here.elements.fence.value = fence.value;
  toEnd();
}

async function send(here) {
  here.dataset.sending = "yes";
  const note = document.querySelector("[data-lost]");
  try {
    const answer = await fetch(here.action, { method: "POST", body: new URLSearchParams(new FormData(here)), cache: "no-store" });
    if (note) note.hidden = true;
    if (answer.status === 401) return location.reload();
    shown(new DOMParser().parseFromString(await answer.text(), "text/html"), answer.ok);
  } catch {
    if (note) note.hidden = false;
  } finally {
    delete here.dataset.sending;
  }
  box()?.focus();
}

addEventListener("submit", (event) => {
  if (!event.target.matches("[data-chat]")) return;
  event.preventDefault();
  event.stopPropagation();
  if (!event.target.dataset.sending && box().value.trim()) send(event.target);
}, true);

document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.target !== box()) return;
  event.preventDefault();
  form().requestSubmit();
});

document.addEventListener("click", (event) => {
  const ready = event.target.closest("[data-insert]");
  if (ready) insert(ready.dataset.insert);
});

toEnd();
