// How sweep.mjs calls Unrolled's program: as any other's, and for the formula of the number that is shown.
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const load = (name) => import(pathToFileURL(join(process.env.RNN_FRONTEND, "unrolled", `${name}.js`)));
const { TASKS } = await load("tasks");
const { formula } = await load("formula");
const { shownNumber } = await load("model");

export const measure = (model, carried, settings) => model.measure((name) => carried[name], settings);

export const say = (words, measured, settings) => ({
  verdict: words.verdict(measured, settings),
  summary: words.summary(measured, settings),
  tasks: TASKS.map((task) => (task.solved(measured, settings) ? task.why(measured, settings) : null)),
  gap: "guess" in settings ? words.gap(settings.guess, measured, settings) : null,
  formula: formula(shownNumber(settings), measured, settings),
});
