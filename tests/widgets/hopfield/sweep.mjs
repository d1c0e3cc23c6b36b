// The network says more than others: what its chosen unit would do. See ../sweep.mjs.
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const { TASKS } = await import(pathToFileURL(join(process.env.RNN_FRONTEND, "hopfield", "tasks.js")));

// The sentences need neither the changes one by one nor, where nothing was guessed, the curve.
export function measure(model, carried, settings) {
  const { changes, curve, ...measured } = model.measure((name) => carried[name], settings);
  return "guess" in settings ? { ...measured, curve } : measured;
}

export const say = (words, measured, settings) => ({
  verdict: words.verdict(measured, settings),
  summary: words.summary(measured, settings),
  unit: words.unitWords(measured, settings),
  tasks: TASKS.map((task) => (task.solved(measured, settings) ? task.why(measured, settings) : null)),
  gap: "guess" in settings ? words.gap(settings.guess, measured, settings) : null,
});
