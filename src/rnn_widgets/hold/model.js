// One memory cell: its gates, what it holds, and what of a change arrives. No DOM.

export const STEPS = 40;
export const DISTRACTORS = [10, 20, 30]; // steps at which the opposite of the bit arrives
export const [LOWEST, HIGHEST] = [-4, 8]; // of the forget gate's argument

export const gate = (argument) => 1 / (1 + Math.exp(-argument));

/** The forget gate's argument within the stretch. */
export const lifted = ({ b, lift }) => Math.min(HIGHEST, Math.max(LOWEST, b + lift));

/**
 * At index t − 1 the gates f of step t; at index t the cell c, the state h, what is left of the bit, `own`, and of
 * what came later, `rest`. `gradient` has ∂c_t/∂c_k at index k − 1, t being the present step; `kept` is the first.
 */
export function measure(get, settings) {
  const { bit, b, left, right, i, late, step } = settings;
  const sign = bit === "plus" ? 1 : -1;
  const [first, last] = [Math.min(left, right), Math.max(left, right)];
  const [outside, inside] = [gate(b), gate(lifted(settings))];
  const f = [];
  const own = [0];
  const rest = [0];
  for (let t = 1; t <= STEPS; t++) {
    f.push(t >= first && t <= last ? inside : outside);
    own.push(f[t - 1] * own[t - 1] + (t === 1 ? sign : 0));
    rest.push(f[t - 1] * rest[t - 1] - (DISTRACTORS.includes(t) ? i * sign : 0));
  }
  const c = own.map((value, t) => value + rest[t]);
  const h = c.map((value, t) => (t === 0 || (late && t < STEPS) ? 0 : Math.tanh(value)));
  const gradient = [1];
  for (let k = step - 1; k >= 1; k--) gradient.unshift(gradient[0] * f[k]);
  return { sign, first, last, outside, inside, f, own, rest, c, h, gradient, kept: gradient[0] };
}
