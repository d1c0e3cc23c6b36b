// Drawing from probabilities at a temperature. No DOM.

/** The probabilities p^(1/τ), up to their sum; at τ = 0 all of it is on the largest. */
export function tempered(probabilities, temperature) {
  const most = Math.max(...probabilities);
  if (temperature === 0) {
    const first = probabilities.indexOf(most);
    return Float64Array.from(probabilities, (_, c) => (c === first ? 1 : 0));
  }
  const weights = Float64Array.from(probabilities, (p) => (p / most) ** (1 / temperature));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}

/** The code to which a number u on [0, 1) belongs. */
export function chosen(probabilities, u) {
  let rest = u;
  for (let c = 0; c < probabilities.length; c++) {
    rest -= probabilities[c];
    if (rest < 0) return c;
  }
  return probabilities.findLastIndex((p) => p > 0); // rounding left a little over
}
