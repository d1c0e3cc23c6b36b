// What the Hawkes explorer computes: pure functions, no DOM, tested against rnn_core.point_process.
//
//   λ(t) = μ + αβ R(t),  R(t) = Σ e^(−β(t − t_i)) over the events before t,  Λ(t) = ∫₀ᵗ λ
//
// A process is {mu, alpha, beta}; a Poisson process is one with alpha = 0.

export const CEILING = 50; // rate of the carried proposals
const TICKS = 10_000; // the units in which Python sends them
const LEVELS = 1_000;

/** Times and heights of the proposals: points spread evenly under the ceiling. */
export function proposals({ gaps, heights }) {
  let ticks = 0;
  const times = gaps.map((gap) => (ticks += gap) / TICKS);
  return { times, heights: heights.map((level) => (level + 0.5) / LEVELS) };
}

/** The proposals up to `end` whose height lies below the intensity: the events. */
export function thin({ mu, alpha, beta }, { times, heights }, end) {
  const events = [];
  let excited = 0; // αβ R just after the last event
  let last = 0;
  for (let i = 0; i < times.length && times[i] <= end; i++) {
    const left = excited * Math.exp(-beta * (times[i] - last));
    if (heights[i] >= mu + left) continue;
    excited = left + alpha * beta;
    last = times[i];
    events.push(last);
  }
  return events;
}

/** The hidden state just after each event, with 0 in front: it decays over a gap and jumps by 1. */
export function states(events, beta) {
  const R = [0];
  events.forEach((t, i) => R.push(R[i] * Math.exp(-beta * (t - (events[i - 1] ?? 0))) + 1));
  return R;
}

/** λ a time `elapsed` after the event that left the state R, with no event since. */
export function rate({ mu, alpha, beta }, R, elapsed) {
  return mu + alpha * beta * R * Math.exp(-beta * elapsed);
}

/** How much Λ has increased since then. */
export function increase({ mu, alpha, beta }, R, elapsed) {
  return mu * elapsed - alpha * R * Math.expm1(-beta * elapsed);
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

/** How a process explains the events of (0, end]. */
export function explain(process, events, end) {
  const R = states(events, process.beta);
  const gaps = events.map((t, i) => t - (events[i - 1] ?? 0));
  const rates = gaps.map((gap, i) => rate(process, R[i], gap)); // λ(t_i), which does not know of t_i
  const rescaled = gaps.map((gap, i) => increase(process, R[i], gap));
  const compensator = []; // Λ(t_i)
  let total = 0;
  for (const step of rescaled) compensator.push((total += step));
  // After the last event nothing happened, and that counts too.
  const atEnd = total + increase(process, R.at(-1), end - (events.at(-1) ?? 0));
  const sumLog = rates.reduce((sum, value) => sum + Math.log(value), 0);
  return { process, R, rates, rescaled, compensator, atEnd, sumLog, logLikelihood: sumLog - atEnd };
}

/** Points of the QQ plot against the exponential distribution of mean 1. */
export function quantiles(values) {
  const observed = [...values].sort((a, b) => a - b);
  const n = values.length;
  return { expected: observed.map((_, i) => -Math.log1p(-(i + 0.5) / n)), observed };
}

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

/** The mean number of events in (0, end]: the mean of λ grows from μ to μ/(1 − α) at the rate β(1 − α). */
export function expectedNumber({ mu, alpha, beta }, end) {
  const meanRate = mu / (1 - alpha);
  const speed = beta * (1 - alpha);
  return meanRate * end + ((meanRate - mu) * Math.expm1(-speed * end)) / speed;
}

/** Everything that the figure shows for one choice of settings. */
export function measure(draws, settings) {
  const { mu, alpha, beta, end, evaluation, draw } = settings;
  const process = { mu, alpha, beta };
  const proposed = proposals(draws[draw]);
  const events = thin(process, proposed, end);
  const truth = explain(process, events, end);
  const model = evaluation === "true" ? truth : explain(modelOf(settings), events, end);
  const { expected, observed } = quantiles(model.rescaled);
  const peak = truth.R.slice(1).reduce((most, R) => Math.max(most, rate(process, R, 0)), mu);
  return {
    proposed,
    events,
    end,
    truth,
    model,
    expected,
    observed,
    distance: ksDistance(observed),
    limit: ksLimit(events.length),
    truthRejected: isBeyond(ksDistance(quantiles(truth.rescaled).observed), events.length),
    evened: evened(observed),
    expectedNumber: expectedNumber(process, end),
    meanRate: mu / (1 - alpha),
    fading: 1 / (beta * (1 - alpha)), // time constant with which the mean of λ comes to rest
    peak,
    ceilingReached: peak > CEILING,
  };
}
