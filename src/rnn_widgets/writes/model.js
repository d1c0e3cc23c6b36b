// A network at each of its checkpoints: what it expects after a beginning, and what it writes. No DOM.

export const WRITTEN = 150; // characters
export const SHOWN = 12; // bars
const RUN = /(?<![A-Za-z])[a-z]{2,}(?![A-Za-z])/g;

const known = new WeakMap(); // what was stored, decoded once

/** The arrays of all checkpoints, row by row: 8-bit integers, each array times its unit; and the words. */
export function decode(stored) {
  if (known.has(stored)) return known.get(stored);
  const { m, symbols, checkpoints, words } = stored;
  const k = symbols.length;
  const sizes = [m * k, m * m, k * m, m, k];
  const networks = checkpoints.map(({ units, weights }) => {
    const bytes = atob(weights);
    let at = 0;
    const [W_hx, W_hh, W_yh, b_h, b_y] = sizes.map((size, which) => {
      const array = Float64Array.from({ length: size }, (_, i) => units[which] * ((bytes.charCodeAt(at + i) << 24) >> 24));
      at += size;
      return array;
    });
    return { m, k, W_hx, W_hh, W_yh, b_h, b_y };
  });
  const found = { networks, words: new Set(words.split(" ")) };
  known.set(stored, found);
  return found;
}

/** Row i of a matrix times a vector. Four sums at once, since each must wait for the one before. */
function row(W, i, v) {
  const n = v.length; // a multiple of four
  const start = i * n;
  let [a, b, c, d] = [0, 0, 0, 0];
  for (let j = 0; j < n; j += 4) {
    a += W[start + j] * v[j];
    b += W[start + j + 1] * v[j + 1];
    c += W[start + j + 2] * v[j + 2];
    d += W[start + j + 3] * v[j + 3];
  }
  return a + b + (c + d);
}

/** The state after one more character: Equations (1) and (2). */
export function step({ m, k, W_hx, W_hh, b_h }, h, code) {
  const next = new Float64Array(m);
  for (let i = 0; i < m; i++) next[i] = Math.tanh(W_hx[i * k + code] + row(W_hh, i, h) + b_h[i]);
  return next;
}

/** Equation (3). */
function logits({ k, W_yh, b_y }, h) {
  const o = new Float64Array(k);
  for (let c = 0; c < k; c++) o[c] = row(W_yh, c, h) + b_y[c];
  return o;
}

/** Equation (4), the logits divided by a temperature; with 0 the largest gets all. */
export function expect(network, h, temperature) {
  const o = logits(network, h);
  const largest = Math.max(...o);
  if (temperature === 0) return oneHot(o, o.indexOf(largest));
  let total = 0;
  for (let c = 0; c < o.length; c++) total += o[c] = Math.exp((o[c] - largest) / temperature);
  for (let c = 0; c < o.length; c++) o[c] /= total;
  return o;
}

const oneHot = (o, place) => o.map((_, c) => (c === place ? 1 : 0));

/** Numbers in [0, 1), the same ones for the same seed, here and in Python. */
function random(seed) {
  let state = Math.imul(2654435761, seed + 1) >>> 0;
  return () => {
    state = (Math.imul(1664525, state) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Which character a number in [0, 1) draws. */
function drawn(y, number) {
  let total = 0;
  for (let c = 0; c < y.length; c++) {
    total += y[c];
    if (number < total) return c;
  }
  return y.length - 1;
}

const largestOf = (y) => y.indexOf(Math.max(...y));

/** All runs of two or more small letters that begin and end within what was written. */
function runsOf(beginning, written) {
  const whole = beginning + written;
  return [...whole.matchAll(RUN)].filter(({ 0: run, index }) => index >= beginning.length && index + run.length < whole.length).map(([run]) => run);
}

/** What the network expects after the beginning, what it writes, and what each checkpoint expects there. */
export function measure(get, { checkpoint, text, temperature, seed }) {
  const stored = get("network");
  const { symbols, checkpoints } = stored;
  const { networks, words } = decode(stored);
  const codes = [...text].map((symbol) => symbols.indexOf(symbol));
  const states = networks.map((network) => codes.reduce((h, code) => step(network, h, code), new Float64Array(network.m)));
  const plain = networks.map((network, i) => expect(network, states[i], 1));
  const network = networks[checkpoint];
  const y = expect(network, states[checkpoint], temperature);
  const next = random(seed);
  let h = states[checkpoint];
  let written = "";
  for (let t = 0; t < WRITTEN; t++) {
    const code = drawn(t === 0 ? y : expect(network, h, temperature), next());
    written += symbols[code];
    h = step(network, h, code);
  }
  const runs = runsOf(text, written);
  const right = runs.filter((run) => words.has(run));
  const own = plain[checkpoint];
  const order = Array.from(own, (_, c) => c).sort((a, b) => own[b] - own[a] || a - b).slice(0, SHOWN);
  const space = symbols.indexOf(" ");
  return {
    y: Array.from(y),
    order, // the most probable ones first
    symbols,
    written,
    spaces: written.split(" ").length - 1,
    runs: runs.length,
    words: right.length,
    different: new Set(right).size,
    stages: checkpoints.map(({ updates, loss }, i) => {
      const top = largestOf(plain[i]);
      return { updates, loss, top: symbols[top], share: plain[i][top], space: plain[i][space] };
    }),
  };
}
