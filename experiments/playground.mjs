// Trains one network with the playground's engine and says what became of it: see playground.py, which calls this.
//
//   playground.mjs '{"setup": "T=20&seed=3", "updates": 600, "enough": 0.95}'
import { Run } from "../src/rnn_playground/engine/run.js";
import { fromText } from "../src/rnn_playground/engine/setup.js";
import { lately } from "../src/rnn_playground/page/lately.js";

const LOOK = 50; // updates between two looks at the products of Jacobians

const { setup, updates, enough } = JSON.parse(process.argv[2]);
const run = new Run(fromText(setup));
const history = { update: [], accuracy: [] };
let solved = null;
let first = null;
let largest = 0;
let excess = null;
let nearest = null;

function look() {
  for (const { log_norms: norms, log_bound: bound } of run.detail().layers) {
    if (!bound) return;
    for (let t = 1; t < norms.length; t++) if (Number.isFinite(bound[t])) excess = Math.max(excess ?? -Infinity, norms[t] - bound[t]);
    nearest = Math.max(nearest ?? 0, Math.exp(norms.at(-1) - bound.at(-1)));
  }
}

while (run.update < updates && solved === null) {
  if (run.update % LOOK === 0) look();
  if (run.step() === 0) break;
  const { accuracy, grad_norm: norm } = run.history.at(run.update - 1);
  first ??= norm;
  largest = Math.max(largest, norm);
  history.update.push(run.update);
  history.accuracy.push(accuracy);
  if (lately(history, run.setup.batch) >= enough) solved = run.update; // null is less than that
}
look();
const { h } = run.detail().layers[0];
const { m } = run.setup;
const silent = Array.from({ length: m }, (_, unit) => h.every((value, i) => i % m !== unit || value === 0)).filter(Boolean).length;
console.log(JSON.stringify({
  solved, diverged: run.diverged?.update ?? null, accuracy: lately(history, run.setup.batch), first_norm: first, largest_norm: largest, silent, excess, nearest,
}));
