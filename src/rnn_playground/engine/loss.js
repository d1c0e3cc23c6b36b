// The output o = W_yh h + b_y of the steps that are asked, its loss, and the gradient by h: Equations (3) to (5), (9).
//
// Cross-entropy for codes, squared error for numbers; summed over time, averaged over the batch.
import { addProducts, addSums, timesTransposed, transpose } from "./products.js";

export class Output {
  constructor(params, grads, { m, k, numbers }) {
    Object.assign(this, { params, grads, m, k, numbers, room: 0 });
    this.transposed = new Float64Array(k * m);
  }

  /** Room for the outputs of so many rows: probabilities, or the numbers. */
  shape(rows) {
    if (rows > this.room) {
      this.room = Math.ceil(rows * 1.5);
      this.y = new Float64Array(this.room * this.k);
      this.gradO = new Float64Array(this.room * this.k);
      this.gradH = new Float64Array(this.room * this.m);
    }
  }

  /** The outputs of all rows of states that begin at `from`. */
  all(h, from, rows) {
    const { params, m, k, y, numbers } = this;
    this.logits(h, from, 0, rows);
    if (!numbers) for (let r = 0; r < rows; r++) softmax(y, r * k, k);
    return { params, m, k, y };
  }

  logits(h, from, first, after) {
    const { params, m, k, y } = this;
    for (let r = first; r < after; r++) for (let c = 0; c < k; c++) y[r * k + c] = params.b_y[c];
    timesTransposed(h, from + first * m, after - first, m, params.W_yh, k, y, first * k, true);
  }

  /** The loss, with ∂L/∂h in `gradH`, and added to the gradients. Rows that are not asked get zero. */
  forwardBackward(h, from, batch) {
    const { params, m, k, y, gradO, gradH, grads, transposed } = this;
    transpose(params.W_yh, k, m, transposed);
    let total = 0;
    let r = 0;
    while (r < batch.rows) {
      const first = r; // rows that are asked lie together: a product for each run of them
      while (r < batch.rows && batch.targets[r] >= 0) r++;
      if (r > first) {
        this.logits(h, from, first, r);
        for (let row = first; row < r; row++) total += this.lossOf(row, batch);
        timesTransposed(gradO, first * k, r - first, k, transposed, m, gradH, first * m, false);
        addProducts(gradO, first * k, k, h, from + first * m, m, r - first, grads.W_yh);
        addSums(gradO, first * k, k, r - first, grads.b_y);
      }
      while (r < batch.rows && batch.targets[r] < 0) {
        gradH.fill(0, r * m, (r + 1) * m);
        y.fill(0, r * k, (r + 1) * k);
        r++;
      }
    }
    return total / batch.B;
  }

  /** The loss of a row whose logits are in y; leaves the outputs there, and the derivative by the logits in gradO. */
  lossOf(row, { targets, values, B }) {
    const { k, y, gradO, numbers } = this;
    const at = row * k;
    if (numbers) {
      const off = y[at] - values[row];
      gradO[at] = (2 * off) / B;
      return off * off;
    }
    const logProbability = softmax(y, at, k, targets[row]);
    for (let c = 0; c < k; c++) gradO[at + c] = (y[at + c] - (c === targets[row] ? 1 : 0)) / B;
    return -logProbability;
  }
}

/** Turn logits into probabilities, in place; return the logarithm of one of them. */
export function softmax(y, at, k, chosen = 0) {
  let largest = y[at];
  for (let c = 1; c < k; c++) if (y[at + c] > largest) largest = y[at + c];
  const own = y[at + chosen] - largest;
  let total = 0;
  for (let c = 0; c < k; c++) total += y[at + c] = Math.exp(y[at + c] - largest);
  for (let c = 0; c < k; c++) y[at + c] /= total;
  return own - Math.log(total);
}
