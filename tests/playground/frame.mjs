// Runs the parts of the page that need no page. Arguments: a file of cases, {part, …}; prints the answers.
import { readFileSync } from "node:fs";
import { fromFragment, toFragment } from "../../src/rnn_playground/page/address.js";
import { changed, EXAMPLES, FIELDS, nearest } from "../../src/rnn_playground/page/fields.js";
import { createHistory } from "../../src/rnn_playground/page/history.js";
import { directions } from "../../src/rnn_playground/page/panels/directions.js";
import { openings } from "../../src/rnn_playground/page/panels/openings.js";
import { changeWords, diverged, inSentence, short, status, summary } from "../../src/rnn_playground/page/words.js";
import { LIMITS, readSetup, USUAL, WORDS } from "../../src/rnn_playground/engine/setup.js";

const PARTS = {
  history({ states }) {
    const history = createHistory();
    for (const { from, steps, ...records } of states) history.take({ from, ...records }, steps);
    const { take, clear, ...arrays } = history;
    return arrays;
  },
  directions: ({ h, T, m, start }) => directions(h, T, m, start),
  openings: ({ cell, gates, T, m }) => openings(cell, gates, T, m),
  fragment: ({ setup }) => ({ text: toFragment(readSetup(setup)), back: fromFragment(toFragment(readSetup(setup))) }),
  read({ fragment }) {
    try {
      return fromFragment(fragment);
    } catch (error) {
      return error.message;
    }
  },
  changed: ({ setup, name, value }) => readSetup(changed(readSetup(setup), name, value)),
  /** What is offered that is not allowed; and fields without a control. */
  offered() {
    const wrong = [];
    for (const { name, options, stops } of FIELDS) {
      for (const value of options ? Object.keys(options) : stops ?? []) {
        try {
          readSetup({ [name]: name === "layers" ? Number(value) : value });
        } catch (error) {
          wrong.push(error.message);
        }
      }
      if (options && WORDS[name] && String(Object.keys(options).sort()) !== String([...WORDS[name]].sort())) wrong.push(`not all of ${name}`);
      if (stops && stops.some((value, i) => i > 0 && value <= stops[i - 1])) wrong.push(`${name} is not in order`);
      if (!options && !LIMITS[name]) wrong.push(`${name} has no limits`);
    }
    for (const { setup } of EXAMPLES) readSetup(setup);
    return { wrong, without: Object.keys(USUAL).filter((name) => !FIELDS.some((field) => field.name === name)) };
  },
  nearest: ({ stops, value }) => nearest(stops, value),
  words: () => ({
    short: [0.00012345, -0.5, 123.456, 1234567, 0, null, Infinity].map(short),
    status: status({ update: 7, per_step: 0.25, accuracy: 0.5, chance: 3, floor: 0.6, steps: 3 }),
    unknown: status({ update: 7, per_step: 0.25, accuracy: null, chance: 3, floor: null, steps: 3 }),
    summary: summary({ update: 1, per_step: 0.25, accuracy: 0.5, chance: 3, steps: 3 }),
    diverged: diverged({ update: 57, what: "square" }),
    changes: [{ update: 3, unit: 4, layer: 1 }, { update: 1, rate: 0.5, clip: 2 }].map(changeWords),
    errors: [{ message: "T must be at least 10", expected: true }, { message: "oh", expected: false, of: "step" }].map(inSentence),
  }),
};

const cases = JSON.parse(readFileSync(process.argv[2], "utf8"));
console.log(JSON.stringify(cases.map(({ part, ...rest }) => PARTS[part](rest)), (_, value) => (value instanceof Float64Array ? [...value] : value)));
