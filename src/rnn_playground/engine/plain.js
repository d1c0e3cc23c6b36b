// The plain cell, h = φ(W_hx x + W_hh h + b_h) with φ = tanh or max(0, ·): Equations (1), (2), (6) to (10).
import { Inputs, laterRows } from "./inputs.js";
import { addProducts, addTo, timesTransposed, transpose } from "./products.js";

export class Plain {
  static blocks = 1;
  static gates = [];

  constructor(params, grads, { width, m, relu }) {
    Object.assign(this, { params, grads, m, relu, height: m });
    this.inputs = new Inputs(params, grads, width, m);
  }

  /** The arrays that are needed for so many rows, B of them at a time, and their sizes. */
  rooms(rows, B) {
    const { m } = this;
    return { h: rows * m, delta: rows * m, later: laterRows(rows, B) * m, W: m * m, transposed: m * m, byW: m * m };
  }

  /** So many steps and sequences: h has a row h^(0) = 0 before the steps. */
  shape(T, B) {
    this.T = T;
    this.B = B;
    this.h.fill(0, 0, B * this.m);
  }

  forward() {
    const { T, B, m, h, W, relu } = this;
    const size = B * m;
    W.set(this.params.W_hh);
    this.inputs.drive(T * B, h, size);
    for (let t = 1; t <= T; t++) {
      const at = t * size;
      timesTransposed(h, at - size, B, m, W, m, h, at, true);
      if (relu) for (let i = at; i < at + size; i++) h[i] = h[i] > 0 ? h[i] : h[i] <= 0 ? 0 : NaN;
      else for (let i = at; i < at + size; i++) h[i] = Math.tanh(h[i]);
    }
  }

  /** From ∂L/∂h^(t) through all but the next step to δ^(t), from the end back, cut at each window. */
  back(gradH, window) {
    const { T, B } = this;
    this.turn();
    for (let t = T; t >= 1; t--) {
      if (t === T || t % window === 0) this.forget(0, B);
      this.stepBack((t - 1) * B, B, gradH);
    }
  }

  /** Before `stepBack`. */
  turn() {
    transpose(this.params.W_hh, this.m, this.m, this.transposed);
  }

  /** Nothing comes to these rows of `later` from the step after theirs. */
  forget(from, to) {
    this.later.fill(0, from * this.m, to * this.m);
  }

  /** δ of so many rows; row i of `later` came to row first + i, and then holds what goes on from there to the step before. */
  stepBack(first, rows, gradH) {
    const { B, m, h, delta, later, transposed, relu } = this;
    const at = first * m;
    for (let i = 0; i < rows * m; i++) {
      const value = h[at + B * m + i];
      const slope = relu ? (value > 0 ? 1 : 0) : 1 - value * value;
      delta[at + i] = (gradH[at + i] + later[i]) * slope;
    }
    timesTransposed(delta, at, rows, m, transposed, m, later, 0, false);
  }

  /** The first row of `later` is no more: the others move up. */
  shift(rows) {
    this.later.copyWithin(0, this.m, rows * this.m);
  }

  /** Add to the gradients, from δ of every step. */
  weights() {
    const { T, B, m, h, delta, byW } = this;
    byW.fill(0);
    addProducts(delta, 0, m, h, 0, m, T * B, byW);
    addTo(this.grads.W_hh, byW);
    this.inputs.backward(T * B, delta);
  }

  below(gradX, first = 0, rows = this.T * this.B) {
    this.inputs.below(first, rows, this.delta, gradX);
  }

  /** δ by which W_hh meets h^(t−1); the same for the input. */
  get deltaHidden() {
    return this.delta;
  }

  /** J_t = ∂h^(t)/∂h^(t−1) of the first sequence, which must be the only one, for t in 1..T. */
  jacobian(t, out) {
    const { m, h, relu, params } = this;
    for (let i = 0; i < m; i++) {
      const value = h[t * m + i];
      const slope = relu ? (value > 0 ? 1 : 0) : 1 - value * value;
      for (let j = 0; j < m; j++) out[i * m + j] = slope * params.W_hh[i * m + j];
    }
  }

  get stateSize() {
    return this.m;
  }

  /** What lies beyond the end of a sequence is padding: were it to overflow, a zero gradient would make it NaN. */
  clear(from, to) {
    this.h.fill(0, from + this.B * this.m, to + this.B * this.m);
  }
}
