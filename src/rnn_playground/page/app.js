// A playground without its looks: the run, its record, and what its parts may ask for. The parts (panels, missions, tools) get
// this object and nothing else:
//
// - setup, text, task (makeTask: symbols, answers, chance …), state and detail (the last ones, or null), history (history.js),
//   changed (what was done to the run in its course: { update, unit?, layer?, T?, window?, rate?, clip? });
// - start(fields, text?): a new run, which plays on if the last one did; what is wrong is said, and false is returned;
// - play(), pause(), step(updates), restore(saved, text), speed;
// - send(message) and newClient(): see client.js;
// - on(event, f), which gives a function that ends it. Events: "start" (setup), "state" (message), "diverged" (message),
//   "break" (an entry of `changed`), "error" (message), "playing" (boolean), "say" (text), "frame" (before the panels are drawn), "moments";
// - say(text): for everybody, screen readers too. memory: see storage.js.
import { BadSetup, readSetup } from "../engine/setup.js";
import { makeTask } from "../engine/tasks.js";
import { createClient } from "./client.js";
import { createHistory } from "./history.js";
import { EXAMPLE_TEXT, inSentence, whole } from "./words.js";

export const MOST_BYTES = 100_000; // of the reader's own text

function checkText(text) {
  const bytes = new TextEncoder().encode(text).length;
  if (bytes > MOST_BYTES) throw new BadSetup(`the text may have 100 kB, and this one has ${Math.ceil(bytes / 1000)}`);
}

const same = (a, b) => Object.keys(a).every((name) => a[name] === b[name]);

export function createApp({ workerUrl, memory }) {
  const listeners = new Map();
  const client = createClient(workerUrl);
  let waiting = false; // for the first state of a new run: until then those of the last one come

  const emit = (event, what) => {
    for (const listener of [...(listeners.get(event) ?? [])]) listener(what);
  };

  const app = {
    setup: readSetup({}),
    text: EXAMPLE_TEXT,
    task: null,
    state: null,
    detail: null,
    history: createHistory(),
    changed: [],
    moments: [], // that the reader kept: { name, update, saved, text }
    speed: Infinity, // updates a second
    playing: false,
    memory,
    newClient: () => createClient(workerUrl),

    send(message) {
      if (["play", "pause", "restore"].includes(message.type)) {
        app.playing = message.type === "play";
        emit("playing", app.playing);
      }
      return client.send(message);
    },

    say: (text) => emit("say", text),
    tell: emit,

    on(event, listener) {
      if (!listeners.has(event)) listeners.set(event, new Set());
      listeners.get(event).add(listener);
      return () => listeners.get(event).delete(listener);
    },

    start(fields, text = app.text) {
      let [setup, task] = [];
      try {
        setup = readSetup(fields);
        checkText(text);
        task = makeTask(setup, text);
      } catch (error) {
        emit("error", { type: "error", of: "start", id: null, expected: error instanceof BadSetup, message: error.message });
        return false;
      }
      const goOn = app.playing;
      Object.assign(app, { setup, text, task, state: null, detail: null, changed: [], playing: false });
      app.history.clear();
      waiting = true;
      client.send({ type: "start", setup, text });
      emit("start", setup);
      if (goOn) app.play();
      return true;
    },

    play: () => app.send(app.speed === Infinity ? { type: "play" } : { type: "play", speed: app.speed }),
    pause: () => app.send({ type: "pause" }),
    step: (updates = 1) => app.send({ type: "step", updates }),

    /** Go to a checkpoint of this or of another run. */
    restore(saved, text = app.text) {
      app.playing = false;
      if (!same(saved.begun, app.setup) || text !== app.text) {
        if (!app.start(saved.begun, text)) return;
      }
      app.send({ type: "restore", saved });
    },

    close: () => client.close(),
  };

  client.on("state", (state) => {
    if (waiting && (state.update !== 0 || !same(state.setup, app.setup))) return;
    waiting = false;
    const before = app.state;
    if (!same(state.setup, app.setup)) Object.assign(app, { setup: state.setup, task: makeTask(state.setup, app.text) });
    app.history.take(state.records, state.steps);
    app.state = state;
    if (state.detail) app.detail = state.detail;
    const known = app.changed.length;
    app.changed = state.events.map(({ update, change, zero }) => ({ update, ...(change ?? zero) }));
    if (app.playing && (state.diverged || state.ended)) {
      app.playing = false;
      emit("playing", false);
    }
    emit("state", state);
    if (state.ended) app.say(`Paused after ${whole(state.update)} updates. Press Play to go on.`);
    if (state.diverged && !before?.diverged) emit("diverged", state);
    for (const one of app.changed.slice(known)) emit("break", one);
  });
  client.on("error", (message) => emit("error", message));
  app.on("error", (message) => {
    if (message.of === "start" || message.of === null) waiting = false;
    app.say(inSentence(message));
  });
  return app;
}
