// How sweep.mjs calls the Jacobian explorer's program.
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const { TASKS } = await import(pathToFileURL(join(process.env.RNN_FRONTEND, "jacobian", "tasks.js")));

export const measure = (model, draws, settings) => model.measure(draws, settings);

export const say = (words, measured, settings) => ({
  verdict: words.verdict(measured, settings),
  summary: words.summary(measured, settings),
  lag: words.lagText(measured),
  radius: words.radiusLabel(measured),
  allowed: words.allowed(measured.bound),
  tasks: TASKS.map((task) => (task.solved(measured, settings) ? task.why(measured, settings) : null)),
  gap: "guess" in settings ? words.gap(settings.guess, measured, settings) : null,
});
