// The cell says more than others: how an entry of a comes about. See ../sweep.mjs.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const { TASKS } = await import(pathToFileURL(join(process.env.RNN_FRONTEND, "cell", "tasks.js")));
const { carried } = JSON.parse(readFileSync(join(process.argv[4], "settings.json"), "utf8"));

export const measure = (model, _, settings) => model.measure((name) => carried[name], settings);

export const say = (words, measured, settings) => ({
  verdict: words.verdict(measured, settings),
  summary: words.summary(measured, settings),
  sums: words.sums(measured, settings, carried.arrays),
  tasks: TASKS.map((task) => (task.solved(measured, settings) ? task.why(measured, settings) : null)),
  gap: "guess" in settings ? words.gap(settings.guess, measured, settings) : null,
});
