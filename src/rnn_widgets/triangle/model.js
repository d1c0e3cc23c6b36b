// The terms of Equations (11) and (12): C^(t,k) = δ^(t,k) h^(k−1)ᵀ, their sums, and what a cut keeps of them. No DOM.
import { multiply, spectralNorm } from "../kit/linalg.js";

const length = (v) => Math.hypot(...v);
const plus = (a, b) => a.map((value, i) => value + b[i]);
const steps = (from, to) => Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => from + i);

/** δ hᵀ, row after row, added to a matrix. */
function addOuter(matrix, delta, h) {
  delta.forEach((d, p) => h.forEach((value, q) => (matrix[p * h.length + q] += d * value)));
}

/** Whether a cut keeps the entry (t, k). */
export function keeps(cut, tau, t, k) {
  if (cut === "band") return t - k < tau;
  return Math.floor((t - 1) / tau) === Math.floor((k - 1) / tau); // both in one window
}

/** The entries that are added up. */
export function group(T, { sum, t, k }) {
  const all = steps(1, T).flatMap((row) => steps(1, row).map((column) => [row, column]));
  const belongs = {
    cell: ([row, column]) => row === t && column === k,
    row: ([row]) => row === t,
    column: ([, column]) => column === k,
    diagonal: ([row, column]) => row - column === t - k,
    all: () => true,
  }[sum];
  return all.filter(belongs);
}

/** The entries of one network and what follows from them alone; it is computed once. */
function analyse({ h: flat, W, rows }) {
  const m = Math.sqrt(W.length);
  const T = rows.length / m;
  const h = steps(0, T).map((t) => flat.slice(t * m, (t + 1) * m));
  const slope = h.map((state) => state.map((value) => 1 - value * value));
  const back = (delta) => steps(0, m - 1).map((q) => delta.reduce((total, d, p) => total + d * W[p * m + q], 0)); // W_hhᵀ δ

  // Row t: the row vector ∂L^(t)/∂h^(j) as j runs back from t to 1, and δ^(t,j).
  const message = {};
  const delta = {};
  for (const t of steps(1, T)) {
    message[t] = {};
    delta[t] = {};
    let row = rows.slice((t - 1) * m, t * m);
    for (let j = t; j >= 1; j--) {
      message[t][j] = row;
      delta[t][j] = row.map((value, p) => value * slope[j][p]);
      row = back(delta[t][j]);
    }
  }
  const J = h.map((_, j) => (j === 0 ? null : Float64Array.from(W, (w, i) => slope[j][Math.floor(i / m)] * w)));
  const hNorm = h.map(length);
  const norms = steps(1, T).map((t) => steps(1, T).map((k) => (k <= t ? length(delta[t][k]) * hNorm[k - 1] : 0)));
  const base = {
    T, m, h, delta, J, hNorm, norms,
    messages: steps(1, T).map((t) => steps(1, T).map((j) => (j <= t ? length(message[t][j]) : 0))),
    added: steps(1, T).map((j) => length(steps(j, T).map((t) => message[t][j]).reduce(plus))), // ‖∂L/∂h^(j)‖
    jacobians: steps(1, T).map((j) => spectralNorm(J[j], m)),
    rho: spectralNorm(Float64Array.from(W), m),
  };
  base.gradient = sumOf(base, group(T, { sum: "all" }));
  base.size = length(base.gradient);
  base.lost = Object.fromEntries(["band", "windows"].map((cut) => [cut, steps(1, T).map((tau) => compare(base, cut, tau).lost)]));
  return base;
}

/** The sum of some entries, as a flat matrix. */
function sumOf({ m, h, delta }, cells) {
  const matrix = new Array(m * m).fill(0);
  for (const [t, k] of cells) addOuter(matrix, delta[t][k], h[k - 1]);
  return matrix;
}

/** What a cut keeps, beside the whole gradient. */
function compare(base, cut, tau) {
  const all = group(base.T, { sum: "all" });
  const cells = all.filter(([t, k]) => keeps(cut, tau, t, k));
  const dropped = all.filter(([t, k]) => !keeps(cut, tau, t, k));
  const kept = sumOf(base, cells);
  const size = length(kept);
  const inner = kept.reduce((total, value, i) => total + value * base.gradient[i], 0);
  return {
    dropped: dropped.length,
    shortDropped: dropped.filter(([t, k]) => t - k < tau).length, // those that a band of the same τ keeps
    cosine: size > 0 && base.size > 0 ? Math.max(-1, Math.min(1, inner / size / base.size)) : null,
    ratio: base.size > 0 ? size / base.size : null,
    lost: base.size > 0 ? length(sumOf(base, dropped)) / base.size : null,
  };
}

/** Products of W_hhᵀ with a vector that send back what is added up: one loss at a time, and added on the way. */
function products(T, { sum, t, k }) {
  if (sum === "all") return { single: (T * (T - 1)) / 2, together: T - 1 };
  if (sum === "column") return { single: ((T - k) * (T - k + 1)) / 2, together: T - k };
  return { single: null, together: null };
}

/** The product J_t ⋯ J_{k+1}, in norm; the empty one is the identity. */
function productNorm({ J, m }, t, k) {
  let product = null;
  for (let j = t; j > k; j--) product = product ? multiply(product, J[j], m) : J[j];
  return product ? spectralNorm(product, m) : 1;
}

const known = new WeakMap();

/** The terms' norms, the chosen sum, the factors of the chosen term, and what the cut loses. */
export function measure(get, settings) {
  const data = get("networks")[settings.network];
  if (!known.has(data)) known.set(data, analyse(data));
  const base = known.get(data);
  const { T, norms, hNorm, rho, messages } = base;
  const { t, k, sum, tau, cut } = settings;
  const cells = group(T, settings);
  const lag = t - k;
  const factors = lag < 0 ? null : {
    row: messages[t - 1][t - 1],
    jacobians: steps(k + 1, t).reverse().map((j) => base.jacobians[j - 1]),
    product: productNorm(base, t, k),
    arrives: messages[t - 1][k - 1],
    local: length(base.delta[t][k]),
    state: hNorm[k - 1],
    bound: messages[t - 1][t - 1] * rho ** lag * hNorm[k - 1],
  };
  // What travels back along the lit arrows: one loss's row, or the sum of all that have joined it.
  const travelling = sum === "diagonal" ? null
    : sum === "column" || sum === "all" ? base.added
    : messages[t - 1];
  return {
    T, norms, rho, factors, travelling,
    size: base.size,
    lost: base.lost,
    cells,
    ends: cells.reduce((total, [row, column]) => total + norms[row - 1][column - 1], 0), // laid end to end
    total: length(sumOf(base, cells)),
    products: products(T, settings),
    cut: compare(base, cut, tau),
  };
}
