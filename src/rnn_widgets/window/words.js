// What is said of the window. Every sentence is a condition on the numbers; tests/widgets/window/truth.py holds it
// against them.
import { counted, percent } from "../kit/format.js";
import { SHORTEST } from "./model.js";

const EVEN = 1e-9; // nearer to a half than this is a half, but for rounding

const even = (p) => Math.abs(p - 0.5) < EVEN;

/** A probability with two decimals; what is not a half is not shown as a half. */
export function probability(p) {
  if (p === 0 || p === 1) return String(p);
  if (!even(p) && p.toFixed(2) === "0.50") return p < 0.5 ? "just below 0.50" : "just above 0.50";
  return p.toFixed(2);
}

/** A share of sentences > 0. */
export function share(value) {
  if (value >= 0.01) return `${percent(value)} of all sentences`;
  if (value < 1e-6) return "fewer than one of a million sentences";
  return `1 of ${Math.round(1 / value).toLocaleString("en")} sentences`;
}

/** A share of verbs < 1 in percent, with as many decimals as tell it from all of them. */
export function verbs(value) {
  for (const digits of [1, 2, 3, 4, 5]) {
    const text = (100 * value).toFixed(digits);
    if (Number(text) < 100) return `${text} %`;
  }
  return "just less than 100 %";
}

/** What somebody knows who sees the window. */
function known({ seen, back, window, correct }, { tau, subject, noun, clue }) {
  const where = `The subject, ${subject}, stands ${back} words before the verb`;
  if (seen) return `${where}, inside the window of ${tau}. Who sees the window knows as much as who saw all: the verb is ${window[0] === 1 ? "singular" : "plural"}.`;
  const out = `${where}, outside the window of ${tau}.`;
  if (even(correct)) return `${out} No word inside tells its number: singular and plural are equally probable.`;
  const more = Math.max(...window);
  return `${out} Only ${noun} is left as a clue: with probability ${probability(clue)} it has the subject’s number. So the window says ${more === window[0] ? "singular" : "plural"} with probability ${probability(more)}, which is ${correct === more ? "right" : "wrong"} here.`;
}

/** How often the subject is out of sight. */
function often({ missed, losing }, { tau }) {
  if (losing === 1) return `No sentence has its subject inside: the last ${tau} words before a verb never reach it.`;
  return `With ${counted(losing, "adjective")} or more the subject is out of a window of ${tau} words; that is so in ${share(missed)}.`;
}

export const verdict = (measured, settings) => `${known(measured, settings)} ${often(measured, settings)}`;

export function summary({ window, seen, right }, { tau }) {
  return `Window of ${tau} words, subject ${seen ? "inside" : "outside"}: singular ${probability(window[0])}, plural ${probability(window[1])}. Over all sentences ${verbs(right[tau - SHORTEST])} of the verbs are guessed right.`;
}

/** How far off a guess of the window's singular verb was, and why it is what it is. */
export function gap(guess, { window }, { subject, noun }) {
  const off = Math.abs(guess - window[0]);
  const close = off < 0.05 ? "That is within 0.05" : `That is ${off.toFixed(2)} off`;
  return `You gave it ${guess.toFixed(2)}; it is ${probability(window[0])}. ${close}: ${subject} has just left the window, and ${noun} goes with a singular subject as often as with a plural one.`;
}
