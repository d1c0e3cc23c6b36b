// Softmax, what an event costs, and the gradient. No DOM.

export const WORDS = ["is", "are", "was"];
const SAME = 1e-9; // what rounding may make of equal differences
const MOVED = 0.05;

/** Equation (4). The largest logit is subtracted, so that no exponential overflows. */
export function softmax(o) {
  const largest = Math.max(...o);
  const e = o.map((value) => Math.exp(value - largest));
  const sum = e.reduce((a, b) => a + b);
  return e.map((value) => value / sum);
}

/** Equation (5) for one step, from the logits: log Σ exp(o_j) − o_c. */
export function loss(o, c) {
  const largest = Math.max(...o);
  return largest + Math.log(o.reduce((sum, value) => sum + Math.exp(value - largest), 0)) - o[c];
}

/** y − e_c; at c it is minus the sum of the others, which keeps digits where y_c is near 1. */
export function gradient(y, c) {
  const others = y.reduce((sum, value, i) => (i === c ? sum : sum + value), 0);
  return y.map((value, i) => (i === c ? -others : value));
}

/** By how much all logits lie above the first ones, if it is the same for all; else null. */
function shifted(o, first) {
  const [move, ...others] = o.map((value, i) => value - first[i]);
  return Math.abs(move) >= MOVED && others.every((other) => Math.abs(other - move) < SAME) ? move : null;
}

/** Move one logit, or all by as much: `most` bounds each. */
export function moved(o, i, value, together, { min, max }) {
  if (!together) return o.with(i, Math.min(max, Math.max(min, Number(value.toFixed(1)))));
  const wanted = Number((value - o[i]).toFixed(1));
  const by = Math.min(max - Math.max(...o), Math.max(min - Math.min(...o), wanted));
  return o.map((each) => Number((each + by).toFixed(10)));
}

/** The probabilities, the loss, its gradient, and whether only a constant was added. */
export function measure(get, { logits, happened }) {
  const c = WORDS.indexOf(happened);
  const y = softmax(logits);
  return { y, loss: loss(logits, c), gradient: gradient(y, c), shift: shifted(logits, get("initial").logits) };
}
