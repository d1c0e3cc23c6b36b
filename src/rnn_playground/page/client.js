// The engine in a worker of its own: what is sent goes there, what comes back goes to those who listen.

const HIDDEN = 1000; // ms between two states in a tab that nobody looks at
const ANSWERS = { predict: "prediction", export: "export" }; // these carry the id of what was asked

/** A worker, or a promise of one. A page that is opened as a file may not start one from a file, but from its own text. */
async function startWorker(url) {
  if (location.protocol !== "file:") return new Worker(url);
  await loadScript(url);
  const text = new Blob([`(${globalThis.rnnPlaygroundEngine})()`], { type: "text/javascript" });
  return new Worker(URL.createObjectURL(text));
}

export function loadScript(url) {
  return new Promise((resolve, reject) => {
    const script = Object.assign(document.createElement("script"), { src: url, onload: resolve });
    script.onerror = () => reject(new Error(`${url} could not be loaded`));
    document.head.append(script);
  });
}

/**
 * A new worker's client: { send(message), on(type, f), close() }.
 *
 * `send` gives a promise of the answer for predict, export and checkpoint; it may be a message of type "error". For all other
 * messages it gives nothing: what they do is seen in the states that come. `on` gives a function that ends the listening.
 */
export function createClient(url) {
  const listeners = new Map();
  const waiting = []; // { of, key, resolve }
  let worker = null;
  let closed = false;
  let number = 0;
  const early = []; // what was sent before the worker was there
  const seen = () => worker?.postMessage({ type: "seen" }); // the next state may come

  document.addEventListener("visibilitychange", seen); // whoever comes back does not wait

  function receive(message) {
    const key = message.type === "checkpoint" ? message.name : message.id;
    const at = waiting.findIndex((one) =>
      message.type === "error" ? one.of === message.of && (one.of === "checkpoint" || one.key === message.id) : one.answer === message.type && one.key === key,
    );
    if (at >= 0) waiting.splice(at, 1)[0].resolve(message);
    for (const listener of [...(listeners.get(message.type) ?? [])]) listener(message);
    if (message.type === "state") setTimeout(seen, document.hidden ? HIDDEN : 0);
  }

  function fail(message) {
    const error = { type: "error", of: null, id: null, expected: false, message };
    for (const one of waiting.splice(0)) one.resolve(error);
    for (const listener of [...(listeners.get("error") ?? [])]) listener(error);
  }

  startWorker(url).then(
    (started) => {
      if (closed) return started.terminate();
      worker = started;
      worker.onmessage = ({ data }) => receive(data);
      worker.onerror = (event) => {
        event.preventDefault();
        fail(`The engine could not be started or has stopped: ${event.message || "its file could not be loaded"}.`);
      };
      for (const message of early.splice(0)) worker.postMessage(message);
    },
    (error) => fail(`The engine could not be started: ${error.message}.`),
  );

  function post(message) {
    if (worker) worker.postMessage(message);
    else early.push(message);
  }

  return {
    send(message) {
      if (message.type === "checkpoint") {
        post(message);
        return new Promise((resolve) => waiting.push({ of: "checkpoint", answer: "checkpoint", key: message.name, resolve }));
      }
      if (!Object.hasOwn(ANSWERS, message.type)) return void post(message);
      const id = (number += 1);
      post({ ...message, id });
      return new Promise((resolve) => waiting.push({ of: message.type, answer: ANSWERS[message.type], key: id, resolve }));
    },
    on(type, listener) {
      if (!listeners.has(type)) listeners.set(type, new Set());
      listeners.get(type).add(listener);
      return () => listeners.get(type).delete(listener);
    },
    close() {
      closed = true;
      worker?.terminate();
      document.removeEventListener("visibilitychange", seen);
      for (const one of waiting.splice(0)) one.resolve({ type: "error", of: one.of, id: null, expected: true, message: "This worker was ended." });
    },
  };
}
