// What is said of the events on a clock. Every sentence is a condition on the numbers; tests/widgets/clock/truth.py
// holds it against them.
import { apart, counted as count, isOne, percent } from "../kit/format.js";
import { CEILING, END, fittedLimit } from "./model.js";

/** A number with one decimal and its sign, as typeset; zero has none. */
export function signed(value) {
  const digits = value.toFixed(1);
  return digits === "-0.0" ? "0.0" : digits.replace("-", "−");
}

/** Whether the rescaled gaps are told apart from unit exponentials at the 5 % level. */
export const rejected = ({ distance, limit }) => distance !== null && distance > limit;

/** A distance and the limit, told apart. */
function beside(distance, limit) {
  const [value, most] = apart(distance, limit, 3);
  return `distance ${value}, limit ${most}`;
}

/** How uneven the gaps are on a clock that is not the model's. */
function evenness({ events, uneven }, { clock }) {
  const where = clock === 0 ? "By the calendar" : `${percent(Math.min(clock, 1 - 1e-8))} of the way from t to Λ(t)`;
  if (events.length === 1) return `${where} there is one event, and one gap.`;
  const [deviation, one] = apart(uneven, 1, 2);
  const compared = isOne(uneven) ? "" : uneven > 1 ? ": these are less even" : ": these are more even";
  return `${where} the ${events.length} gaps have a standard deviation of ${deviation} times their mean; for a Poisson process it is ${one}${compared}. On the clock Λ there is a test of the model.`;
}

/** A few sentences that interpret the figure. */
export function verdict(measured, settings) {
  const { distance, limit, events, ceilingReached } = measured;
  if (!events.length) return "No events in the window: no gaps to test.";
  if (settings.clock < 1) return evenness(measured, settings);
  const numbers = `${beside(distance, limit)}.`;
  if (ceilingReached) {
    return `λ rose above ${CEILING}, where no proposals are carried: events may be missing there, and no model here is quite the one that made these. The ${numbers}`;
  }
  const same = whyTrue(settings);
  if (same !== null) {
    if (!rejected(measured)) return `${same} is, on its own clock Λ, a Poisson process of rate 1. Its gaps pass the test: ${numbers}`;
    return `${same} is rejected although it is true: at the 5 % level a test does that to some samples. The ${numbers}`;
  }
  return `${fault(measured, settings)} ${finding(measured, settings, numbers)} ${comparison(measured)}`;
}

/** The name of the model if it is the true process, else null. */
export function whyTrue({ evaluation, alpha, beta }) {
  if (evaluation === "true") return "The true process";
  if (alpha === 0) return "The model, for α = 0 the true process,";
  if (evaluation === "no_beta" && isOne(beta)) return "The model, for β = 1 the true process,";
  return null;
}

/** What is wrong with the model, whether or not the gaps show it. */
function fault({ events, model }, { evaluation, beta }) {
  if (evaluation === "half_beta") return "With β halved an event is remembered for twice as long.";
  if (evaluation === "no_beta") return `Without its factor β the kernel integrates to α/β, too ${beta > 1 ? "little" : "much"}.`;
  return `A Poisson process of this rate knows of no clusters; it expects ${model.atEnd.toFixed(1)} events here, and ${events.length} came.`;
}

/** What the test finds. Of a Poisson process it is said whether its level alone is at fault. */
function finding(measured, { evaluation }, numbers) {
  if (!rejected(measured)) return `These gaps do not give it away: ${numbers}`;
  const found = measured.truthRejected ? `The gaps reject it, and the true process too: ${numbers}` : `The gaps give it away: ${numbers}`;
  return evaluation === "poisson" ? `${found} ${levelOrClusters(measured)}` : found;
}

/** Why the gaps reject a Poisson process: with the right rate they would pass, or not even then. */
function levelOrClusters({ evened: { distance, spread }, events, model: { atEnd } }) {
  const limit = fittedLimit(events.length);
  const [value, most] = apart(distance, limit, 3);
  const shown = `distance ${value}, limit for a fitted rate ${most}`;
  if (distance <= limit) {
    const levelIsOff = Math.abs(events.length - atEnd) > 1.96 * Math.sqrt(atEnd);
    return `${levelIsOff ? "It is the level that does: brought" : "Brought"} to mean 1 they would pass (${shown}).`;
  }
  const deviation = `their standard deviation would be ${spread.toFixed(2)}, and that of Exp(1) is 1`;
  return `Brought to mean 1 they would still fail (${shown}); ${deviation}.`;
}

/** How far the model's log-likelihood lies from that of the process that made the events. */
function comparison({ model, truth }) {
  const lost = truth.logLikelihood - model.logLikelihood;
  const shown = signed(Math.abs(lost));
  if (shown === "0.0") return "Its log-likelihood is the truth’s, to one decimal.";
  return `Its log-likelihood is ${shown} nats ${lost > 0 ? "below" : "above"} the truth’s.`;
}

/** The short form, which is read out. */
export function summary(measured, settings) {
  const { events, expectedNumber, model } = measured;
  const counted = `${count(events.length, "event")}, ${expectedNumber.toFixed(1)} expected.`;
  return `${counted} ${verdict(measured, settings)} Log-likelihood ${signed(model.logLikelihood)} nats.`;
}

/** How far off a guess of Λ in the middle of the window was, and why it is what it is. */
export function gap(guess, { events, middle }) {
  const off = Math.abs(guess - middle);
  const close = off < 2 ? "That is within 2" : `That is ${off.toFixed(1)} off`;
  const came = events.filter((t) => t <= END / 2).length;
  return `You put it at ${guess.toFixed(1)}; it is ${middle.toFixed(1)}, and ${came} came. ${close}: for the process that made them, what is expected follows what has happened, and the difference N − Λ is 0 on average.`;
}
