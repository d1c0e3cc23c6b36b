// What sweep.mjs keeps of a measurement: the rest, numbers of each event, would fill a disk.
export function measure(model, carried, settings) {
  const { readings, expected, observed, truth, model: own, ...rest } = model.measure((name) => carried[name], settings);
  return {
    ...rest,
    truth: { logLikelihood: truth.logLikelihood },
    model: { logLikelihood: own.logLikelihood, atEnd: own.atEnd },
  };
}
