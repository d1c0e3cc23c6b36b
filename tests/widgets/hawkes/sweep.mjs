// How sweep.mjs calls the Hawkes explorer's program.
export function measure(model, draws, settings) {
  const { proposed, expected, observed, truth, model: own, ...rest } = model.measure(draws, settings);
  return {
    ...rest,
    truth: { logLikelihood: truth.logLikelihood },
    model: { logLikelihood: own.logLikelihood, sumLog: own.sumLog, atEnd: own.atEnd },
  };
}

export const say = (words, measured, settings) => ({
  verdict: words.verdict(measured, settings),
  summary: words.summary(measured, settings),
  readout: words.readout(measured, settings),
  rejected: words.rejected(measured),
});
