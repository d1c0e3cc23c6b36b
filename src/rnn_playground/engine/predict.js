// A sequence that somebody types or draws, as a batch of one.
import { BadSetup } from "./setup.js";

const MOST = 500; // steps

/** Fill a batch. Inputs are symbols of the task (a text, or a list of words or of codes), for "adding" pairs [number, marker]. */
export function encode({ n, symbols, numbers }, inputs, batch) {
  const steps = typeof inputs === "string" ? [...inputs] : inputs;
  if (!Array.isArray(steps) || steps.length === 0) throw new BadSetup("the sequence must have at least one step");
  if (steps.length > MOST) throw new BadSetup(`the sequence must have at most ${MOST} steps, got ${steps.length}`);
  batch.shape(steps.length, 1);
  steps.forEach((step, t) => {
    if (numbers) {
      const pair = Array.isArray(step) && step.length === n && step.every(Number.isFinite);
      if (!pair) throw new BadSetup(`step ${t + 1} must be ${n} numbers`);
      batch.x.set(step, t * n);
      return;
    }
    const code = typeof step === "number" ? step : symbols.indexOf(step);
    if (!Number.isInteger(code) || code < 0 || code >= n) throw new BadSetup(`the network does not know “${step}” of step ${t + 1}; it knows ${symbols.slice(0, 20).join(" ")}`);
    batch.codes[t] = code;
  });
}
