// What the Jacobian explorer computes: pure functions, no DOM, tested against rnn_core.
//
//   h_t = φ(a_t),  a_t = W h_{t−1} + s u_t,  J_t = diag(φ′(a_t)) W,  W = ρ · base / ‖base‖₂
//
// `draw` holds one random draw as Python sends it: matrices as flat row-major lists.
import { maxAbs, multiply, spectralNorm, twoLargest } from "../kit/linalg.js";

export const FALLEN = 0.01; // influence counts as lost below 1 %
export const SHOWN = [0, 1, 2, 4, 8, 16]; // lags at which the image of the ball is drawn

// Each φ has slope at most γ, and gives its slope as a function of h = φ(a).
const ACTIVATIONS = {
  tanh: { value: (a, gamma) => Math.tanh(gamma * a), slope: (h, gamma) => gamma * (1 - h * h) },
  linear: { value: (a, gamma) => gamma * a, slope: (h, gamma) => gamma },
  relu: { value: (a, gamma) => gamma * Math.max(a, 0), slope: (h, gamma) => (h > 0 ? gamma : 0) },
};

/** W with ‖W‖₂ = ρ, and its spectral radius (the largest |eigenvalue|). */
export function recurrentMatrix(draw, { family, strength, rho }) {
  const m = draw.h0.length;
  let base = draw[family];
  if (family === "nonnormal") {
    // Q (D + strength·U) Qᵀ: whatever the strength, its eigenvalues are those of the diagonal D.
    const { normal, nilpotent } = draw.nonnormal;
    base = normal.map((value, i) => value + strength * nilpotent[i]);
  }
  const scale = rho / spectralNorm(Float64Array.from(base), m);
  return { W: Float64Array.from(base, (w) => scale * w), radius: scale * draw.radius[family] };
}

/** h_t from h_{t−1} and the drive u_t = W_hx x_t. */
export function nextState(W, previous, drive, { gamma, activation, input_scale }) {
  const m = previous.length;
  const { value } = ACTIVATIONS[activation];
  return Float64Array.from(drive, (u, i) => {
    let a = input_scale * u;
    for (let j = 0; j < m; j++) a += W[i * m + j] * previous[j];
    return value(a, gamma);
  });
}

/** [h_0, …, h_T]. */
export function hiddenStates(W, draw, settings) {
  const m = draw.h0.length;
  const states = [Float64Array.from(draw.h0)];
  for (let start = 0; start < draw.drive.length; start += m) {
    states.push(nextState(W, states.at(-1), draw.drive.slice(start, start + m), settings));
  }
  return states;
}

/** [φ′(a_1), …, φ′(a_T)], from the states. */
export function slopes(states, { gamma, activation }) {
  const { slope } = ACTIVATIONS[activation];
  return states.slice(1).map((h) => h.map((value) => slope(value, gamma)));
}

/**
 * [log‖J_t ⋯ J_1‖₂ for t = 0 … T], in nats; −∞ once the product is zero. `onProduct(product, t)` is told each product,
 * times a number.
 */
export function productLogNorms(W, stepSlopes, m, onProduct) {
  let product = new Float64Array(m * m);
  for (let i = 0; i < m; i++) product[i * m + i] = 1;
  let spare = new Float64Array(m * m);
  let logScale = 0; // the product is exp(logScale) times what `product` holds: neither under- nor overflows
  const logNorms = [0];
  onProduct?.(product, 0);
  for (const slope of stepSlopes) {
    multiply(W, product, m, spare);
    for (let i = 0; i < m; i++) for (let j = 0; j < m; j++) spare[i * m + j] *= slope[i];
    [product, spare] = [spare, product];
    const largest = maxAbs(product);
    onProduct?.(product, logNorms.length);
    if (largest === 0) {
      logNorms.push(-Infinity);
      continue;
    }
    for (let i = 0; i < m * m; i++) product[i] /= largest;
    logScale += Math.log(largest);
    logNorms.push(logScale + Math.log(spectralNorm(product, m)));
  }
  return logNorms;
}

/** The second longest half axis of the ball's image over the longest. */
function flatness(product, m) {
  const [long, short] = twoLargest(product, m);
  return long > 0 ? short / long : 0;
}

/** Everything that the figure shows for one choice of settings. */
export function measure(draws, settings) {
  const draw = draws[settings.draw];
  const { W, radius } = recurrentMatrix(draw, settings);
  const stepSlopes = slopes(hiddenStates(W, draw, settings), settings);
  const m = draw.h0.length;
  const products = [];
  const logNorms = productLogNorms(W, stepSlopes, m, (product, lag) => {
    if (SHOWN.includes(lag)) products.push([lag, product.slice()]);
  });
  const T = logNorms.length - 1;
  const fallen = logNorms.findIndex((value) => value < Math.log(FALLEN));
  const total = stepSlopes.reduce((sum, slope) => sum + slope.reduce((a, b) => a + b, 0), 0);
  return {
    T,
    logNorms,
    ball: () => products.map(([lag, product]) => ({ lag, flatness: flatness(product, m) })),
    bound: settings.gamma * settings.rho, // per step
    radius: settings.gamma * radius, // per step
    rate: Math.exp(logNorms[T] / T), // geometric mean per step
    lagBelow: fallen < 0 ? null : fallen,
    meanSlope: total / (T * draw.h0.length),
  };
}

/** factor^lag as a natural logarithm; 0⁰ = 1. */
export function logPower(factor, lag) {
  return lag === 0 ? 0 : lag * Math.log(factor);
}
