// What is looked at beside the loss: shares of the gradient by lag, products of Jacobians, spectra. For one sequence.
import { eigenvalues, largestOfSymmetric, maxAbs, singularValues } from "./linalg.js";
import { CELLS } from "./network.js";
import { addProducts, timesTransposed } from "./products.js";
import { workspace } from "./simd.js";

const NORMS = 200 * 64 ** 3; // see strideOf

/**
 * For each layer the share of ∂L/∂W_hh by lag: entry l is the norm of all that goes from a loss at step t to the weights at step
 * t − l, over the sum of these norms. The network must have run forwards and backwards on the batch, of one sequence.
 *
 * All losses go back together, a step at a time: then δ of lag l are rows of one matrix, and their sum is one product.
 */
export function lagShares(network, batch, window) {
  const { T } = batch;
  const { layers, output } = network;
  const { m } = network.sizes;
  const norms = layers.map(() => new Float64Array(T));
  const asked = batch.targets.findIndex((target) => target >= 0); // the row of the first loss
  const own = output.gradH.slice(0, T * m);
  for (const layer of layers) {
    layer.turn();
    layer.forget(0, T);
  }
  for (let lag = 0; lag < (window || T); lag++) {
    const first = Math.max(0, asked - lag);
    const rows = T - lag - first;
    if (asked < 0 || rows <= 0) break;
    let gradH = lag === 0 ? own : own.fill(0);
    for (let l = layers.length - 1; l >= 0; l--) {
      const layer = layers[l];
      layer.stepBack(first, rows, gradH);
      norms[l][lag] = normOfSum(layer, first, rows);
      if (l > 0) layer.below(network.passed, first, rows);
      gradH = network.passed;
      if (first === 0) layer.shift(rows);
      for (let i = 0; i < rows; i++) if ((Math.max(0, first - 1) + i + 1) % window === 0) layer.forget(i, i + 1);
    }
  }
  return norms.map((ofLayer) => {
    const total = ofLayer.reduce((sum, value) => sum + value, 0);
    return ofLayer.map((value) => (total > 0 ? value / total : 0));
  });
}

/** The norm of Σ δ^(t) h^(t−1)ᵀ over these rows. */
function normOfSum({ deltaHidden, h, height, m, byW }, first, rows) {
  byW.fill(0);
  addProducts(deltaHidden, first * height, height, h, first * m, m, rows, byW);
  return frobenius(byW.subarray(0, height * m));
}

function frobenius(values) {
  let squares = 0;
  for (let i = 0; i < values.length; i++) squares += values[i] * values[i];
  return Math.sqrt(squares);
}

/**
 * log‖J_t⋯J_1‖₂ for t = 0..T: entry 0 is 0, and a product that is zero gives −∞. In long sequences of large networks the norm is
 * taken at each multiple of `stride` and at the end; a straight line lies between.
 */
export function logNorms(layer, most = NORMS) {
  const { T, stateSize: size } = layer;
  const stride = strideOf(layer, most);
  const found = new Float64Array(T + 1);
  const { J, gram, pair } = squares(size);
  let [product, next] = pair; // transposed: then the next one is a product by Jᵀ
  product.fill(0);
  for (let i = 0; i < size; i++) product[i * size + i] = 1;
  let logarithm = 0; // of the factor that was taken out: the product itself would underflow
  for (let t = 1; t <= T; t++) {
    layer.jacobian(t, J);
    timesTransposed(product, 0, size, size, J, size, next, 0, false);
    const scale = maxAbs(next);
    if (scale > 0) for (let i = 0; i < next.length; i++) next[i] /= scale;
    logarithm += Math.log(scale);
    [product, next] = [next, product];
    if (t % stride > 0 && t < T) continue;
    timesTransposed(product, 0, size, size, product, size, gram, 0, false);
    found[t] = scale > 0 ? logarithm + Math.log(largestOfSymmetric(gram, size)) / 2 : scale === 0 ? -Infinity : NaN;
    const before = t - 1 - ((t - 1) % stride);
    for (let s = before + 1; s < t; s++) found[s] = found[t] === -Infinity ? -Infinity : found[before] + ((found[t] - found[before]) * (s - before)) / (t - before);
  }
  return found;
}

/** Steps from one norm to the next: `most` is what the norms of all steps may cost, T times the cube of the size. */
export const strideOf = ({ T, stateSize: size }, most = NORMS) => Math.max(1, Math.round((T * size ** 3) / most));

let kept = { size: 0 };

/** Room for square matrices; that of the last size is kept. */
function squares(size) {
  if (kept.size === size) return kept;
  const take = workspace(4 * size * size);
  const [J, gram, ...pair] = Array.from({ length: 4 }, () => take(size * size));
  kept = { size, J, gram, pair };
  return kept;
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
