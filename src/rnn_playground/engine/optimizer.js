// The update of all parameters at once: plain descent, or Adam, and clipping, as rnn_core.descent has them.

const BETA1 = 0.9;
const BETA2 = 0.999;
const EPSILON = 1e-8;
const TINY = 2 ** -1022;

/** The 2-norm, accurate also where squares overflow or underflow; NaN if an entry is. */
export function norm(values) {
  let squares = 0;
  for (let i = 0; i < values.length; i++) squares += values[i] * values[i];
  const plain = Math.sqrt(squares);
  if (plain > 1e-100 && plain < Infinity) return plain;
  let largest = 0;
  for (let i = 0; i < values.length; i++) largest = Math.max(largest, Math.abs(values[i]));
  if (largest === 0 || !Number.isFinite(largest)) return largest;
  squares = 0;
  for (let i = 0; i < values.length; i++) squares += (values[i] / largest) ** 2;
  return largest * Math.sqrt(squares);
}

/** Scale a gradient of this norm down to `most`, if it is longer; its direction stays. */
export function clip(gradient, length, most) {
  if (!(length > most)) return false;
  const factor = most / length;
  if (factor >= TINY) {
    for (let i = 0; i < gradient.length; i++) gradient[i] *= factor;
    return true;
  }
  let largest = 0; // the factor would underflow, though the result does not
  for (let i = 0; i < gradient.length; i++) largest = Math.max(largest, Math.abs(gradient[i]));
  for (let i = 0; i < gradient.length; i++) gradient[i] /= largest;
  const stretch = most / norm(gradient);
  for (let i = 0; i < gradient.length; i++) gradient[i] *= stretch;
  return true;
}

export class SGD {
  step = 0;

  update(theta, gradient, rate) {
    for (let i = 0; i < theta.length; i++) theta[i] -= rate * gradient[i];
    return true;
  }
}

export class Adam {
  constructor(size) {
    this.step = 0;
    this.mean = new Float64Array(size);
    this.square = new Float64Array(size);
  }

  /** False if a square overflows. */
  update(theta, gradient, rate) {
    const { mean, square } = this;
    const step = this.step + 1;
    const weight1 = 1 - BETA1 ** step;
    const weight2 = 1 - BETA2 ** step;
    const eta = rate / weight1;
    for (let i = 0; i < theta.length; i++) {
      // Only a gradient beyond 1e154 does this. It is looked for first, so that nothing is changed by half.
      if (!(BETA2 * square[i] + (1 - BETA2) * (gradient[i] * gradient[i]) < Infinity)) return false;
    }
    for (let i = 0; i < theta.length; i++) {
      const g = gradient[i];
      mean[i] = BETA1 * mean[i] + (1 - BETA1) * g;
      square[i] = BETA2 * square[i] + (1 - BETA2) * (g * g);
      theta[i] -= (eta * mean[i]) / (Math.sqrt(square[i] / weight2) + EPSILON);
    }
    this.step = step;
    return true;
  }
}
