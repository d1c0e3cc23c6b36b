// Loads the parts of the runtime: each once, then from the browser's own store, under the hash of its content.
const STORE = "rnn-book-live";

/** A reason for which nothing can run, in a sentence for the reader. */
export class Trouble extends Error {}

const MB = (bytes) => (bytes / 1e6).toFixed(1);

/** The store, or null where the browser has none: on a page without https, or where the reader forbids it. */
async function openStore() {
  try {
    return await caches.open(STORE);
  } catch {
    return null;
  }
}

/** Whether these bytes are those that were packed; where the browser cannot tell, unpacking will. */
async function isRight(bytes, part) {
  if (bytes.length !== part.bytes) return false;
  if (!globalThis.crypto?.subtle) return true;
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("") === part.sha256;
}

async function download(address, part, onBytes, signal) {
  let arrived = 0;
  try {
    const response = await fetch(address, { signal });
    if (!response.ok) throw new Trouble(`The file ${part.file} is not on this site (${response.status}).`);
    const bytes = new Uint8Array(part.bytes);
    const reader = response.body.getReader();
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      if (arrived + next.value.length <= part.bytes) bytes.set(next.value, arrived);
      arrived += next.value.length;
      onBytes(next.value.length);
    }
    if (arrived === part.bytes && (await isRight(bytes, part))) return bytes;
  } catch (error) {
    if (error instanceof Trouble) throw error;
    throw new Trouble(
      `The download broke off (${MB(arrived)} of ${MB(part.bytes)} MB of ${part.file}). ` +
        "Files that were complete are kept; press again when the network is back.",
    );
  }
  throw new Trouble(`The file ${part.file} did not arrive as it was packed. Press again to load it anew.`);
}

async function load(part, base, store, onBytes, signal) {
  const address = new URL(part.file, base).href;
  const kept = await store?.match(address).catch(() => null);
  if (kept) {
    const bytes = new Uint8Array(await kept.arrayBuffer());
    if (await isRight(bytes, part)) {
      onBytes(bytes.length);
      return bytes;
    }
    await store.delete(address); // spoilt on the disk: loaded anew
  }
  const bytes = await download(address, part, onBytes, signal);
  await store?.put(address, new Response(bytes)).catch(() => null); // a full disk: loaded again next time
  return bytes;
}

const unpacked = (bytes) => new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
const wholly = async (bytes) => new Uint8Array(await new Response(unpacked(bytes)).arrayBuffer());

/** Forget files of earlier versions of the book. */
async function tidy(parts, base, store) {
  const used = new Set(Object.values(parts).map((part) => new URL(part.file, base).href));
  const folder = new URL(base).href;
  for (const { url } of (await store?.keys()) ?? []) {
    if (url.startsWith(folder) && !used.has(url)) await store.delete(url);
  }
}

/** Load all parts; resolves to the compiled module and the unpacked files. `onProgress` is told bytes. */
export async function loadAll(parts, base, onProgress) {
  if (typeof WebAssembly === "undefined" || typeof DecompressionStream === "undefined")
    throw new Trouble("This browser cannot run Python: it has no WebAssembly, or it is switched off.");
  const total = Object.values(parts).reduce((sum, part) => sum + part.bytes, 0);
  let done = 0;
  const others = new AbortController();
  const onBytes = (more) => others.signal.aborted || onProgress((done += more), total);
  const store = await openStore();
  const get = (name) => load(parts[name], base, store, onBytes, others.signal);
  const all = Promise.all(["python", "library", "figures", "book"].map(get));
  all.catch(() => others.abort()); // when one fails, the others need not come
  const [python, library, figures, book] = await all;
  onProgress(total, total);
  try {
    const headers = { "Content-Type": "application/wasm" };
    const [module, ...files] = await Promise.all([
      WebAssembly.compileStreaming(new Response(unpacked(python), { headers })),
      ...[library, figures, book].map(wholly),
    ]);
    tidy(parts, base, store).catch(() => null);
    return { module, parts: { library: files[0], figures: files[1], book: files[2] } };
  } catch (error) {
    throw new Trouble(`This browser cannot run Python: it is too old, or the site's rules forbid it (${error.message}).`);
  }
}
