// The LSTM as rnn_core has it: i, f, o = σ(·), g = tanh(·), c = f ∘ c + i ∘ g, h = o ∘ tanh(c). Blocks i, f, g, o.
import { Inputs, laterRows } from "./inputs.js";
import { addProducts, addTo, timesTransposed, transpose } from "./products.js";

export const sigmoid = (a) => 0.5 * Math.tanh(0.5 * a) + 0.5;

export class LSTM {
  static blocks = 4;
  static gates = ["i", "f", "g", "o"];

  constructor(params, grads, { width, m }) {
    Object.assign(this, { params, grads, m, height: 4 * m });
    this.inputs = new Inputs(params, grads, width, 4 * m);
  }

  rooms(rows, B) {
    const { m } = this;
    const [states, weights] = [rows * m, 4 * m * m];
    return { h: states, c: states, tanhC: states, gateValues: 4 * states, delta: 4 * states, laterH: laterRows(rows, B) * m, laterC: laterRows(rows, B) * m, W: weights, transposed: weights, byW: weights };
  }

  shape(T, B) {
    this.T = T;
    this.B = B;
    this.h.fill(0, 0, B * this.m);
    this.c.fill(0, 0, B * this.m);
  }

  forward() {
    const { T, B, m, h, c, tanhC, gateValues: gates, W } = this;
    W.set(this.params.W_hh);
    this.inputs.drive(T * B, gates, 0);
    for (let t = 0; t < T; t++) {
      timesTransposed(h, t * B * m, B, m, W, 4 * m, gates, t * B * 4 * m, true);
      for (let b = 0; b < B; b++) {
        const before = (t * B + b) * m;
        const after = before + B * m;
        const g0 = 4 * before;
        for (let u = 0; u < m; u++) {
          const i = sigmoid(gates[g0 + u]);
          const f = sigmoid(gates[g0 + m + u]);
          const g = Math.tanh(gates[g0 + 2 * m + u]);
          const o = sigmoid(gates[g0 + 3 * m + u]);
          gates[g0 + u] = i;
          gates[g0 + m + u] = f;
          gates[g0 + 2 * m + u] = g;
          gates[g0 + 3 * m + u] = o;
          const cell = f * c[before + u] + i * g;
          const squashed = Math.tanh(cell);
          c[after + u] = cell;
          tanhC[after + u] = squashed;
          h[after + u] = o * squashed;
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
    this.laterH.fill(0, from * this.m, to * this.m);
    this.laterC.fill(0, from * this.m, to * this.m);
  }

  stepBack(first, rows, gradH) {
    const { B, m, c, tanhC, gateValues: gates, delta, laterH, laterC, transposed } = this;
    for (let r = 0; r < rows; r++) {
      const before = (first + r) * m;
      const after = before + B * m;
      const g0 = 4 * before;
      for (let u = 0; u < m; u++) {
        const i = gates[g0 + u];
        const f = gates[g0 + m + u];
        const g = gates[g0 + 2 * m + u];
        const o = gates[g0 + 3 * m + u];
        const squashed = tanhC[after + u];
        const byH = gradH[before + u] + laterH[r * m + u];
        const byC = byH * o * (1 - squashed * squashed) + laterC[r * m + u];
        delta[g0 + u] = byC * g * i * (1 - i);
        delta[g0 + m + u] = byC * c[before + u] * f * (1 - f);
        delta[g0 + 2 * m + u] = byC * i * (1 - g * g);
        delta[g0 + 3 * m + u] = byH * squashed * o * (1 - o);
        laterC[r * m + u] = byC * f;
      }
    }
    timesTransposed(delta, first * 4 * m, rows, 4 * m, transposed, m, laterH, 0, false);
  }

  shift(rows) {
    this.laterH.copyWithin(0, this.m, rows * this.m);
    this.laterC.copyWithin(0, this.m, rows * this.m);
  }

  weights() {
    const { T, B, m, h, delta, byW } = this;
    byW.fill(0);
    addProducts(delta, 0, 4 * m, h, 0, m, T * B, byW);
    addTo(this.grads.W_hh, byW);
    this.inputs.backward(T * B, delta);
  }

  below(gradX, first = 0, rows = this.T * this.B) {
    this.inputs.below(first, rows, this.delta, gradX);
  }

  get deltaHidden() {
    return this.delta;
  }

  /** ∂s^(t)/∂s^(t−1) of the whole state s = (h, c), by every path, as rnn_core.gated.lstm_step_jacobians. */
  jacobian(t, out) {
    const { m, c, tanhC, gateValues: gates, params } = this;
    const { W_hh } = params;
    const g0 = (t - 1) * 4 * m;
    out.fill(0);
    for (let u = 0; u < m; u++) {
      const [i, f, g, o] = [0, 1, 2, 3].map((block) => gates[g0 + block * m + u]);
      const squashed = tanhC[t * m + u];
      const byC = o * (1 - squashed * squashed);
      for (let j = 0; j < m; j++) {
        const w = (block) => W_hh[(block * m + u) * m + j];
        const cByH = g * i * (1 - i) * w(0) + c[(t - 1) * m + u] * f * (1 - f) * w(1) + i * (1 - g * g) * w(2);
        out[u * 2 * m + j] = squashed * o * (1 - o) * w(3) + byC * cByH;
        out[(m + u) * 2 * m + j] = cByH;
      }
      out[u * 2 * m + m + u] = byC * f;
      out[(m + u) * 2 * m + m + u] = f;
    }
  }

  get stateSize() {
    return 2 * this.m;
  }

  clear(from, to) {
    const { B, m } = this;
    for (const name of ["h", "c", "tanhC"]) this[name].fill(0, from + B * m, to + B * m);
    this.gateValues.fill(0, 4 * from, 4 * to);
  }
}
