// A file can be dropped onto its question, and its name is shown before it is sent. Without scripts a plain field does.
const shown = (size) => (size < 1024 * 1024 ? `${Math.max(1, Math.round(size / 1024))} KB` : `${(size / 1024 / 1024).toFixed(1)} MB`);

function fits(form, file) {
  const big = Boolean(file) && file.size > Number(form.dataset.largest);
  form.querySelector("[data-too-big]").hidden = !big;
  return !big;
}

function show(input) {
  const file = input.files[0];
  const chosen = input.closest("[data-drop]").querySelector("[data-chosen]");
  chosen.hidden = !file;
  chosen.textContent = file ? `${file.name} · ${shown(file.size)}` : "";
  fits(input.form, file);
}

const zone = (event) => (event.target instanceof Element ? event.target.closest("[data-drop]") : null);

document.addEventListener("change", (event) => {
  if (event.target.type === "file") show(event.target);
});

for (const kind of ["dragenter", "dragover"]) {
  document.addEventListener(kind, (event) => {
    const place = zone(event);
    if (!place || !event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    place.classList.add("over-it");
  });
}

document.addEventListener("dragleave", (event) => zone(event)?.classList.remove("over-it"));

document.addEventListener("drop", (event) => {
  const place = zone(event);
  if (!place) return;
  event.preventDefault();
  place.classList.remove("over-it");
  const input = place.querySelector("input");
  input.files = event.dataTransfer.files;
  show(input);
});

document.addEventListener(
  "submit",
  (event) => {
    const input = event.target.querySelector("input[type=file]");
    if (!input || fits(event.target, input.files[0])) return;
    event.preventDefault();
    event.stopPropagation();
  },
  true,
);

for (const lead of document.querySelectorAll("[data-drop-lead]")) lead.hidden = false;
