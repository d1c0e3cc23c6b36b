// A Hawkes process with one exponential kernel. No DOM.
//
//   λ(t) = μ + αβ R(t),  R(t) = Σ e^(−β(t − t_i)) over the events before t,  Λ(t) = ∫₀ᵗ λ
//
// A process is {mu, alpha, beta}; a Poisson process is one with alpha = 0.

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

// Proposals for thinning, in the units in which Python sends them (proposals.py).
const TICKS = 10_000;
const LEVELS = 1_000;

/** Times and heights of the proposals: points spread evenly under a ceiling. */
export function proposals({ gaps, heights }) {
  let ticks = 0;
  const times = gaps.map((gap) => (ticks += gap) / TICKS);
  return { times, heights: heights.map((level) => (level + 0.5) / LEVELS) };
}
