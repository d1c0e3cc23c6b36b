// The tasks: batches drawn as tasks.py and rnn_core draw them, what is right, and the exact baselines.
//
// A task is { n, k, symbols, answers, chance, floor, steps, numbers, draw(batch, B, random), right(y, batch, r) }. `right` says of
// row r of the outputs whether it is right, or null if it is not asked.
import { agreement } from "./grammar.js";
import { reber } from "./reber.js";
import { BadSetup } from "./setup.js";

/** The first of the largest of k outputs that begin at `start`. */
export function largest(y, start, k) {
  let best = 0;
  for (let c = 1; c < k; c++) if (y[start + c] > y[start + best]) best = c;
  return best;
}

function largestIsTarget(y, batch, r, k) {
  return batch.targets[r] < 0 ? null : largest(y, r * k, k) === batch.targets[r];
}

/** One of two cues, T blanks, a question: which cue was it? */
function recall({ T }) {
  return {
    n: 4, k: 2, symbols: ["a", "b", "·", "?"], answers: ["a", "b"], chance: Math.log(2), floor: 0, steps: 1,
    draw(batch, B, random) {
      batch.shape(T + 2, B);
      batch.codes.fill(2);
      for (let b = 0; b < B; b++) {
        batch.codes[b] = random.integer(0, 2);
        batch.codes[(T + 1) * B + b] = 3;
        batch.targets[(T + 1) * B + b] = batch.codes[b];
      }
    },
    right: largestIsTarget,
  };
}

/** Two symbols among distractors: which, and in what order? */
function order({ T }) {
  const places = [[1, 2], [4, 5]].map(([low, high]) => [Math.ceil((low * T) / 10), Math.floor((high * T) / 10)]);
  return {
    n: 6, k: 4, symbols: [..."ABcdef"], answers: ["AA", "AB", "BA", "BB"], chance: Math.log(4), floor: 0, steps: 1,
    draw(batch, B, random) {
      batch.shape(T, B);
      const { codes, targets } = batch;
      const last = (T - 1) * B;
      for (let r = 0; r < T * B; r++) codes[r] = random.integer(2, 6);
      // The first symbols of all sequences are drawn, then the second ones, then the places.
      for (let b = 0; b < B; b++) targets[last + b] = 2 * random.integer(0, 2);
      for (let b = 0; b < B; b++) targets[last + b] += random.integer(0, 2);
      for (let which = 0; which < 2; which++) {
        for (let b = 0; b < B; b++) {
          const t = random.integer(places[which][0], places[which][1] + 1);
          codes[(t - 1) * B + b] = which === 0 ? targets[last + b] >> 1 : targets[last + b] & 1;
        }
      }
    },
    right: largestIsTarget,
  };
}

/** The sum of the two numbers that are marked. */
function adding({ T }) {
  const half = Math.floor(T / 2);
  return {
    n: 2, k: 1, symbols: ["number", "marker"], answers: [], chance: 1 / 6, floor: 0, steps: 1, numbers: true,
    draw(batch, B, random) {
      batch.shape(T, B);
      const { x, values, targets } = batch;
      for (let r = 0; r < T * B; r++) x[2 * r + 1] = 0;
      for (let which = 0; which < 2; which++) {
        for (let b = 0; b < B; b++) x[2 * (random.integer(which * half, which ? T : half) * B + b) + 1] = 1;
      }
      for (let b = 0; b < B; b++) {
        values[(T - 1) * B + b] = 0;
        targets[(T - 1) * B + b] = 0;
      }
      for (let r = 0; r < T * B; r++) {
        x[2 * r] = random.uniform();
        if (x[2 * r + 1]) values[(T - 1) * B + (r % B)] += x[2 * r];
      }
    },
    right: (y, batch, r) => (batch.targets[r] < 0 ? null : Math.abs(y[r] - batch.values[r]) <= 0.08),
  };
}

/** At every step: is the number of ones so far odd? */
function parity({ T }) {
  return {
    n: 2, k: 2, symbols: ["0", "1"], answers: ["even", "odd"], chance: T * Math.log(2), floor: 0, steps: T,
    draw(batch, B, random) {
      batch.shape(T, B);
      const { codes, targets } = batch;
      for (let r = 0; r < T * B; r++) {
        codes[r] = random.integer(0, 2);
        targets[r] = r < B ? codes[r] : codes[r] ^ targets[r - B];
      }
    },
    right: largestIsTarget,
  };
}

/** Each character of a text predicts the next. Chance knows how often each comes, and nothing else. */
function text({ T }, given) {
  const characters = [...given]; // by code points, as Python has them
  if (characters.length === 0) throw new BadSetup("the text must hold at least one character");
  const symbols = [...new Set(characters)].sort((a, b) => a.codePointAt(0) - b.codePointAt(0));
  const k = symbols.length;
  const places = new Map(symbols.map((symbol, code) => [symbol, code]));
  const N = characters.length;
  const times = Math.ceil((T + 1) / N); // one that is too short is read over and over
  const codes = Int32Array.from({ length: N * times }, (_, i) => places.get(characters[i % N]));
  const counts = new Float64Array(k);
  for (let i = 0; i < N; i++) counts[codes[i]] += 1;
  const entropy = counts.reduce((sum, count) => sum - (count / N) * Math.log(count / N), 0);
  return {
    n: k, k, symbols, answers: symbols, chance: T * entropy, floor: null, steps: T,
    draw(batch, B, random) {
      batch.shape(T, B);
      for (let b = 0; b < B; b++) {
        const start = random.integer(0, codes.length - T);
        for (let t = 0; t < T; t++) {
          batch.codes[t * B + b] = codes[start + t];
          batch.targets[t * B + b] = codes[start + t + 1];
        }
      }
    },
    right: largestIsTarget,
  };
}

const MAKERS = { recall, order, adding, reber, parity, agreement, text };

/** The task of a set-up that has been read; `given` is the text that “text” learns. */
export function makeTask(setup, given = "") {
  return { numbers: false, ...MAKERS[setup.task](setup, given) };
}
