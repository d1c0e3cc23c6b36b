// What the latch says. Every sentence is a condition on the numbers; tests/widgets/latch/truth.py holds it against them.
import { compared, counted, isOne } from "../kit/format.js";

/** A state with its sign and three decimals; what is not zero is not shown as zero. */
export function state(h) {
  if (h === 0) return "0";
  const sign = h < 0 ? "−" : "+";
  return Math.abs(h) < 0.0005 ? `${sign}0.000…` : `${sign}${Math.abs(h).toFixed(3)}`;
}

function rests(w, rest) {
  if (w > 1 && !isOne(w)) return `${compared("w", w)}: left alone, a state other than 0 is drawn to ${state(rest)} or to ${state(-rest)}, to the one with its sign.`;
  return `${compared("w", w)}: left alone, every state is drawn to 0.`;
}

/** What became of the markers. */
function memory({ h, first, last, alike, since }) {
  const end = h.at(-1);
  if (first === null) return "No marker was read yet, so the state is 0.";
  const read = alike ? `Its markers were all ${first}` : `The first marker was ${first}, the last ${last}`;
  const ago = since === 0 ? "just now" : `${counted(since, "letter")} ago`;
  if (Math.abs(end) < 0.01) return `${read}, the last ${ago}; of that less than 0.01 is left.`;
  const own = end > 0 ? "a" : "b";
  const among = alike ? "their sign" : first === last ? "the sign of both" : `the sign of the ${own === first ? "first" : "last"}`;
  const whose = own === first || own === last ? among : "the other sign";
  return `${read}, the last ${ago}; the state is ${state(end)} and has ${whose}.`;
}

export const verdict = (measured, { w }) => `${rests(w, measured.rest)} ${memory(measured)}`;

export function summary({ h }, { w, letters }) {
  return `w ${w.toFixed(2)}, ${counted(letters.length, "letter")} read, the state is ${state(h.at(-1))}.`;
}

/** How far off a guess of the last state was, and why it is what it is. */
export function gap(guess, { h, rest }, { w, letters }) {
  const end = h.at(-1);
  const off = Math.abs(guess - end);
  const close = off < 0.05 ? "That is within 0.05" : `That is ${off.toFixed(2)} off`;
  const why =
    w > 1 && !isOne(w)
      ? `with w above 1 the state is held near ${state(Math.sign(end) * rest)}`
      : `each c makes the state smaller by a factor of at most w = ${w.toFixed(2)}`;
  return `You put it at ${state(Math.round(100 * guess) / 100)}; after ${counted(letters.length, "letter")} it is ${state(end)}. ${close}: ${why}.`;
}
