// What the Jacobian explorer says in words about a measurement (see measure() in jacobian_model.js).
// rnn_widgets/jacobian_words.py says the same in Python.
import { compared, counted, factor, isOne, percent } from "./format.js";
import { FALLEN } from "./jacobian_model.js";

/** What the bound alone allows: "must" below one, "may" above. */
export function allowed(bound) {
  if (isOne(bound)) return "neither";
  return bound < 1 ? "must" : "may";
}

/** What was measured at the largest lag. */
export function outcome({ logNorms, T }) {
  const last = logNorms[T];
  if (last < Math.log(FALLEN)) return "vanishes";
  return last > -Math.log(FALLEN) ? "explodes" : "between";
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
  const after = `after ${counted(T, "step")}`;
  const result = outcome(measured);
  const zero = zeroText(measured);
  if (allowed(bound) === "must") {
    const must = `${product}: the influence must vanish in the end.`;
    if (result !== "vanishes") return `${must} Not yet: ${after} it is still 1 % or more.`;
    return `${must} It does${zero ? `: ${zero}` : `, by a mean factor ${factor(rate)} per step`}.`;
  }
  if (allowed(bound) === "neither") {
    const neither = `${product}: the bound forbids growth and does not force decay.`;
    if (result === "vanishes") return `${neither} Here the influence vanishes. ${measuredCause(measured, settings)}`;
    if (isOne(rate)) return `${neither} Here the influence is ${after} what it was.`;
    return `${neither} Here the influence changes by a mean factor ${factor(rate)} per step.`;
  }
  const may = `${product}: the influence may grow.`;
  if (result === "explodes") return `${may} Here it explodes: ${after} it is more than 100 times what it was.`;
  if (result === "vanishes") return `${may} Yet here it vanishes. ${measuredCause(measured, settings)}`;
  return `${may} Here it neither vanishes nor explodes: ${after} it lies between 1 % and 100 times what it was.`;
}

/** From where on the product is exactly zero, or null. */
function zeroText({ logNorms }) {
  const first = logNorms.indexOf(-Infinity);
  return first < 0 ? null : `exactly 0 from lag ${first} on`;
}

/**
 * What goes with a product that shrinks although the bound does not force it. The spectral radius is a reason for a
 * linear φ alone, whose product is (γW)^lag; of other φ no reason is given, only what was measured of the slopes.
 */
function measuredCause(measured, { gamma, activation }) {
  const { meanSlope, radius } = measured;
  const share = meanSlope / gamma; // γ > 0 here, since γρ ≥ 1
  if (activation === "linear") {
    if (radius > 1 || isOne(radius)) return "";
    return `For a linear φ it must in the end: ${compared("γ times the spectral radius", radius)}.`;
  }
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
