// What is looked at beside the loss: shares of the gradient by lag, products of Jacobians, spectra. For one sequence.
import { eigenvalues, maxAbs, multiply, singularValues, spectralNorm } from "./linalg.js";
import { CELLS } from "./network.js";

/**
 * For each layer the share of ∂L/∂W_hh by lag: entry l is the norm of all that goes from a loss at step t to the weights at step
 * t − l, over the sum of these norms. The network must have run forwards on the batch, of one sequence.
 */
export function lagShares(network, batch, window) {
  const { T } = batch;
  const { m, k } = network.sizes;
  const { output, layers } = network;
  const parts = layers.map((layer) => Array.from({ length: T }, () => new Float64Array(layer.height * m)));
  const whole = output.gradH.slice(0, T * m);
  const single = new Float64Array(T * m);
  for (let t = 1; t <= T; t++) {
    if (batch.targets[t - 1] < 0) continue;
    single.fill(0);
    single.set(whole.subarray((t - 1) * m, t * m), (t - 1) * m);
    network.back(single, window, t);
    layers.forEach((layer, l) => {
      for (let step = t; step > 0; step--) addOuter(layer, step, parts[l][t - step]);
    });
  }
  return parts.map((ofLayer) => {
    const norms = Float64Array.from(ofLayer, frobenius);
    const total = norms.reduce((sum, value) => sum + value, 0);
    return norms.map((value) => (total > 0 ? value / total : 0));
  });
}

/** part += δ^(step) h^(step−1)ᵀ. */
function addOuter({ deltaHidden, h, height, m }, step, part) {
  for (let i = 0; i < height; i++) {
    const delta = deltaHidden[(step - 1) * height + i];
    if (delta === 0) continue;
    for (let j = 0; j < m; j++) part[i * m + j] += delta * h[(step - 1) * m + j];
  }
}

function frobenius(values) {
  let squares = 0;
  for (let i = 0; i < values.length; i++) squares += values[i] * values[i];
  return Math.sqrt(squares);
}

/** log‖J_t⋯J_1‖₂ for t = 0..T: entry 0 is 0, and a product that is zero gives −∞. */
export function logNorms(layer) {
  const { T, stateSize: size } = layer;
  const found = new Float64Array(T + 1);
  const J = new Float64Array(size * size);
  let product = new Float64Array(size * size);
  let next = new Float64Array(size * size);
  for (let i = 0; i < size; i++) product[i * size + i] = 1;
  let logarithm = 0; // of the factor that was taken out: the product itself would underflow
  for (let t = 1; t <= T; t++) {
    layer.jacobian(t, J);
    multiply(J, product, size, next);
    const scale = maxAbs(next);
    if (scale > 0) for (let i = 0; i < next.length; i++) next[i] /= scale;
    logarithm += Math.log(scale);
    found[t] = scale > 0 ? logarithm + Math.log(spectralNorm(next, size)) : scale === 0 ? -Infinity : NaN;
    [product, next] = [next, product];
  }
  return found;
}

/** Eigenvalues and singular values of each m × m block of a layer's W_hh, with the block's name. */
export function spectra({ cell, m }, { W_hh }) {
  const names = CELLS[cell].gates.length ? CELLS[cell].gates : ["h"];
  return names.map((name, block) => {
    const matrix = W_hh.subarray(block * m * m, (block + 1) * m * m);
    return { name, ...eigenvalues(matrix, m), singular: singularValues(matrix, m) };
  });
}

/** lag · log(γρ) for lag = 0..T, the logarithm of the bound (20); γ = 1. Null for gated cells, which it is not about. */
export function logBound({ cell }, T, [{ singular }]) {
  if (cell !== "tanh" && cell !== "relu") return null;
  return Float64Array.from({ length: T + 1 }, (_, lag) => (lag === 0 ? 0 : lag * Math.log(singular[0])));
}
