// What the Hawkes explorer says in words about a measurement (see measure() in hawkes_model.js).
import { CEILING } from "./hawkes_model.js";

/** What the numbers of the readout are called, and which of them need more room. */
export const NUMBERS = [
  ["branching ratio α"],
  ["mean rate μ/(1 − α)"],
  ["time constant"],
  ["events (expected)"],
  ["KS distance from Exp(1) (5 % limit)", "two"],
  ["log-likelihood = Σ log λ(tᵢ) − Λ(T), in nats", "three"],
];

/** A number with one decimal and its sign, as typeset; zero has none. */
export function signed(value) {
  const digits = value.toFixed(1);
  return digits === "-0.0" ? "0.0" : digits.replace("-", "−");
}

/** The numbers of the readout, in the order of NUMBERS. */
export function readout({ events, expectedNumber, meanRate, fading, model, distance, limit }, { alpha }) {
  return [
    alpha.toFixed(2),
    meanRate.toFixed(2),
    fading.toFixed(2),
    `${events.length} (${expectedNumber.toFixed(1)})`,
    distance === null ? "no events" : `${distance.toFixed(3)} (${limit.toFixed(3)})`,
    `${signed(model.logLikelihood)} = ${signed(model.sumLog)} − ${signed(model.atEnd)}`,
  ];
}

/** Whether the rescaled gaps are told apart from unit exponentials at the 5 % level. */
export const rejected = ({ distance, limit }) => distance !== null && distance > limit;

/** A few sentences that interpret the figure. */
export function verdict(measured, settings) {
  const { distance, limit, events, ceilingReached } = measured;
  if (!events.length) return "No events in the window: nothing to test.";
  const numbers = `distance ${distance.toFixed(3)}, limit ${limit.toFixed(3)}.`;
  const note = ceilingReached ? ` λ rose above ${CEILING}, where no proposals are carried: events are missing there.` : "";
  return `${judgement(measured, settings, numbers)}${note}`;
}

function judgement(measured, settings, numbers) {
  const beyond = rejected(measured);
  const same = whyTrue(settings);
  if (same !== null) {
    if (beyond) return `${same} is rejected, by chance: that happens to one draw in twenty. The ${numbers}`;
    return `${same}, on its own clock Λ, is a Poisson process of rate 1: the points keep near the line, ${numbers}`;
  }
  const found = beyond ? "and the gaps give it away" : "but these gaps do not give it away";
  return `${fault(settings)}, ${found}: ${numbers} ${comparison(measured)}`;
}

/** The name of the model if it is the true process, else null. */
function whyTrue({ evaluation, alpha, beta }) {
  if (evaluation === "true") return "The true process";
  if (alpha === 0) return "The model, which for α = 0 is the true process";
  if (evaluation === "no_beta" && Math.abs(beta - 1) < 1e-9) return "The model, which for β = 1 is the true process";
  return null;
}

/** What is wrong with the model. */
function fault({ evaluation, beta }) {
  if (evaluation === "poisson") return "A Poisson process of the same mean rate knows of no clusters";
  if (evaluation === "half_beta") return "With β halved an event is remembered for too long";
  return `Without its factor β the kernel integrates to α/β, too ${beta > 1 ? "little" : "much"}`;
}

/** How far the model's log-likelihood lies from that of the truth. */
function comparison({ model, truth }) {
  const lost = truth.logLikelihood - model.logLikelihood;
  return `Its log-likelihood is ${signed(Math.abs(lost))} nats ${lost >= 0 ? "below" : "above"} the truth’s.`;
}

/** The readout as plain text, for the live region. */
export function summary(measured, settings) {
  const { events, expectedNumber, model } = measured;
  const counted = `${events.length} events, ${expectedNumber.toFixed(1)} expected.`;
  return `${counted} ${verdict(measured, settings)} Log-likelihood ${signed(model.logLikelihood)} nats.`;
}
