// What a layer is given at each step, and its way into the gates: codes, numbers, or the states of the layer below.
import { addProducts, addSums, addTo, timesTransposed, transpose } from "./products.js";

/** Rows of what goes from a step to the one before: a step's, or for one sequence those of all steps, which measures.js takes at a time. */
export const laterRows = (rows, B) => (B === 1 ? rows : B);

/** The way of a layer's input: `blocks` m rows of W_hx and b_h, and room for the transposed W_hx. */
export class Inputs {
  constructor({ W_hx, b_h }, grads, width, height) {
    Object.assign(this, { W_hx, b_h, grads, width, height });
    this.codes = null;
    this.x = null;
    this.from = 0;
  }

  /** W is a copy of W_hx; `gradient` is of it, or of its transpose for codes. */
  rooms() {
    const weights = this.width * this.height;
    return { W: weights, transposed: weights, gradient: weights };
  }

  /** What comes in at the next pass: a batch, or the states of a layer from an offset on. */
  of({ codes, x }, from = 0) {
    this.codes = codes;
    this.x = x;
    this.from = from;
  }

  /** out[r, ·] = W_hx x_r + b_h for every row, from `start` on. */
  drive(rows, out, start) {
    const { W_hx, b_h, width, height, codes, transposed } = this;
    if (codes) transpose(W_hx, height, width, transposed);
    for (let r = 0; r < rows; r++) {
      const at = start + r * height;
      const code = codes ? codes[r] * height : -1;
      if (code < 0) for (let i = 0; i < height; i++) out[at + i] = b_h[i];
      else for (let i = 0; i < height; i++) out[at + i] = b_h[i] + transposed[code + i];
    }
    if (codes) return;
    this.W.set(W_hx);
    timesTransposed(this.x, this.from, rows, width, this.W, height, out, start, true);
  }

  /** Add to the gradients of W_hx and b_h, from δ of every row. */
  backward(rows, delta) {
    const { grads, width, height, codes, gradient } = this;
    addSums(delta, 0, height, rows, grads.b_h);
    gradient.fill(0);
    if (!codes) {
      addProducts(delta, 0, height, this.x, this.from, width, rows, gradient);
      addTo(grads.W_hx, gradient);
      return;
    }
    for (let r = 0; r < rows; r++) {
      const column = codes[r] * height;
      if (column < 0) continue;
      for (let i = 0; i < height; i++) gradient[column + i] += delta[r * height + i];
    }
    for (let c = 0; c < width; c++) for (let i = 0; i < height; i++) grads.W_hx[i * width + c] += gradient[c * height + i];
  }

  /** gradX[r, ·] = δ_r W_hx, for the layer below. */
  below(first, rows, delta, gradX) {
    const { height, width, transposed } = this;
    transpose(this.W_hx, height, width, transposed);
    timesTransposed(delta, first * height, rows, height, transposed, width, gradX, first * width, false);
  }
}
