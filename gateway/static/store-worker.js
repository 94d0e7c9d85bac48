// The shell of the store's tablet: without a line a reload shows a page that waits, and nothing of a customer is kept here.
const SHELL = "segue-store-shell";
const AWAY = "/store/away";

async function fill() {
  const cache = await caches.open(SHELL);
  const page = await fetch(AWAY, { cache: "no-store" });
  if (!page.ok) throw new Error(String(page.status));
  const text = await page.clone().text();
  await cache.put(AWAY, page);
  const parts = [...text.matchAll(/(?:href|src)="(\/static\/[^"]+)"/g)].map(([, path]) => path);
  await Promise.all(parts.map((path) => cache.add(path)));
}

addEventListener("install", (event) => {
  skipWaiting();
  event.waitUntil(fill());
});

addEventListener("activate", (event) => event.waitUntil(clients.claim()));

addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.mode === "navigate") event.respondWith(fetch(request).catch(() => caches.match(AWAY)));
  else if (new URL(request.url).pathname.startsWith("/static/")) event.respondWith(fetch(request).catch(async () => (await caches.match(request)) ?? Response.error()));
});
