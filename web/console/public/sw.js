// Makes the console installable, and says so kindly when there is no network. Nothing else is kept:
// a stale inbox would be worse than none.
const kept = "ombud-offline-1";
const offline = ["/console/offline.html", "/console/offline.css", "/console/offline.js", "/console/icon.svg"];

addEventListener("install", (event) => {
  event.waitUntil(caches.open(kept).then((cache) => cache.addAll(offline)).then(() => skipWaiting()));
});

addEventListener("activate", (event) => {
  const old = caches.keys().then((names) => Promise.all(names.filter((name) => name !== kept).map((name) => caches.delete(name))));
  event.waitUntil(old.then(() => clients.claim()));
});

addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.mode === "navigate") event.respondWith(fetch(request).catch(() => caches.match(offline[0])));
  else if (offline.includes(new URL(request.url).pathname)) event.respondWith(caches.match(request).then((found) => found ?? fetch(request)));
});
