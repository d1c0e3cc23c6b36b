// What the Jacobian explorer says in words about a measurement (see measure() in jacobian_model.js).
import { FALLEN } from "./jacobian_model.js";

/** What the bound alone allows: "must" below one, "may" above. */
export function allowed(bound) {
  if (Math.abs(bound - 1) < 1e-9) return "neither";
  return bound < 1 ? "must" : "may";
}

/** What was measured at the largest lag. */
export function outcome({ logNorms, T }) {
  const last = logNorms[T];
  if (last < Math.log(FALLEN)) return "vanishes";
  return last > -Math.log(FALLEN) ? "explodes" : "between";
}

/** One sentence or two that interpret the figure. */
export function verdict(measured, settings) {
  const { bound, T } = measured;
  const rate = measured.rate.toFixed(2);
  const product = `γρ = ${bound.toFixed(2)}`;
  const result = outcome(measured);
  if (allowed(bound) === "must") {
    if (result === "vanishes") return `${product} < 1: the influence must vanish. It does, by a factor ${rate} per step.`;
    return `${product} < 1: the influence must vanish, but slowly: after ${T} steps it is still above 1 %.`;
  }
  if (allowed(bound) === "neither") {
    const here = result === "vanishes" ? `vanishes: ${cause(measured, settings)}` : `changes by a factor ${rate} per step.`;
    return `${product}: the bound forbids growth and does not force decay. Here the influence ${here}`;
  }
  const may = `${product} > 1: the influence may grow`;
  if (result === "explodes") return `${may}, and here it explodes.`;
  if (result === "vanishes") return `${may}, yet here it vanishes: ${cause(measured, settings)}`;
  return `${may}; within ${T} steps it neither vanishes nor explodes.`;
}

/** Why the product shrinks although the bound does not force it. */
function cause({ meanSlope, radius, bound }, { gamma, activation }) {
  const share = meanSlope / gamma; // γ > 0 here, since γρ ≥ 1
  const shrinks = `γ times the spectral radius is only ${radius.toFixed(2)}.`;
  if (radius / bound < share) return shrinks; // what falls further below the bound's assumption
  if (activation === "relu") return `the slope is 0 for ${Math.round(100 * (1 - share))} % of the units and steps.`;
  return `saturated units have small slopes, on average ${Math.round(100 * share)} % of γ.`;
}

/** The readout as plain text, for the live region. */
export function summary(measured, settings) {
  return `${verdict(measured, settings)} Measured factor per step ${measured.rate.toFixed(2)}. ${lagText(measured)}.`;
}

/** Where the influence is lost. */
export function lagText({ lagBelow, T }) {
  return lagBelow === null ? `Not below 1 % within ${T} steps` : `Below 1 % at lag ${lagBelow}`;
}
