// What is said of softmax. Every sentence is a condition on the numbers; truth.py among the tests holds it against them.
import { apart } from "../kit/format.js";
import { WORDS } from "./model.js";

const SURE = 0.9;
const TIE = 1e-9;
const GUESSING = Math.log(WORDS.length);
const NEAR = 0.03;
export const ASKED = 1; // of the words: whose probability is to be guessed

const quoted = (i) => `“${WORDS[i]}”`;

/** A probability, or a small loss, with digits that tell it from 0 and from 1. */
export function digits(p) {
  if (p === 0) return "0";
  if (p < 0.01) return String(Number(p.toPrecision(2)));
  return p > 0.9995 && p < 1 ? p.toFixed(5) : p.toFixed(3);
}

/** A logit, or a step between two. */
export const score = (o) => o.toFixed(1).replace("-", "−").replace(/^−0\.0$/, "0.0");

const others = (c) => [0, 1, 2].filter((i) => i !== c);

/** What was given to the word that happened, and to the others. */
function event({ y }, c) {
  const [one, two] = others(c).sort((i, j) => y[j] - y[i]);
  const own = `${quoted(c)} happened, which had ${digits(y[c])}`;
  if (Math.abs(y[c] - y[one]) < TIE) return `No word got more than ${quoted(c)}, which happened: ${digits(y[c])}.`;
  if (y[c] > y[one]) return `${y[c] > SURE ? "Sure, and right: " : ""}${quoted(c)} got the most, ${digits(y[c])}, and it happened.`;
  if (y[one] - y[two] < TIE) return `${quoted(Math.min(one, two))} and ${quoted(Math.max(one, two))} got the most, ${digits(y[one])} each, but ${own}.`;
  return `${y[one] > SURE ? "Sure, and wrong: " : ""}${quoted(one)} got the most, ${digits(y[one])}, but ${own}.`;
}

/** What that costs, beside what it costs to guess. */
function cost({ loss }) {
  const off = Math.abs(loss - GUESSING);
  if (off < TIE) return `Minus its logarithm is the loss: ${loss.toFixed(2)} nats, what guessing costs (log 3).`;
  if (off < 1e-6) return `Minus its logarithm is the loss: ${loss.toFixed(2)} nats, within a millionth of what guessing costs (log 3).`;
  const [own, guessing] = apart(loss, GUESSING, 2);
  const shown = loss < 0.1 ? digits(loss) : own;
  return `Minus its logarithm is the loss: ${shown} nats, ${loss > GUESSING ? "more" : "less"} than guessing costs (log 3 = ${guessing}).`;
}

const pull = ({ y, gradient }, c) =>
  `The gradient is ${digits(y[c])} − 1 = −${digits(-gradient[c])} at ${quoted(c)}, and at the others their probability.`;

const constant = ({ shift }) =>
  shift === null ? "" : ` Each logit is ${score(Math.abs(shift))} ${shift > 0 ? "above" : "below"} what it was at first: no difference has changed, and no probability.`;

export function verdict(measured, { happened }) {
  const c = WORDS.indexOf(happened);
  return `${event(measured, c)} ${cost(measured)} ${pull(measured, c)}${constant(measured)}`;
}

export function summary({ y, loss }, { logits, happened }) {
  const each = WORDS.map((word, i) => `${word} ${score(logits[i])}, probability ${digits(y[i])}`).join("; ");
  return `Logits: ${each}. The word ${happened} happened, the loss is ${loss < 0.1 ? digits(loss) : loss.toFixed(2)} nats.`;
}

/** How far off a guess of the second word's probability was, and what makes it. */
export function gap(guess, { y }, { logits }) {
  const off = Math.abs(guess - y[ASKED]);
  const close = off < NEAR ? `That is within ${NEAR}` : `That is ${off.toFixed(2)} off`;
  const powers = logits.map((o) => Math.exp(o));
  const sum = powers.reduce((a, b) => a + b);
  const power = (o) => `exp(${score(o).replace(".0", "")})`;
  const of = logits.map(power).join(" + ");
  return `You gave ${quoted(ASKED)} ${guess.toFixed(2)}; softmax gives it ${digits(y[ASKED])}. ${close}: it is ${power(logits[ASKED])} = ${powers[ASKED].toFixed(2)} out of ${of} = ${sum.toFixed(2)}.`;
}
