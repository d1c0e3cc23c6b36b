// Equations (1) to (4), step by step. No DOM.
export const T = 6;
export const N = 3; // inputs
export const M = 4; // units
export const SEEN = 0.01; // a state that moved by so much
const ALIKE = 1e-9;

const dot = (row, column) => row.reduce((sum, weight, j) => sum + weight * column[j], 0);
const times = (W, column) => W.map((row) => dot(row, column));

function softmax(o) {
  const largest = Math.max(...o);
  const e = o.map((value) => Math.exp(value - largest));
  const sum = e.reduce((a, b) => a + b);
  return e.map((value) => value / sum);
}

/** x^(t) of the 18 numbers. */
export const inputOf = (x, t) => x.slice(N * (t - 1), N * t);

/**
 * All steps. `h` are the states that were handed on, `made` those that the steps computed: they differ after the step
 * whose state was replaced.
 */
export function run({ W_hx, W_hh, W_yh, b_h, b_y }, { x, held_after: after, held }) {
  const out = { h: [after === 0 ? held : new Array(M).fill(0)], made: [], a: [], o: [], y: [], input: [], state: [] };
  for (let t = 1; t <= T; t++) {
    const input = times(W_hx, inputOf(x, t));
    const state = times(W_hh, out.h[t - 1]);
    const a = input.map((value, i) => value + state[i] + b_h[i]);
    const made = a.map(Math.tanh);
    const o = times(W_yh, made).map((value, i) => value + b_y[i]);
    for (const [name, value] of Object.entries({ input, state, a, made, o, y: softmax(o), h: after === t ? held : made })) out[name].push(value);
  }
  return out;
}

const same = (one, other) => String(one) === String(other);

/** The units that moved most, and by how much. */
function furthest(before, after) {
  const moves = after.map((value, i) => Math.abs(value - before[i]));
  const by = Math.max(...moves);
  return { by, units: moves.flatMap((move, i) => (by - move < ALIKE ? [i + 1] : [])) };
}

/** All steps, and what became of them since the first settings. */
export function measure(get, settings) {
  const [arrays, first] = [get("arrays"), get("initial")];
  const all = run(arrays, settings);
  const was = run(arrays, first);
  const changed = settings.x.flatMap((value, i) => (value === first.x[i] ? [] : [i]));
  const put = !(same(settings.held_after, first.held_after) && same(settings.held, first.held));
  const seen = all.h.findIndex((state, t) => state.some((value, i) => Math.abs(value - was.h[t][i]) >= SEEN));
  return {
    ...all,
    input: all.input[settings.step - 1],
    state: all.state[settings.step - 1],
    was: { a: was.a[0], y: was.y[T - 1] }, // of the first step, and of the last
    changed, // which of the 18 inputs
    by: changed.map((i) => settings.x[i] - first.x[i]),
    put, // whether another state was put in
    seen: seen < 0 ? null : seen,
    moved: furthest(all.h[settings.step - 1], all.made[settings.step - 1]),
  };
}

/** The value of the number that can be changed, and where it may lie. */
export function entryOf({ h }, { step, entry, x }) {
  return entry < N ? { value: inputOf(x, step)[entry], most: 2 } : { value: h[step - 1][entry - N], most: 1 };
}

/** What to set so that this number has a value. */
export function withEntry({ h }, { step, entry, x }, value) {
  if (entry < N) return { x: x.with(N * (step - 1) + entry, value) };
  return { held_after: step - 1, held: h[step - 1].with(entry - N, value) };
}
