// What is said of the network. Every sentence is a condition on the numbers; tests/widgets/writes/truth.py holds it against them.
import { counted, percent } from "../kit/format.js";
import { WRITTEN } from "./model.js";

/** 10 000, with a space that does not break. */
export const thousands = (count) => String(count).replace(/\B(?=(\d{3})+$)/g, "\u00a0");

/** What a character is called in a sentence. */
export function named(symbol) {
  if (symbol === " ") return "a space";
  return symbol === "\n" ? "a new line" : `“${symbol}”`;
}

/** A probability in percent: below 1 % with two decimals, so that it can be compared with that. */
export function fine(share) {
  if (share <= 0 || share >= 0.01) return percent(share).replace("more than", ">");
  return share < 0.0001 ? "< 0.01 %" : `${(Math.floor(10_000 * share) / 100).toFixed(2)} %`;
}

const after = (text) => (text ? `after “${text}”` : "at the beginning");
export const upper = (text) => text[0].toUpperCase() + text.slice(1);
export const since = (updates) => (updates === 0 ? "before training" : `after ${thousands(updates)} updates`);
const top = ({ symbols, order }) => named(symbols[order[0]]);
const guessing = ({ symbols }) => Math.log(symbols.length).toFixed(2);

/** What it expects after the beginning. */
function expects(measured, { text, temperature }) {
  if (temperature === 0) return `At temperature 0 it takes the most probable character each time: ${after(text)} comes ${top(measured)}.`;
  return `${upper(after(text))} its most probable next character is ${top(measured)}, with ${percent(measured.y[measured.order[0]])}.`;
}

function share(words, runs) {
  if (words === 0) return "none is a word";
  if (words === runs && runs > 1) return "all are words";
  return `${words} ${words === 1 ? "is a word" : "are words"}`;
}

/** How much of what it writes are spaces and words. */
function writes({ spaces, runs, words }) {
  const blank = `Of its ${WRITTEN} characters ${spaces} ${spaces === 1 ? "is a space" : "are spaces"}`;
  if (runs === 0) return `${blank}; it writes no run of small letters.`;
  return `${blank}; of its ${counted(runs, "run")} of small letters ${share(words, runs)} of the training text.`;
}

export function verdict(measured, settings) {
  const { updates, loss } = measured.stages[settings.checkpoint];
  const cost = `${upper(since(updates))} it pays ${loss.toFixed(2)} nats per character; guessing costs ${guessing(measured)}.`;
  return `${cost} ${expects(measured, settings)} ${writes(measured)}`;
}

export function summary(measured, settings) {
  const { updates } = measured.stages[settings.checkpoint];
  return `${upper(since(updates))}. ${expects(measured, settings)} It writes: ${measured.written.slice(0, 40)}`;
}

/** What is asked of the checkpoints, the first being the untrained network. */
export const question = (checkpoints) =>
  `Untrained, the network loses ${checkpoints[0].loss.toFixed(2)} nats per character. And ${since(checkpoints.at(-1).updates)}? Drag the right-hand point.`;

/** How far off a guess of the last loss was, and what that loss means. */
export function gap(guess, measured) {
  const { updates, loss } = measured.stages.at(-1);
  const off = Math.abs(guess.toFixed(2) - loss.toFixed(2)); // of what is read, so that it adds up
  const far = off < 0.045 ? "within 0.05" : `${off.toFixed(2)} too ${guess > loss ? "high" : "low"}`;
  const choices = Math.exp(loss).toFixed(1);
  return `You put it at ${guess.toFixed(2)} nats; ${since(updates)} it is ${loss.toFixed(2)}. That is ${far}. ${loss.toFixed(2)} nats is like guessing among ${choices} characters, not ${measured.symbols.length}.`;
}
