// Keeps the book on this device when the reader asks for it, takes it away again, and says when a newer edition is out.
// On the page with the button, and on every page that comes from a copy (sw.js).
(() => {
  "use strict";
  const ROOT = new URL("../../", document.currentScript.src).href;
  const COPY = `rnn-book-copy ${ROOT} `; // as in sw.js
  const EDITION = new URL("_static/offline/edition.json", ROOT).href;
  const PYTHON = /^_static\/live\/.+\.bin$/; // kept where "Run it here" looks for it, once
  const PYTHON_STORE = "rnn-book-live";
  const AT_ONCE = 6;
  const LATER = "rnn-book:edition-later";
  const MB = (bytes) => (bytes / 1e6 < 1 ? "less than 1 MB" : `${Math.round(bytes / 1e6)} MB`);
  const addressOf = (path) => new URL(path.split("/").map(encodeURIComponent).join("/"), ROOT).href;
  const storeOf = (path, store, python) => (PYTHON.test(path) ? python : store);

  async function ask(address, options) {
    const response = await fetch(address, options);
    if (!response.ok) throw new Error(`${address}: ${response.status}`);
    return response;
  }

  /** What the site offers now: {edition, bytes, list}. */
  const offered = async () => (await ask(EDITION, { cache: "no-store" })).json();
  const listOf = async ({ list }) => (await ask(new URL(list, EDITION), { cache: "no-store" })).json();

  async function storeNames() {
    return (await caches.keys()).filter((name) => name.startsWith(COPY));
  }

  /** The whole copy on this device: {name, store, edition, bytes, files}; or null. */
  async function copyHere() {
    for (const name of await storeNames()) {
      const store = await caches.open(name);
      const record = await store.match(EDITION);
      if (record) return { name, store, ...(await record.json()) };
    }
    return null;
  }

  /** Fetch one file, or take it from the older copy if it has not changed. */
  async function bring(path, hash, { store, python, old, signal }) {
    const [address, target] = [addressOf(path), storeOf(path, store, python)];
    if (await target.match(address)) return;
    const same = old?.files[path]?.[0] === hash && (await storeOf(path, old.store, python).match(address));
    const response = same || (await ask(address, { cache: "reload", signal }));
    const headers = { "Content-Type": response.headers.get("Content-Type") ?? "" };
    await target.put(address, new Response(await response.blob(), { headers })); // without what a redirection leaves
  }

  /** Keep what the site offers; what has come stays when it breaks off. The record of the edition comes last. */
  async function keep(onProgress, signal) {
    const edition = await offered();
    const files = await listOf(edition);
    const [store, python, old] = [await caches.open(COPY + edition.edition), await caches.open(PYTHON_STORE), await copyHere()];
    const waiting = Object.entries(files);
    let done = 0;
    const work = async () => {
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        const [path, [hash, bytes]] = next;
        signal.throwIfAborted();
        await bring(path, hash, { store, python, old, signal });
        onProgress((done += bytes) / edition.bytes);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    if ((await offered()).edition !== edition.edition) return keep(onProgress, signal); // published meanwhile
    await navigator.serviceWorker.register(new URL("sw.js", ROOT), { scope: ROOT });
    await store.put(EDITION, new Response(JSON.stringify({ ...edition, files })));
    for (const name of await storeNames()) if (name !== COPY + edition.edition) await caches.delete(name);
    return edition;
  }

  async function remove() {
    const python = await caches.open(PYTHON_STORE);
    for (const path of Object.keys((await copyHere())?.files ?? {})) if (PYTHON.test(path)) await python.delete(addressOf(path));
    for (const name of await storeNames()) await caches.delete(name);
    for (const one of await navigator.serviceWorker.getRegistrations()) if (one.scope === ROOT) await one.unregister();
  }

  /** How much is to be fetched to go from the copy to what the site offers. */
  async function difference(copy, edition) {
    const files = Object.entries(await listOf(edition));
    return files.reduce((sum, [path, [hash, bytes]]) => sum + (copy.files[path]?.[0] === hash ? 0 : bytes), 0);
  }

  function element(name, properties, ...children) {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  }

  /** A button that keeps the newest edition; `words` say what goes on, `bar` how far. Resolves to whether it is kept. */
  async function keepAndTell(button, bar, words) {
    const stop = new AbortController();
    const label = button.textContent;
    const press = button.onclick;
    Object.assign(button, { textContent: "Stop", onclick: () => stop.abort() });
    bar.hidden = false;
    words.textContent = "Fetching the book.";
    try {
      await keep((part) => (bar.value = part), stop.signal);
      return true;
    } catch (error) {
      if (stop.signal.aborted) words.textContent = "Stopped. What has come stays; press again to go on.";
      else if (error.name === "QuotaExceededError") words.textContent = "There is not enough room on this device.";
      else words.textContent = "The book could not be fetched. What has come stays; press again to go on.";
      return false;
    } finally {
      stop.abort(); // the other files need not come
      Object.assign(button, { textContent: label, onclick: press });
      bar.hidden = true;
    }
  }

  /** The block with the button, which stands in the page. */
  async function runBlock(block) {
    const [button, words] = [block.querySelector("button"), block.querySelector("[role=status]")];
    const bar = block.querySelector("progress");
    const label = button.textContent;
    if (location.protocol === "file:") return (words.textContent = "This copy of the book is on this device already.");
    if (!navigator.serviceWorker || !globalThis.caches)
      return (words.textContent = "This browser keeps pages only of a site with https, and only if its settings allow it.");
    const showState = (copy) => {
      button.textContent = copy ? "Remove it from this device" : label;
      button.onclick = copy ? takeAway : take;
      words.textContent = copy ? `Kept on this device (${MB(copy.bytes)}): it opens without a network.` : "";
      button.disabled = false;
    };
    const take = async () => (await keepAndTell(button, bar, words)) && showState(await copyHere());
    const takeAway = async () => {
      await remove();
      showState(null);
      words.textContent = "Removed.";
    };
    return showState(await copyHere());
  }

  /** A line at the foot of the window when the copy is older than the site. */
  async function tellOfNewer() {
    const copy = navigator.onLine && (await copyHere());
    if (!copy) return;
    const edition = await offered();
    if (edition.edition === copy.edition || sessionStorage.getItem(LATER) === edition.edition) return;
    const words = element("span", { role: "status" });
    const bar = element("progress", { hidden: true, value: 0 });
    bar.setAttribute("aria-label", "How much of the book has come");
    const update = element("button", { type: "button", className: "offline-button" }, `Renew the copy, ${MB(await difference(copy, edition))}`);
    const later = element("button", { type: "button", className: "offline-button" }, "Not now");
    const news = element("section", { className: "offline-news", ariaLabel: "The copy on this device" }, words, bar, update, later);
    update.onclick = async () => {
      if (!(await keepAndTell(update, bar, words))) return;
      words.textContent = "The copy is the newest edition.";
      update.replaceWith(element("button", { type: "button", className: "offline-button", onclick: () => location.reload() }, "Reload"));
    };
    later.onclick = () => {
      sessionStorage.setItem(LATER, edition.edition);
      news.remove();
    };
    document.body.append(news);
    words.textContent = "A newer edition of this book is here; the copy on this device is an older one.";
  }

  const block = document.querySelector(".offline-block");
  if (block) runBlock(block);
  if (navigator.serviceWorker?.controller) tellOfNewer().catch(() => null); // no network: nothing to tell
})();
