// How long a promise has left, in the page's language, minute by minute.
const every = 15_000;
const words = new Intl.RelativeTimeFormat(document.documentElement.lang || "en", { numeric: "always" });

function count() {
  for (const each of document.querySelectorAll("time[data-until]")) {
    const minutes = Math.floor((new Date(each.dateTime) - Date.now()) / 60_000);
    const said = words.format(minutes, "minute");
    if (each.textContent !== said) each.textContent = said;
    each.classList.toggle("over", minutes < 0);
  }
}

count();
setInterval(count, every);
