// What is said of the circle. Every sentence is a condition on the numbers; tests/widgets/circle/truth.py holds it
// against them.
import { compared, counted, fromLog, isOne } from "../kit/format.js";
import { STEPS } from "./model.js";

export const length = (value) => fromLog(Math.log(value));
const same = ({ norm, radius }) => norm - radius <= 1e-9 * norm;

/** What is seen now. That it lies between the two powers is a theorem. */
function present(measured, t) {
  const { norms, norm, radius } = measured;
  if (t === 0) return "No step yet: the circle has radius 1.";
  const after = `After ${counted(t, "step")}`;
  if (norms[t] === 0) return `${after} nothing is left: the circle has become a point.`;
  if (t === 1) return `${after} the longest half axis is the norm, ‖W‖ = ${length(norm)}.`;
  const is = `${after} the longest half axis is ${length(norms[t])}`;
  if (same(measured)) return `${is}, the norm and the spectral radius to the power ${t} alike.`;
  return `${is}: at least rᵗ = ${length(radius ** t)} and at most ‖W‖ᵗ = ${length(norm ** t)}.`;
}

/** The first step, of those shown, after which it is longest. */
export const longestAt = (norms) => norms.indexOf(Math.max(...norms));

/** What becomes of it: a theorem for each case. */
function inTheEnd({ norms, norm, radius, exact, single }) {
  const r = compared("r", radius);
  if (isOne(radius)) {
    if (!exact) return "r = 1 to nine digits: so few steps do not tell what becomes of it.";
    return single
      ? `${r}, with one eigenvector only: it grows without bound, in the long run in proportion to t.`
      : `${r}: it neither shrinks to a point nor grows without bound.`;
  }
  if (radius > 1) return `${r}: in the long run it grows without bound.`;
  const shrinks = `${r}: in the long run the circle shrinks to a point`;
  if (isOne(norm)) return `${shrinks}.`;
  if (norm < 1) return `${shrinks}, and since ${compared("‖W‖", norm)} each step makes every arrow shorter.`;
  const when = longestAt(norms);
  return `${shrinks}, although ${compared("‖W‖", norm)}. Of the first ${STEPS} steps it is longest after ${when}.`;
}

export const verdict = (measured, { steps }) => `${present(measured, steps)} ${inTheEnd(measured)}`;

export function summary({ norms, norm, radius }, { steps }) {
  return `After ${counted(steps, "step")} the longest half axis is ${length(norms[steps])}; the norm of W is ${length(norm)}, its spectral radius ${length(radius)}.`;
}

const FACTOR_2 = Math.log10(2);

/** How far off a guess was, in powers of ten after the last step, and why it is what it is. */
export function gap(guess, { norms, norm, radius }) {
  const last = guess.at(-1);
  const off = last - Math.log10(norms[STEPS]);
  const size = fromLog(Math.abs(off) * Math.LN10);
  const close = Math.abs(off) < FACTOR_2 ? "That is within a factor of 2" : `That is ${size} times too ${off > 0 ? "long" : "short"}`;
  const why = `the norm, ${length(norm)}, is the most that one step does to any arrow, but ${compared("r", radius)} says that in the long run it shrinks`;
  return `You put it at ${fromLog(last * Math.LN10)} after ${STEPS} steps; it is ${length(norms[STEPS])}. ${close}: ${why}.`;
}
