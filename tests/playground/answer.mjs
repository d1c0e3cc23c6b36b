// Asks engines for what test cases want to know.
//
//   answer.mjs <cases.json> <answers.json> <folder of an engine> …
//
// A case is { do, … }, named below. For each folder the answers are a list, in the order of the cases. An exception becomes
// { error, expected }. What JSON has not, NaN and the infinities, becomes a word.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [cases, answers, ...folders] = process.argv.slice(2);
if (process.env.RNN_PLAIN) delete globalThis.WebAssembly; // a browser without it, or without its vectors

function askers(modules) {
  const { run: { Run }, random: { Random }, setup: { readSetup, toText, fromText, LIMITS, WORDS, USUAL, LEAST_T, BadSetup }, batch: { createBatch }, tasks: { makeTask }, linalg, exported: { toFiles }, program: { program }, session: { createSession }, optimizer, history: { History }, measures } = modules;
  const base64 = ({ name, bytes }) => ({ name, bytes: Buffer.from(bytes).toString("base64") });
  const detailOf = (run) => {
    const { arrays, ...detail } = run.state({ detail: true }).detail;
    return detail;
  };
  return {
    BadSetup,
    random({ seed, stream, count, low, high }) {
      const random = new Random(seed, stream);
      const take = (draw) => Array.from({ length: count }, draw);
      return { words: take(() => random.word()), uniforms: take(() => random.uniform()), integers: take(() => random.integer(low, high)), normals: take(() => random.normal()) };
    },
    draw({ setup, text, count }) {
      const read = readSetup(setup);
      const task = makeTask(read, text);
      const random = new Random(read.seed, 1);
      const batch = createBatch(task.n, task.numbers);
      const drawn = Array.from({ length: count }, () => {
        task.draw(batch, read.batch, random);
        const { T, B, rows } = batch;
        const x = batch.x?.slice(0, rows * task.n) ?? null;
        return { T, B, x, codes: batch.codes?.slice(0, rows) ?? null, targets: batch.targets.slice(0, rows), values: x ? batch.values.slice((T - 1) * B, rows) : null, lengths: batch.lengths };
      });
      const { n, k, symbols, answers: names, chance, floor, steps } = task;
      return { drawn, task: { n, k, symbols, answers: names, chance, floor, steps } };
    },
    right({ setup, text, y }) {
      const run = new Run(setup, text);
      run.task.draw(run.batch, run.setup.batch, run.random);
      run.network.output.y = Float64Array.from(y);
      return run.accuracy();
    },
    start: ({ setup, text }) => new Run(setup, text).network.theta,
    gradient({ setup, text }) {
      const run = new Run(setup, text);
      run.task.draw(run.batch, run.setup.batch, run.random);
      const loss = run.network.lossAndGradient(run.batch, run.setup.window);
      return { loss, gradient: run.network.gradient };
    },
    train({ setup, text, updates }) {
      const run = new Run(setup, text);
      const done = run.step(updates);
      return { done, theta: run.network.theta, ...run.history.since(0), diverged: run.diverged };
    },
    measures({ setup, text, updates }) {
      const run = new Run(setup, text);
      run.step(updates);
      return detailOf(run);
    },
    norms({ setup, text, updates, most }) {
      const run = new Run(setup, text);
      run.step(updates);
      run.detail();
      return run.eye.layers.map((layer) => ({ stride: measures.strideOf(layer, most), norms: measures.logNorms(layer, most) }));
    },
    spectra: ({ matrix, m }) => ({ ...linalg.eigenvalues(Float64Array.from(matrix), m), singular: linalg.singularValues(Float64Array.from(matrix), m) }),
    norm: ({ values }) => optimizer.norm(Float64Array.from(values)),
    clip({ values, most }) {
      const gradient = Float64Array.from(values);
      const clipped = optimizer.clip(gradient, optimizer.norm(gradient), most);
      return { clipped, gradient };
    },
    predict({ setup, text, updates, inputs }) {
      const run = new Run(setup, text);
      run.step(updates);
      return run.predict(inputs);
    },
    state({ setup, text, updates }) {
      const run = new Run(setup, text);
      run.step(updates);
      return run.state({ detail: true });
    },
    exported({ setup, text, updates, deeds = [] }) {
      const run = new Run(setup, text);
      for (const { change, zero, before = updates } of deeds) {
        run.step(before);
        if (change) run.change(change);
        else run.zeroUnit(...zero);
      }
      run.step(updates);
      return { files: toFiles(run).map(base64), theta: run.network.theta, loss: run.history.since(0).loss, csv: run.history.csv(), program: program(run.begun, { updates: run.update, text, events: run.events }) };
    },
    broken({ setup, unit, layer, updates }) {
      const run = new Run(setup);
      run.step(updates);
      run.zeroUnit(unit, layer);
      const before = run.network.theta.slice();
      run.step(updates);
      return { before, after: run.network.theta, state: detailOf(run).layers[layer].h, events: run.events };
    },
    restored({ setup, text, updates, others }) {
      const run = new Run(setup, text);
      run.step(updates);
      const saved = structuredClone(run.checkpoint());
      run.step(updates);
      const whole = { theta: run.network.theta.slice(), ...run.history.since(0) };
      run.change(others);
      run.step(updates);
      run.restore(saved);
      const back = run.update;
      run.step(updates);
      const fresh = new Run(setup, text);
      fresh.restore(saved);
      fresh.step(updates);
      return { back, whole, again: { theta: run.network.theta, ...run.history.since(0) }, fresh: { theta: fresh.network.theta, ...fresh.history.since(0) }, rate: run.setup.rate };
    },
    changed({ setup, change, updates }) {
      const run = new Run(setup);
      run.step(updates);
      run.change(change);
      run.step(updates);
      return { theta: run.network.theta, T: run.batch.T };
    },
    text: ({ setup }) => toText(readSetup(setup)),
    setup: ({ text }) => fromText(text),
    fields: () => ({ LIMITS, WORDS, USUAL, LEAST_T }),
    // A history of so many updates, a copy of it after some of them, and what is left of both.
    history({ count, copied }) {
      const history = new History();
      let copy = null;
      for (let i = 0; i < count; i++) {
        if (i === copied) copy = history.copy();
        history.add(i, -i, 2 * i, i % 3 === 0);
      }
      copy.add(-1, NaN, -1, false);
      const { loss, clipped } = history.since(count - 5000);
      return { loss, clipped: clipped.slice(-6), copied: copy.since(copied - 2).loss, at: history.at(copied), empty: history.since(count).loss, csv: copy.csv().split("\n").slice(-2) };
    },
    // A session under a clock that moves on by `tick` ms whenever it is looked at, but for the first `still` times.
    // Whoever is `blind` never says that a state was seen.
    session({ messages, tick = 0.5, rounds = 400, still = 0, blind = false, rest }) {
      let time = 0;
      let looks = 0;
      const calls = [];
      const posted = [];
      const receive = createSession({ post: (message) => posted.push({ time, ...structuredClone(message) }), now: () => (time += (looks += 1) > still ? tick : 0), later: (call) => calls.push(call), rest });
      for (const message of messages) {
        receive(message);
        for (let i = 0; i < rounds && calls.length > 0; i++) {
          calls.shift()();
          if (!blind) receive({ type: "seen" });
        }
      }
      for (const message of posted) {
        if (message.files) message.files = message.files.map(base64);
        delete message.saved;
        if (message.playing) delete message.detail; // long, and looked at elsewhere
        delete message.detail?.arrays;
      }
      return posted;
    },
  };
}

const NAMES = { run: "run", random: "random", setup: "setup", batch: "batch", tasks: "tasks", linalg: "linalg", exported: "export", program: "program", session: "session", optimizer: "optimizer", history: "history", measures: "measures" };

async function load(folder) {
  const modules = {};
  for (const [name, file] of Object.entries(NAMES)) modules[name] = await import(pathToFileURL(join(folder, `${file}.js`)));
  return askers(modules);
}

function plain(_, value) {
  if (typeof value === "number" && !Number.isFinite(value)) return String(value);
  return ArrayBuffer.isView(value) ? Array.from(value) : value;
}

const asked = JSON.parse(readFileSync(cases, "utf8"));
const found = [];
for (const folder of folders) {
  const asker = await load(folder);
  found.push(asked.map((one) => {
    try {
      return asker[one.do](one);
    } catch (error) {
      return { error: error.message, expected: error instanceof asker.BadSetup };
    }
  }));
}
writeFileSync(answers, JSON.stringify(found, plain));
