// A sequence as a text that a reader can type, and what would be right at each of its steps. No DOM.
import { createBatch } from "../../engine/batch.js";

export const MOST = 500; // steps that the engine takes at once
const BLANK = 2; // of "recall", whose cues are 0 and 1 and whose question is the last symbol
const QUESTION = 3;

const WRITTEN = {
  recall: (symbol) => (".-_".includes(symbol) ? "·" : symbol),
  reber: (symbol) => symbol.toUpperCase(),
};

/** The pieces of a text: words, characters without the spaces, or every character of a text. */
function pieces(name, text) {
  if (name === "text") return [...text];
  if (name === "adding") return text.split(/(?:,\s|[\s;])+/).filter(Boolean);
  if (name === "agreement") return text.match(/[^\s.]+|\./g) ?? [];
  return [...text.replace(/\s/g, "")].map(WRITTEN[name] ?? String);
}

/** A number, marked by a star after it. */
function pair(piece) {
  const [, number, star] = /^([-+]?(?:\d+[.,]?\d*|[.,]\d+))(\*?)$/.exec(piece) ?? [];
  return number === undefined ? null : [Number(number.replace(",", ".")), star ? 1 : 0];
}

/** Read what was typed: { steps, wrong }, of which `wrong` is a sentence or null. A step is a code, or [number, marker]. */
export function read(name, { symbols }, text) {
  const all = pieces(name, text);
  const steps = all.map((piece) => (name === "adding" ? pair(piece) : symbols.indexOf(piece)));
  const at = steps.findIndex((step) => step === null || step === -1);
  let wrong = null;
  if (all.length === 0) wrong = "Type a sequence.";
  else if (all.length > MOST) wrong = `At most ${MOST} steps; these are ${all.length}.`;
  else if (at >= 0 && name === "adding") wrong = `Step ${at + 1}, “${all[at]}”, is no number: write 0.3, or 0.3* for one that is marked.`;
  else if (at >= 0 && name === "text") wrong = `“${all[at]}”, step ${at + 1}, does not occur in the text that is learnt.`;
  else if (at >= 0) wrong = `“${all[at]}”, step ${at + 1}, is none of the symbols ${symbols.join(" ")}`;
  return { steps: wrong ? [] : steps, wrong };
}

/** What a step is called. */
export const called = (name, { symbols }, step) => (name === "adding" ? `${Number(step[0].toFixed(2))}${step[1] ? "*" : ""}` : symbols[step]);

/** The text that reads as these steps; numbers have two decimals. */
export const write = (name, task, steps) => steps.map((step) => called(name, task, step)).join(name === "adding" || name === "agreement" ? " " : "");

/** A sequence as training draws them. */
export function drawn(name, task, random) {
  const batch = createBatch(task.n, task.numbers);
  task.draw(batch, 1, random);
  const { T } = batch;
  if (!task.numbers) return Array.from(batch.codes.subarray(0, T));
  return Array.from({ length: T }, (_, t) => [Math.round(100 * batch.x[2 * t]) / 100, batch.x[2 * t + 1]]);
}

const whole = (steps, last) => [...steps.slice(1).map(() => null), last];

const RIGHT = {
  recall(steps) {
    const isOne = steps.length > 1 && steps[0] < BLANK && steps.at(-1) === QUESTION && steps.slice(1, -1).every((step) => step === BLANK);
    return whole(steps, isOne ? steps[0] : null);
  },
  order(steps) {
    const cues = steps.filter((step) => step < 2);
    return whole(steps, cues.length === 2 ? 2 * cues[0] + cues[1] : null);
  },
  adding(steps) {
    const marked = steps.filter(([, marker]) => marker === 1);
    return whole(steps, marked.length === 2 ? marked[0][0] + marked[1][0] : null);
  },
  parity(steps) {
    let odd = 0;
    return steps.map((step) => (odd ^= step));
  },
};

/** What would be right after each step: a code of `answers` or a number; null where nothing is, or nobody knows. */
export const rightAnswers = (name, steps) => (RIGHT[name] ?? (() => [...steps.slice(1), null]))(steps);

/** Tasks whose answers are the next symbol: there a sequence can go on. */
export const goesOn = (name) => ["reber", "agreement", "text"].includes(name);
