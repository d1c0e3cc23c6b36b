// Asks the pure parts of the page's tools: page.mjs <cases.json> <answers.json>. A case is { do, … }, named below.
import { readFileSync, writeFileSync } from "node:fs";
import { createBatch } from "../../src/rnn_playground/engine/batch.js";
import { Random } from "../../src/rnn_playground/engine/random.js";
import { readSetup } from "../../src/rnn_playground/engine/setup.js";
import { makeTask } from "../../src/rnn_playground/engine/tasks.js";
import { chosen, tempered } from "../../src/rnn_playground/page/tools/sampling.js";
import { likeliest, share, stepSentence } from "../../src/rnn_playground/page/tools/said.js";
import { drawn, read, rightAnswers, write } from "../../src/rnn_playground/page/tools/sequences.js";

const [cases, answers] = process.argv.slice(2);
const taskOf = ({ setup, text = "" }) => makeTask(readSetup(setup), text);

const ASKED = {
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

const plain = (_, value) => (ArrayBuffer.isView(value) ? Array.from(value) : value);
const found = [];
for (const one of JSON.parse(readFileSync(cases, "utf8"))) found.push(await ASKED[one.do](one));
writeFileSync(answers, JSON.stringify(found, plain));
