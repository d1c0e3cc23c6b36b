// Answers for a book that its reader keeps on this device (offline.js): from the copy while that is the site's edition or
// no network is there, else from the site. So a page is never older than the site, and a copy is used whole.
const SCOPE = registration.scope;
const COPY = `rnn-book-copy ${SCOPE} `; // and its edition: the name of a store
const EDITION = new URL("_static/offline/edition.json", SCOPE).href; // in a store only when all else is there
const PATIENCE = 3000; // ms

/** The copy on this device, if there is a whole one. */
async function copyHere() {
  for (const name of await caches.keys()) {
    if (!name.startsWith(COPY)) continue;
    const store = await caches.open(name);
    if (await store.match(EDITION)) return { store, edition: name.slice(COPY.length) };
  }
  return null;
}

/** The site's edition; null if the site cannot be reached, "" if it has none any more. */
async function editionThere() {
  if (!navigator.onLine) return null;
  try {
    const response = await fetch(EDITION, { cache: "no-store", signal: AbortSignal.timeout(PATIENCE) });
    if (response.status === 404 || response.status === 410) return "";
    return (await response.json()).edition;
  } catch {
    return null; // no network, a bad one, or somebody else's page in place of ours
  }
}

async function look() {
  const copy = await copyHere();
  const edition = copy && (await editionThere());
  return { copy, isNewest: edition === null || edition === copy.edition };
}

/** A file of the copy; hosts differ in how they show the address of a page. */
async function fromCopy(store, { url }) {
  const { origin, pathname } = new URL(url);
  const names = pathname.endsWith("/") ? [`${pathname}index.html`] : [pathname, `${pathname}.html`];
  for (const name of names) {
    const found = await store.match(origin + name, { ignoreVary: true });
    if (found) return found;
  }
  return undefined;
}

async function answer(request, looked) {
  const { copy, isNewest } = await looked;
  // A page of another edition may lie among what the browser remembers by itself.
  const ask = () => (request.mode === "navigate" && copy ? fetch(request, { cache: "no-cache" }) : fetch(request));
  if (!copy) return ask();
  if (isNewest) return (await fromCopy(copy.store, request)) ?? ask();
  try {
    return await ask();
  } catch (error) {
    const found = await fromCopy(copy.store, request);
    if (found) return found;
    throw error;
  }
}

let looked = null; // a promise; each page looks anew, and what belongs to it goes by that

addEventListener("fetch", (event) => {
  const { request } = event;
  const isPlain = request.method === "GET" && request.url.startsWith(SCOPE);
  if (!isPlain || ["no-store", "reload"].includes(request.cache)) return; // offline.js asks the site itself
  if (request.mode === "navigate" || !looked) looked = look();
  event.respondWith(answer(request, looked));
});

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));
