// Darts that fall under a ceiling, one by one from the left; those under the curve are kept. No DOM.
import { proposals, rate } from "../kit/hawkes.js";

export const END = 10; // of the window
export const HIGHEST = 6; // the highest ceiling
const LEVEL = 2;
const SWING = 1.5;
const HAWKES = { mu: 0.8, alpha: 0.6, beta: 1.5 };
export const CREST = LEVEL + SWING; // of the wave

/** The intensity that is given beforehand. */
export const wave = (t) => LEVEL + SWING * Math.sin(t);

/** The intensity of the Hawkes process, as its kept darts make it, a time after the last of them. */
export const echo = (R, elapsed) => rate(HAWKES, R, elapsed);

/** Let darts fall: λ at each, whether it is kept, and the states of the Hawkes process after each kept one. */
function fall(curve, times, heights) {
  const [rates, kept, events, R] = [[], [], [], [0]];
  let peak = curve === "wave" ? CREST : HAWKES.mu;
  times.forEach((t, i) => {
    const elapsed = t - (events.at(-1) ?? 0);
    rates.push(curve === "wave" ? wave(t) : echo(R.at(-1), elapsed));
    kept.push(heights[i] < rates[i]);
    if (!kept[i]) return;
    events.push(t);
    R.push(R.at(-1) * Math.exp(-HAWKES.beta * elapsed) + 1);
    if (curve !== "wave") peak = Math.max(peak, echo(R.at(-1), 0));
  });
  return { rates, kept, events, R, peak };
}

/** The area under the wave and under a ceiling, over the window. */
export function areaBelow(ceiling) {
  const whole = LEVEL * END + SWING * (1 - Math.cos(END));
  if (ceiling >= CREST) return whole;
  // The wave is above the ceiling between these times, once per turn.
  const rise = Math.asin((ceiling - LEVEL) / SWING);
  const excess = (t) => (LEVEL - ceiling) * t - SWING * Math.cos(t);
  let lost = 0;
  for (let turn = -1; turn <= Math.ceil(END / (2 * Math.PI)); turn++) {
    const from = Math.max(0, rise + 2 * Math.PI * turn);
    const to = Math.min(END, Math.PI - rise + 2 * Math.PI * turn);
    if (to > from) lost += excess(to) - excess(from);
  }
  return whole - lost;
}

/** Everything that the figure shows. */
export function measure(get, { curve, ceiling, fallen, draw }) {
  const all = proposals(get("draws")[draw]);
  const thrown = all.times.map((_, i) => i).filter((i) => all.heights[i] < ceiling);
  const times = thrown.map((i) => all.times[i]);
  const heights = thrown.map((i) => all.heights[i]);
  const count = Math.min(fallen, times.length);
  const seen = fall(curve, times.slice(0, count), heights.slice(0, count));
  return { times, heights, count, ...seen, share: curve === "wave" ? areaBelow(ceiling) / (ceiling * END) : null };
}
