// Events of a Hawkes process, and how a model explains them on its own clock. No DOM.
//
// A process is {mu, alpha, beta}; a Poisson process is one with alpha = 0.
import { increase, proposals, rate, states } from "../kit/hawkes.js";

export const CEILING = 50; // rate of the carried proposals
export const END = 50; // of the window

/** The proposals whose height lies below the intensity: the events. */
export function thin({ mu, alpha, beta }, { times, heights }) {
  const events = [];
  let excited = 0; // αβ R just after the last event
  let last = 0;
  for (let i = 0; i < times.length; i++) {
    const left = excited * Math.exp(-beta * (times[i] - last));
    if (heights[i] >= mu + left) continue;
    excited = left + alpha * beta;
    last = times[i];
    events.push(last);
  }
  return events;
}

/** The model that is held against the events. */
export function modelOf({ mu, alpha, beta, evaluation }) {
  switch (evaluation) {
    case "poisson":
      return { mu: mu / (1 - alpha), alpha: 0, beta };
    case "half_beta":
      return { mu, alpha, beta: beta / 2 };
    case "no_beta":
      return { mu, alpha: alpha / beta, beta };
    default:
      return { mu, alpha, beta };
  }
}

/** How a process explains the events. */
export function explain(process, events) {
  const R = states(events, process.beta);
  const gaps = events.map((t, i) => t - (events[i - 1] ?? 0));
  const rates = gaps.map((gap, i) => rate(process, R[i], gap)); // λ(t_i), which does not know of t_i
  const rescaled = gaps.map((gap, i) => increase(process, R[i], gap));
  const compensator = []; // Λ(t_i)
  let total = 0;
  for (const step of rescaled) compensator.push((total += step));
  // After the last event nothing happened, and that counts too.
  const atEnd = total + increase(process, R.at(-1), END - (events.at(-1) ?? 0));
  const sumLog = rates.reduce((sum, value) => sum + Math.log(value), 0);
  return { process, R, rates, rescaled, compensator, atEnd, sumLog, logLikelihood: sumLog - atEnd };
}

const sorted = (values) => [...values].sort((a, b) => a - b);

/** The quantiles of the exponential distribution of mean 1 that n ordered values are held against. */
export const expectedQuantiles = (n) => Array.from({ length: n }, (_, i) => -Math.log1p(-(i + 0.5) / n));

/** Kolmogorov–Smirnov distance of ordered values from that distribution; null if there are none. */
export function ksDistance(observed) {
  const n = observed.length;
  let distance = n ? 0 : null;
  observed.forEach((value, i) => {
    const below = -Math.expm1(-value);
    distance = Math.max(distance, (i + 1) / n - below, below - i / n);
  });
  return distance;
}

/** The distance that unit exponentials exceed in 5 % of all samples of size n (Stephens 1970; exact for n = 1). */
export function ksLimit(n) {
  if (n === 1) return 0.975;
  return 1.358 / (Math.sqrt(n) + 0.12 + 0.11 / Math.sqrt(n));
}

/** The same for gaps whose mean has been brought to 1: fitted gaps lie closer (Stephens 1974). */
export const fittedLimit = (n) => 0.2 / n + 1.094 / (Math.sqrt(n) + 0.26 + 0.5 / Math.sqrt(n));

/** Whether a distance is beyond that limit; null never is. */
export const isBeyond = (distance, n) => distance !== null && distance > ksLimit(n);

/**
 * The gaps with their mean brought to 1, as a Poisson process of whatever rate sees them: their distance, and their
 * standard deviation, which is 1 for unit exponentials. Null if there are none.
 */
export function evened(observed) {
  const n = observed.length;
  if (!n) return null;
  const mean = observed.reduce((sum, value) => sum + value, 0) / n;
  const scaled = observed.map((value) => value / mean);
  return { distance: ksDistance(scaled), spread: Math.sqrt(scaled.reduce((sum, value) => sum + (value - 1) ** 2, 0) / n) };
}

/** The mean number of events in the window: the mean of λ grows from μ to μ/(1 − α) at the rate β(1 − α). */
export function expectedNumber({ mu, alpha, beta }) {
  const meanRate = mu / (1 - alpha);
  const speed = beta * (1 - alpha);
  return meanRate * END + ((meanRate - mu) * Math.expm1(-speed * END)) / speed;
}

/** Λ at any time. */
export function totalAt({ process, R, compensator }, events, t) {
  const i = events.filter((event) => event <= t).length;
  return (compensator[i - 1] ?? 0) + increase(process, R[i], t - (events[i - 1] ?? 0));
}

/** What a clock shows at the time t, at which the model's Λ is `total`: 0 is the calendar's, 1 is Λ itself. */
export const reading = (clock, { atEnd }, t, total) => (1 - clock) * t * (atEnd / END) + clock * total;

/** Everything that the figure shows for one choice of settings. */
export function measure(get, settings) {
  const { mu, alpha, beta, evaluation, clock, draw } = settings;
  const process = { mu, alpha, beta };
  const events = thin(process, proposals(get("draws")[draw]));
  const truth = explain(process, events);
  const model = evaluation === "true" ? truth : explain(modelOf(settings), events);
  const readings = events.map((t, i) => reading(clock, model, t, model.compensator[i]));
  const observed = sorted(readings.map((value, i) => value - (readings[i - 1] ?? 0)));
  const rescaled = sorted(model.rescaled);
  const peak = truth.R.slice(1).reduce((most, R) => Math.max(most, rate(truth.process, R, 0)), mu);
  return {
    events,
    truth,
    model,
    readings, // of the events on the present clock
    expected: expectedQuantiles(events.length),
    observed, // the gaps between the readings, in order
    uneven: evened(observed)?.spread ?? null, // their standard deviation in units of their mean
    distance: ksDistance(rescaled), // on the model's clock
    limit: ksLimit(events.length),
    truthRejected: isBeyond(ksDistance(sorted(truth.rescaled)), events.length),
    evened: evened(rescaled),
    expectedNumber: expectedNumber(process),
    middle: totalAt(model, events, END / 2),
    peak,
    ceilingReached: peak > CEILING,
  };
}
