// How sweep.mjs calls the clipping explorer's program.
const withoutPath = ({ path, ...rest }) => rest;

export function measure(model, problem, settings) {
  const { without, clipped } = model.measure(settings, problem);
  return { without: withoutPath(without), clipped: withoutPath(clipped) };
}

export const say = (words, measured, settings) => ({
  verdict: words.verdict(measured, settings),
  summary: words.summary(measured, settings),
  leaves: [words.leavesText(measured.without), words.leavesText(measured.clipped)],
});
