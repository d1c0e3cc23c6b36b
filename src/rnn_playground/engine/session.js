// What the worker does with messages, apart from being a worker: `post` sends, `now` is a clock in ms, `later` calls back soon.
import { toFiles } from "./export.js";
import { program } from "./program.js";
import { Run } from "./run.js";
import { BadSetup } from "./setup.js";

const SLICE = 12; // ms of updates before messages are looked at
const INTERVAL = 1000 / 30; // ms between two states
const SHARE = 0.3; // of the time that details may take
const KEPT = 50; // checkpoints
const REST = 1_000_000; // updates between two pauses: a run that is forgotten shall not fill the memory

export function createSession({ post, now, later, rest = REST }) {
  let run = null;
  let playing = false;
  let perSecond = Infinity;
  let last = Infinity; // the update after which it stops
  let allowance = 0; // updates that may be done at this speed
  let lastSlice = 0;
  let lastState = -Infinity;
  let nextDetail = -Infinity;
  let told = 0; // updates whose records were sent
  let unseen = false; // whether the last state still waits to be looked at: then a run that plays sends no other
  let checkpoints = [];
  let scheduled = false;

  function tellState(force = false, more = {}) {
    const time = now();
    const detail = force || time >= nextDetail;
    const state = run.state({ detail });
    if (detail) {
      const taken = now() - time;
      nextDetail = now() + Math.max(INTERVAL, (taken * (1 - SHARE)) / SHARE);
    }
    lastState = time;
    unseen = true;
    post({ type: "state", playing, ...state, ...more, records: { from: told, ...run.history.since(told) } });
    told = run.update;
  }

  function slice() {
    scheduled = false;
    if (!playing) return;
    const begin = now();
    const more = begin > lastSlice ? ((begin - lastSlice) / 1000) * perSecond : 0; // no time times any speed is not a number
    allowance = Math.min(allowance + more, Math.max(1, perSecond));
    lastSlice = begin;
    while (allowance >= 1 && now() - begin < SLICE) {
      if (run.update >= last || run.step(1) === 0) {
        playing = false;
        tellState(true, { ended: true });
        return;
      }
      allowance -= 1;
    }
    if (!unseen && now() - lastState >= INTERVAL && run.update > told) tellState();
    schedule();
  }

  function schedule() {
    if (scheduled || !playing) return;
    scheduled = true;
    later(slice);
  }

  const needed = () => {
    if (!run) throw new BadSetup("there is no run yet");
    return run;
  };

  const handlers = {
    start({ setup, text }) {
      playing = false;
      run = new Run(setup, text);
      checkpoints = [];
      told = 0;
      tellState(true);
    },
    play({ speed = Infinity, until = (Math.floor(needed().update / rest) + 1) * rest }) {
      needed();
      if (!(speed > 0)) throw new BadSetup(`the speed must be above 0, got ${speed}`);
      if (!(until >= 0)) throw new BadSetup(`until must be a number of updates, got ${until}`);
      perSecond = speed;
      last = until;
      if (run.diverged) return tellState(true);
      playing = true;
      allowance = 1;
      lastSlice = now();
      schedule();
    },
    seen() {
      unseen = false;
    },
    pause() {
      needed();
      playing = false;
      tellState(true);
    },
    step({ updates = 1 }) {
      needed().step(Math.min(Math.max(1, Math.floor(updates) || 1), 10000));
      tellState(true);
    },
    checkpoint({ name }) {
      const saved = needed().checkpoint();
      checkpoints = [...checkpoints.filter((one) => one.name !== name), { name, saved }].slice(-KEPT);
      post({ type: "checkpoint", name, update: run.update, saved });
    },
    restore({ name, saved }) {
      const found = saved ?? checkpoints.find((one) => one.name === name)?.saved;
      if (!found) throw new BadSetup(`there is no checkpoint “${name}”`);
      playing = false;
      needed().restore(found);
      told = 0; // all records again
      tellState(true);
    },
    break({ type, id, unit, layer, ...patch }) {
      const changes = Object.keys(patch).length > 0;
      if (changes === (unit !== undefined)) throw new BadSetup("a unit can be silenced, or settings be changed: one of the two at a time");
      if (changes) needed().change(patch);
      else needed().zeroUnit(unit, layer);
      tellState(true);
    },
    predict({ inputs, id }) {
      post({ type: "prediction", id, ...needed().predict(inputs) });
    },
    export({ id }) {
      const { begun, text, events, history } = needed();
      const updates = Math.max(1, run.update);
      post({ type: "export", id, files: toFiles(run), csv: history.csv(), program: program(begun, { updates, text, events }) });
    },
  };

  /** Whatever comes, an answer: a message of type "error" says what is wrong, and the run is as it was. */
  return function receive(message) {
    try {
      const handler = Object.hasOwn(handlers, message?.type) ? handlers[message.type] : null;
      if (!handler) throw new BadSetup(`there is no message of type ${message?.type}`);
      handler(message);
    } catch (error) {
      post({ type: "error", of: message?.type ?? null, id: message?.id ?? null, expected: error instanceof BadSetup, message: error.message });
    }
  };
}
