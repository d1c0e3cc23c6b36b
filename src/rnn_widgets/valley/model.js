// Gradient descent on ½(u² + κv²): the path, its losses, and what each direction is multiplied by. No DOM.

export const STEPS = 30;

/**
 * The places before each step and after the last, and their losses. The directions do not mix: a step multiplies u and
 * v by their `factors`. `product` is ηΛ, and `lowest` the first step with the lowest loss.
 */
export function measure(get, { u, v, eta, kappa }) {
  const factors = [1 - eta, 1 - eta * kappa];
  const path = [[u, v]];
  for (let t = 0; t < STEPS; t++) path.push(path[t].map((value, i) => value * factors[i]));
  const losses = path.map(([a, b]) => 0.5 * (a * a + kappa * (b * b)));
  return { path, losses, factors, product: eta * Math.max(1, kappa), lowest: losses.indexOf(Math.min(...losses)) };
}
