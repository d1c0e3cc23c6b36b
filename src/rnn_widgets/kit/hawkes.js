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
