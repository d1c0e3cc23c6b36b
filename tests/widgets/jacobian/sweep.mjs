// How sweep.mjs calls the Jacobian explorer's program.
export const measure = (model, draws, settings) => model.measure(draws, settings);

export const say = (words, measured, settings) => ({
  verdict: words.verdict(measured, settings),
  summary: words.summary(measured, settings),
  lag: words.lagText(measured),
  radius: words.radiusLabel(measured),
  allowed: words.allowed(measured.bound),
});
