// What is said of the intensity. Every sentence is a condition on the numbers; tests/widgets/excite/truth.py holds it
// against them.
import { counted, scientific } from "../kit/format.js";

/** A number ≥ 0; what is not zero is not shown as zero. */
export function amount(value) {
  if (value === 0) return "0";
  if (value < 1e-4) return scientific(value);
  return value < 0.1 ? String(Number(value.toPrecision(2))) : value.toFixed(2);
}

function lifts({ jump, half }, { alpha, mu }) {
  if (alpha === 0) return `With α = 0 no event lifts λ: it is μ = ${amount(mu)} throughout.`;
  return `Each event lifts λ by αβ = ${amount(jump)}; of each lift half is gone ${amount(half)} later.`;
}

function reached({ peak }, { events, alpha }) {
  if (!events.length) return alpha > 0 ? "No event yet, so λ is μ." : "";
  return alpha > 0 ? `With ${counted(events.length, "event")} λ reaches ${amount(peak)}.` : "";
}

/** What is read at the point. */
function reading({ here, last, onEvent }, { at, alpha, beta }) {
  const time = at.toFixed(2);
  if (onEvent) return `Just before the event at ${time}, λ is ${amount(here)}.`;
  if (last === null || alpha === 0) return `At ${time}, λ is ${amount(here)}.`;
  const elapsed = at - last;
  return `At ${time}, λ is ${amount(here)}: of the last lift, ${amount(elapsed)} ago, ${amount(100 * Math.exp(-beta * elapsed))} % is left.`;
}

export const verdict = (measured, settings) =>
  [lifts(measured, settings), reached(measured, settings), reading(measured, settings)].filter(Boolean).join(" ");

export function summary({ here, peak }, { events, at }) {
  return `${counted(events.length, "event")}, λ reaches ${amount(peak)}, at ${at.toFixed(2)} it is ${amount(here)}.`;
}

/** How far off a guess of the intensity at the point was, and why it is what it is. */
export function gap(guess, { here, last }, { at, beta, mu }) {
  const off = Math.abs(guess - here);
  const close = off < 0.05 ? "That is within 0.05" : `That is ${off.toFixed(2)} off`;
  const left = amount(Math.exp(-beta * (at - last)));
  return `You put it at ${amount(Math.round(100 * guess) / 100)}; it is ${amount(here)}. ${close}: what lay above μ = ${amount(mu)} just after the last event has shrunk to the share e^(−β · ${amount(at - last)}) = ${left}.`;
}
