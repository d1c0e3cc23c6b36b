// Where runs end, and how far ends lie apart. No DOM.
import { short, whole } from "../words.js";

export const SEEDS = 10;
const MOST = 2 ** 32; // seeds
const LEVEL = 0.95; // of the interval

/** The seeds of the runs: ten from the first on, and after the last possible one from 0. */
const seedsFrom = (first) => Array.from({ length: SEEDS }, (_, i) => (first + i) % MOST);

/** What is to be run, in turns, so that a stop leaves as many of A as of B. */
export const inTurns = (groups, first) => seedsFrom(first).flatMap((seed) => groups.map((group) => ({ group, seed })));

/** The end of a run: means over the last tenth of its updates, so that no single batch decides. */
export function endOf({ update, per_step: losses, accuracy }, diverged = null) {
  const last = update.at(-1) ?? 0;
  const from = last - Math.ceil(last / 10);
  const mean = (values) => {
    const seen = values.filter((value, i) => update[i] > from && !Number.isNaN(value));
    return seen.length > 0 ? seen.reduce((sum, value) => sum + value, 0) / seen.length : null;
  };
  return { updates: last, loss: diverged ? Infinity : mean(losses), accuracy: mean(accuracy), diverged };
}

/** P(X ≤ k) of n trials that succeed with probability p each. */
function below(k, n, p) {
  let [term, sum] = [(1 - p) ** n, 0];
  for (let i = 0; i <= k; i++) {
    sum += term;
    term *= ((n - i) / (i + 1)) * (p / (1 - p));
  }
  return sum;
}

/** The p between 0 and 1 at which a falling function of it is so much. */
function where(f, value) {
  let [low, high] = [0, 1];
  for (let i = 0; i < 50; i++) {
    const middle = (low + high) / 2;
    if (f(middle) > value) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** Clopper and Pearson's interval for the probability of a success, after k of n. */
export function interval(k, n) {
  const tail = (1 - LEVEL) / 2;
  return [k === 0 ? 0 : where((p) => below(k - 1, n, p), 1 - tail), k === n ? 1 : where((p) => below(k, n, p), tail)];
}

/** Of the ends of some runs: median, least and greatest loss (∞: diverged), and how many reached an accuracy. */
export function spreadOf(ends, wanted) {
  const losses = ends.map(({ loss }) => loss).sort((a, b) => a - b);
  const half = losses.length / 2;
  const median = losses.length % 2 ? losses[Math.floor(half)] : (losses[half - 1] + losses[half]) / 2;
  const reached = ends.filter(({ accuracy, diverged }) => !diverged && accuracy !== null && accuracy >= wanted).length;
  return { count: losses.length, median, least: losses[0], greatest: losses.at(-1), reached, diverged: ends.filter(({ diverged }) => diverged).length };
}

const percent = (share) => `${Math.round(100 * share)} %`;

/** The spread in words. */
export function spreadSentence(name, ends, wanted) {
  const { count, median, least, greatest, reached, diverged } = spreadOf(ends, wanted);
  const [low, high] = interval(reached, count);
  const wasAsked = ends.some(({ accuracy }) => accuracy !== null);
  const share = `${reached} of ${count} runs reached ${percent(wanted)} right. If the seeds are a fair sample, the share of all seeds that do lies between ${percent(low)} and ${percent(high)} (95 % confidence).`;
  const blown = diverged > 0 ? ` ${diverged} diverged, and count as an infinite loss.` : "";
  return `${name}: ${wasAsked ? share : `${count} runs, in which no answer can be counted as right.`} Loss per step at the end: median ${short(median)}, least ${short(least)}, greatest ${short(greatest)}.${blown}`;
}

/** Of runs with the same seeds: in how many A ended below B. */
export function pairsSentence(a, b) {
  const pairs = a.flatMap((end) => b.filter(({ seed }) => seed === end.seed).map((other) => [end.loss, other.loss]));
  const count = (isSo) => pairs.filter(([one, other]) => isSo(one, other)).length;
  return `With the same seed, A ended with the lower loss in ${count((one, other) => one < other)} of ${pairs.length} pairs, B in ${count((one, other) => other < one)}.`;
}

/** A run's row in the table. */
export const endRow = ({ seed, updates, loss, accuracy, diverged }, wanted) => [
  String(seed),
  whole(updates),
  diverged ? "diverged" : short(loss),
  accuracy === null ? "–" : percent(accuracy),
  !diverged && accuracy !== null && accuracy >= wanted ? "yes" : "no",
];
