// How sweep.mjs calls the clipping explorer's program: of the paths, only their start is kept.
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const { TASKS } = await import(pathToFileURL(join(process.env.RNN_FRONTEND, "cliff/tasks.js")));
const withStart = ({ path, ...rest }) => ({ ...rest, path: [path[0]] });

export function measure(model, problem, settings) {
  const { without, clipped, ...rest } = model.measure(() => problem, settings);
  return { ...rest, without: withStart(without), clipped: withStart(clipped) };
}

export const say = (words, measured, settings) => ({
  verdict: words.verdict(measured, settings),
  summary: words.summary(measured, settings),
  leaves: [words.leavesText(measured.without), words.leavesText(measured.clipped)],
  shown: [words.isShown.without(settings), words.isShown.clipped(settings)],
  tasks: TASKS.map((task) => (task.solved(measured, settings) ? task.why(measured, settings) : null)),
  gap: "guess" in settings ? words.gap(settings.guess, measured, settings) : null,
});
