// What the Jacobian explorer says in words about a measurement (see measure() in model.js). words.py says the same in
// Python.
import { compared, counted, factor, fromLog, isOne, percent } from "../kit/format.js";
import { FALLEN, logPower } from "./model.js";

/** What the bound alone allows: "must" below one, "may" above. */
export function allowed(bound) {
  if (isOne(bound)) return "neither";
  return bound < 1 ? "must" : "may";
}

/** What was measured at the largest lag; what happens in the limit, no number of steps can tell. */
export function outcome({ logNorms, T }) {
  const last = logNorms[T];
  if (last < Math.log(FALLEN)) return "fallen";
  return last > -Math.log(FALLEN) ? "grown" : "between";
}

/**
 * Whether (γ·radius)^lag is a bound: only where the radius equals ρ. Else it is none, since the first Jacobian
 * has the norm γρ wherever all slopes are γ.
 */
export const radiusBounds = ({ radius, bound }) => radius >= bound * (1 - 1e-9);

/** What is written beside its curve. */
export const radiusLabel = (measured) => (radiusBounds(measured) ? "the bound too" : "not a bound");

/** A few sentences that interpret the figure. */
export function verdict(measured, settings) {
  const { bound, T, rate } = measured;
  const product = compared("γρ", bound);
  const steps = counted(T, "step");
  const result = outcome(measured);
  if (allowed(bound) === "must") {
    const zero = zeroText(measured);
    const must = `${product}: the influence must vanish in the end.`;
    if (result !== "fallen") return `${must} Not yet: after ${steps} it is still 1 % or more.`;
    return `${must} It does${zero ? `: ${zero}` : `, by a mean factor ${factor(rate)} per step`}.`;
  }
  return [`${product}: ${ALLOWED[allowed(bound)]}`, now(measured, steps), reason(measured, settings)].join(" ").trimEnd();
}

const ALLOWED = {
  neither: "the bound forbids growth and does not force decay.",
  may: "the influence may grow.",
};

/** What is seen at the largest lag, where the bound does not decide. */
function now(measured, steps) {
  const { bound, rate } = measured;
  const result = outcome(measured);
  if (result === "fallen") return `Yet after ${steps} it is below 1 % of what it was.`;
  if (result === "grown") return `After ${steps} it is more than 100 times what it was.`;
  if (allowed(bound) === "may") return `After ${steps} it lies between 1 % and 100 times what it was.`;
  return isOne(rate) ? `Here it is, after ${steps}, what it was.` : `Here it changes by a mean factor ${factor(rate)} per step.`;
}

/** From where on the product is exactly zero, or null. */
function zeroText({ logNorms }) {
  const first = logNorms.indexOf(-Infinity);
  return first < 0 ? null : `exactly 0 from lag ${first} on`;
}

/**
 * What decides in the end, or else what goes with a product that shrank although the bound does not force it. For a
 * linear φ the product is (γW)^lag, so the spectral radius decides; for other φ no reason is given, only what was
 * measured of the slopes.
 */
function reason(measured, { gamma, activation }) {
  const { meanSlope, radius } = measured;
  if (activation === "linear") {
    if (isOne(radius)) return "";
    const ends = radius < 1 ? "vanish" : "explode";
    return `For a linear φ it must ${ends} in the end: ${compared("γ times the spectral radius", radius)}.`;
  }
  if (outcome(measured) !== "fallen") return "";
  const share = meanSlope / gamma; // γ > 0 here, since γρ ≥ 1
  const slopes =
    activation === "relu" && !isOne(share)
      ? `the slope is 0 for ${percent(1 - share)} of the units and steps`
      : `the mean slope is ${percent(share)} of γ`;
  const zero = zeroText(measured);
  return `Measured: ${slopes}${zero ? `, and the product is ${zero}` : ""}.`;
}

/** The readout as plain text, for the live region. */
export function summary(measured, settings) {
  return `${verdict(measured, settings)} Measured mean factor per step ${factor(measured.rate)}. ${lagText(measured)}.`;
}

/** Where the influence is lost first, and whether for good as far as was measured. */
export function lagText({ lagBelow, logNorms, T }) {
  if (lagBelow === null) return `Not below 1 % up to lag ${T}`;
  const back = logNorms.slice(lagBelow).some((value) => value >= Math.log(FALLEN));
  return `First below 1 % at lag ${lagBelow}${back ? ", but not for good" : ""}`;
}

/** A power of ten, as a reader guesses it. */
export const decades = (decade) => fromLog(decade * Math.LN10);
export const GUESSES = [0, 0, 0];

/** How far off a guess was, in powers of ten at the last lag, and what goes with that. */
export function gap(guess, measured, { gamma, activation }) {
  const { logNorms, T, bound, meanSlope } = measured;
  const last = guess.at(-1);
  const off = last - logNorms[T] / Math.LN10;
  const told = `You put it at ${decades(last)} after ${counted(T, "step")}; it is ${fromLog(logNorms[T])}.`;
  const near = Math.abs(off) < 1 ? " That is within a factor of 10." : "";
  const most = `The bound there is ${fromLog(logPower(bound, T))}`;
  if (last * Math.LN10 > logPower(bound, T) + 1e-9) return `${told}${near} ${most}, and no influence exceeds it.`;
  if (activation === "linear") return `${told}${near} ${most}.`;
  return `${told}${near} ${most}; it takes every slope for γ, and the mean slope is ${percent(meanSlope / gamma)} of γ.`;
}
