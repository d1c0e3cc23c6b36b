// Asks the pure parts of the page's tools: page.mjs <cases.json> <answers.json>. A case is { do, … }, named below.
import { readFileSync, writeFileSync } from "node:fs";
import { createBatch } from "../../src/rnn_playground/engine/batch.js";
import { Random } from "../../src/rnn_playground/engine/random.js";
import { Run } from "../../src/rnn_playground/engine/run.js";
import { createSession } from "../../src/rnn_playground/engine/session.js";
import { readSetup } from "../../src/rnn_playground/engine/setup.js";
import { makeTask } from "../../src/rnn_playground/engine/tasks.js";
import { comparison, differences, inALine } from "../../src/rnn_playground/page/tools/differences.js";
import { endOf, endRow, interval, inTurns, pairsSentence, spreadOf, spreadSentence } from "../../src/rnn_playground/page/tools/ends.js";
import { tryItLink } from "../../src/rnn_playground/page/tools/link.js";
import { runTo } from "../../src/rnn_playground/page/tools/runner.js";
import { chosen, tempered } from "../../src/rnn_playground/page/tools/sampling.js";
import { likeliest, share, stepSentence } from "../../src/rnn_playground/page/tools/said.js";
import { drawn, read, rightAnswers, write } from "../../src/rnn_playground/page/tools/sequences.js";

const [cases, answers] = process.argv.slice(2);
const taskOf = ({ setup, text = "" }) => makeTask(readSetup(setup), text);

/** What client.js makes of a worker, made of a session in this process. */
function createClient() {
  const listeners = new Map();
  const post = (message) => {
    [...(listeners.get(message.type) ?? [])].forEach((listener) => listener(structuredClone(message)));
    if (message.type === "state") receive({ type: "seen" });
  };
  const receive = createSession({ post: (message) => queueMicrotask(() => post(message)), now: () => performance.now(), later: (call) => setImmediate(call) });
  return {
    send: (message) => receive(message),
    on(type, listener) {
      if (!listeners.has(type)) listeners.set(type, new Set());
      listeners.get(type).add(listener);
      return () => listeners.get(type).delete(listener);
    },
  };
}

const recordOf = ({ update, loss, per_step: perStep, accuracy }) => ({ update, loss, per_step: perStep, accuracy });

const ASKED = {
  /** Runs one after another in one client; beside each what the engine gives by itself. */
  async runs({ runs }) {
    const client = createClient();
    const answers = [];
    for (const { setup, text = "", updates } of runs) {
      let told = 0;
      try {
        const { state, history } = await runTo(client, { setup, text, updates, onState: () => (told += 1) });
        const alone = new Run(setup, text);
        alone.step(updates);
        answers.push({ done: state.update, hasDetail: Boolean(state.detail), diverged: state.diverged, told, ...recordOf(history), alone: alone.history.since(0).loss, wentWrong: alone.diverged });
      } catch (error) {
        answers.push({ error: error.message });
      }
    }
    return answers;
  },
  differences: ({ a, b, ...more }) => ({ rows: differences(readSetup(a), readSetup(b)).map(({ label, a: one, b: other }) => [label, one, other]), words: comparison(readSetup(a), readSetup(b), more) }),
  line: ({ setup }) => inALine(readSetup(setup)),
  // null stands for NaN: nothing was asked.
  end: ({ record, diverged }) => endOf({ ...record, accuracy: record.accuracy.map((value) => value ?? NaN) }, diverged),
  spread({ ends, wanted }) {
    const read = ends.map((end) => ({ ...end, loss: end.diverged ? Infinity : end.loss }));
    return { ...spreadOf(read, wanted), words: spreadSentence("A", read, wanted), rows: read.map((end) => endRow(end, wanted)) };
  },
  pairs: ({ a, b }) => pairsSentence(...[a, b].map((losses) => losses.map(([seed, loss]) => ({ seed, loss: loss ?? Infinity })))),
  intervals: ({ counts }) => counts.map(([k, n]) => interval(k, n)),
  turns: ({ names, first }) => inTurns(names, first).map(({ group, seed }) => [group, seed]),
  link({ setup, updates, root }) {
    const posted = [];
    const receive = createSession({ post: (message) => posted.push(message), now: () => 0, later() {} });
    receive({ type: "start", setup });
    receive({ type: "step", updates });
    receive({ type: "export", id: 1 });
    return { link: tryItLink(posted.at(-1).program, root), program: posted.at(-1).program, loss: posted.at(-2).loss };
  },
  read: (given) => read(given.setup.task, taskOf(given), given.typed),
  right: ({ setup, steps }) => rightAnswers(setup.task, steps),
  // Sequences as training draws them: as steps, as a text, read again, and what is right by the batch's own targets.
  drawn(given) {
    const { task: name, seed, batch: count } = readSetup(given.setup);
    const task = taskOf(given);
    const random = new Random(seed, 1);
    return Array.from({ length: count }, () => {
      const again = new Random(0);
      again.words.set(random.words);
      const steps = drawn(name, task, random);
      const batch = createBatch(task.n, task.numbers);
      task.draw(batch, 1, again);
      const text = write(name, task, steps);
      return { steps, text, again: read(name, task, text), right: rightAnswers(name, steps), targets: batch.targets.slice(0, steps.length), values: batch.values?.slice(0, steps.length) ?? null };
    });
  },
  tempered: ({ p, temperature }) => tempered(Float64Array.from(p), temperature),
  chosen: ({ p, us }) => us.map((u) => chosen(p, u)),
  likeliest: ({ row, count, right }) => likeliest(Float64Array.from(row), count, right),
  share: ({ values }) => values.map(share),
  sentence: (given) => stepSentence({ ...given, name: given.setup.task, task: taskOf(given) }),
};

const plain = (_, value) => (typeof value === "number" && !Number.isFinite(value) ? String(value) : ArrayBuffer.isView(value) ? Array.from(value) : value);
const found = [];
for (const one of JSON.parse(readFileSync(cases, "utf8"))) found.push(await ASKED[one.do](one));
writeFileSync(answers, JSON.stringify(found, plain));
