// The GRU as rnn_core has it, reset "after": r, z = σ(·), q = U_n h + b_hn, n = tanh(· + r ∘ q), h = n + z ∘ (h − n). Blocks r, z, n.
import { Inputs, laterRows } from "./inputs.js";
import { sigmoid } from "./lstm.js";
import { addProducts, addSums, addTo, timesTransposed, transpose } from "./products.js";

export class GRU {
  static blocks = 3;
  static gates = ["r", "z", "n"];

  constructor(params, grads, { width, m }) {
    Object.assign(this, { params, grads, m, height: 3 * m });
    this.inputs = new Inputs(params, grads, width, 3 * m);
  }

  rooms(rows, B) {
    const { m } = this;
    const [states, gates, weights] = [rows * m, 3 * rows * m, 3 * m * m];
    return {
      h: states, q: states, deltaQ: states, gateValues: gates, delta: gates, deltaHidden: gates, later: laterRows(rows, B) * m, recurrent: 3 * B * m,
      W: weights, transposed: weights, byW: weights,
    };
  }

  shape(T, B) {
    this.T = T;
    this.B = B;
    this.h.fill(0, 0, B * this.m);
  }

  forward() {
    const { T, B, m, h, q, gateValues: gates, recurrent, params, W } = this;
    W.set(params.W_hh);
    this.inputs.drive(T * B, gates, 0);
    for (let t = 0; t < T; t++) {
      timesTransposed(h, t * B * m, B, m, W, 3 * m, recurrent, 0, false);
      for (let b = 0; b < B; b++) {
        const before = (t * B + b) * m;
        const g0 = 3 * before;
        const r0 = 3 * b * m;
        for (let u = 0; u < m; u++) {
          const r = sigmoid(gates[g0 + u] + recurrent[r0 + u]);
          const z = sigmoid(gates[g0 + m + u] + recurrent[r0 + m + u]);
          const inner = recurrent[r0 + 2 * m + u] + params.b_hn[u];
          const n = Math.tanh(gates[g0 + 2 * m + u] + r * inner);
          gates[g0 + u] = r;
          gates[g0 + m + u] = z;
          gates[g0 + 2 * m + u] = n;
          q[before + u] = inner;
          h[before + B * m + u] = n + z * (h[before + u] - n);
        }
      }
    }
  }

  back(gradH, window) {
    const { T, B } = this;
    this.turn();
    for (let t = T; t >= 1; t--) {
      if (t === T || t % window === 0) this.forget(0, B);
      this.stepBack((t - 1) * B, B, gradH);
    }
  }

  turn() {
    transpose(this.params.W_hh, this.height, this.m, this.transposed);
  }

  forget(from, to) {
    this.later.fill(0, from * this.m, to * this.m);
  }

  stepBack(first, rows, gradH) {
    const { m, h, q, gateValues: gates, delta, deltaHidden, deltaQ, later, transposed } = this;
    for (let row = 0; row < rows; row++) {
      const before = (first + row) * m;
      const g0 = 3 * before;
      for (let u = 0; u < m; u++) {
        const r = gates[g0 + u];
        const z = gates[g0 + m + u];
        const n = gates[g0 + 2 * m + u];
        const byH = gradH[before + u] + later[row * m + u];
        const byN = byH * (1 - z) * (1 - n * n);
        const byR = byN * q[before + u] * r * (1 - r);
        const byZ = byH * (h[before + u] - n) * z * (1 - z);
        delta[g0 + u] = byR;
        delta[g0 + m + u] = byZ;
        delta[g0 + 2 * m + u] = byN;
        deltaHidden[g0 + u] = byR;
        deltaHidden[g0 + m + u] = byZ;
        deltaHidden[g0 + 2 * m + u] = byN * r;
        deltaQ[before + u] = byN * r;
        later[row * m + u] = byH * z;
      }
    }
    timesTransposed(deltaHidden, first * 3 * m, rows, 3 * m, transposed, m, later, 0, true);
  }

  shift(rows) {
    this.later.copyWithin(0, this.m, rows * this.m);
  }

  weights() {
    const { T, B, m, h, delta, deltaHidden, deltaQ, byW, grads } = this;
    byW.fill(0);
    addProducts(deltaHidden, 0, 3 * m, h, 0, m, T * B, byW);
    addTo(grads.W_hh, byW);
    addSums(deltaQ, 0, m, T * B, grads.b_hn);
    this.inputs.backward(T * B, delta);
  }

  below(gradX, first = 0, rows = this.T * this.B) {
    this.inputs.below(first, rows, this.delta, gradX);
  }

  /** ∂h^(t)/∂h^(t−1) by every path, as rnn_core.gated.gru_step_jacobians. */
  jacobian(t, out) {
    const { m, h, q, gateValues: gates, params } = this;
    const { W_hh } = params;
    const g0 = (t - 1) * 3 * m;
    for (let u = 0; u < m; u++) {
      const [r, z, n] = [0, 1, 2].map((block) => gates[g0 + block * m + u]);
      const byN = (1 - z) * (1 - n * n);
      for (let j = 0; j < m; j++) {
        const w = (block) => W_hh[(block * m + u) * m + j];
        const inner = r * w(2) + q[(t - 1) * m + u] * r * (1 - r) * w(0);
        out[u * m + j] = (h[(t - 1) * m + u] - n) * z * (1 - z) * w(1) + byN * inner + (u === j ? z : 0);
      }
    }
  }

  get stateSize() {
    return this.m;
  }

  clear(from, to) {
    const { B, m } = this;
    this.h.fill(0, from + B * m, to + B * m);
    this.q.fill(0, from, to);
    this.gateValues.fill(0, 3 * from, 3 * to);
  }
}
