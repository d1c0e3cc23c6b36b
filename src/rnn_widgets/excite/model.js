// An intensity under given events: how far each lifts it, and what is left of that. No DOM.
import { rate, states } from "../kit/hawkes.js";

export const END = 10; // of the window

/** λ at a time t; an event at that very time does not count yet. `R` are the states after the events. */
export function intensity(process, events, R, t) {
  const count = events.filter((event) => event < t).length;
  return rate(process, R[count], t - (events[count - 1] ?? 0));
}

/** Everything that the figure shows. */
export function measure(get, { mu, alpha, beta, events, at }) {
  const process = { mu, alpha, beta };
  const R = states(events, beta);
  const before = events.map((t, i) => rate(process, R[i], t - (events[i - 1] ?? 0)));
  const after = events.map((_, i) => rate(process, R[i + 1], 0));
  return {
    process,
    R,
    before,
    after,
    peak: Math.max(mu, ...after),
    here: intensity(process, events, R, at),
    jump: alpha * beta,
    half: Math.LN2 / beta, // the time in which half of a jump is gone
    last: events.filter((t) => t < at).at(-1) ?? null, // the last event before the reading
    onEvent: events.includes(at),
  };
}
