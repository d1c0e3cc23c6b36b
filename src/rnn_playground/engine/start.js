// The start of a network, drawn in the order of rnn_core's init_params: for each layer W_hh, W_hx; at last W_yh. See start.py.
import { multiply, orthogonalFactor, spectralNorm } from "./linalg.js";
import { CELLS } from "./network.js";

/** An m × m matrix of spectral norm ρ from a family, as rnn_core.recurrent_matrix. */
export function recurrentMatrix(family, m, rho, random) {
  const matrix = new Float64Array(m * m);
  if (family === "identity") {
    for (let i = 0; i < m; i++) matrix[i * m + i] = rho;
    return matrix;
  }
  if (family === "nonnormal") matrix.set(nonnormal(m, random));
  else if (family === "orthogonal") matrix.set(orthogonalFactor(random.normals(m * m), m));
  else {
    const A = random.normals(m * m);
    for (let i = 0; i < m; i++) {
      for (let j = 0; j < m; j++) matrix[i * m + j] = family === "symmetric" ? (A[i * m + j] + A[j * m + i]) / 2 : A[i * m + j];
    }
  }
  const factor = rho / spectralNorm(matrix, m);
  return matrix.map((entry) => entry * factor);
}

/** Q (D + U) Qᵀ with D diagonal and U strictly upper triangular. */
function nonnormal(m, random) {
  const Q = orthogonalFactor(random.normals(m * m), m);
  const modulus = Float64Array.from({ length: m }, () => 0.5 + 0.5 * random.uniform());
  const most = Math.max(...modulus);
  const middle = new Float64Array(m * m);
  for (let i = 0; i < m; i++) middle[i * m + i] = ((random.integer(0, 2) === 0 ? -1 : 1) * modulus[i]) / most;
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < m; j++) {
      const normal = random.normal();
      if (j > i) middle[i * m + j] = normal / Math.sqrt(m);
    }
  }
  const turned = new Float64Array(m * m);
  for (let i = 0; i < m; i++) for (let j = 0; j < m; j++) turned[j * m + i] = Q[i * m + j];
  return multiply(multiply(Q, middle, m), turned, m);
}

/** Fill the parameters of a network, { layers, W_yh, b_y }. */
export function start(setup, { n, k }, params, random) {
  const { cell, m, layers, family, rho, input_scale: inputScale, forget_bias: forgetBias } = setup;
  const { blocks } = CELLS[cell];
  for (let l = 0; l < layers; l++) {
    const { W_hx, W_hh, b_h } = params.layers[l];
    for (let block = 0; block < blocks; block++) W_hh.set(recurrentMatrix(family, m, rho, random), block * m * m);
    const width = l === 0 ? n : m;
    const scale = l === 0 ? inputScale : 1;
    for (let i = 0; i < W_hx.length; i++) W_hx[i] = (random.normal() / Math.sqrt(width)) * scale;
    b_h.fill(0);
    params.layers[l].b_hn?.fill(0);
    if (blocks > 1) b_h.fill(forgetBias, m, 2 * m); // f of the LSTM, z of the GRU: the second block
  }
  for (let i = 0; i < k * m; i++) params.W_yh[i] = random.normal() / Math.sqrt(m);
  params.b_y.fill(0);
}
