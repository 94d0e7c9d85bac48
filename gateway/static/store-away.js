// No line when the page was opened: wait for it, and go back to where the tablet was.
const [, place = "/store"] = location.pathname.match(/^(\/store\/case\/[^/]+\/[^/]+\/\d+|\/store\/customer)/) ?? [];
const SOON = 3000;

async function back() {
  try {
    const answer = await fetch("/healthz", { cache: "no-store" });
    if (answer.ok) return location.replace(place);
  } catch {
    // Not yet.
  }
  setTimeout(back, SOON);
}

const kept = JSON.parse(localStorage.getItem("segue-store-kept") ?? "[]").length;
document.querySelector("[data-kept]").hidden = !kept;
addEventListener("online", () => location.replace(place));
setTimeout(back, SOON);
