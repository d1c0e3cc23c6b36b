// The output o = W_yh h + b_y of the steps that are asked, its loss, and the gradient by h: Equations (3) to (5), (9).
//
// Cross-entropy for codes, squared error for numbers; summed over time, averaged over the batch.
import { addProducts, addSums, addTo, timesTransposed, transpose } from "./products.js";

export class Output {
  constructor(params, grads, { m, k, numbers }) {
    Object.assign(this, { params, grads, m, k, numbers });
  }

  /** y: the outputs, probabilities or numbers; W is a copy of W_yh. */
  rooms(rows) {
    const { m, k } = this;
    return { y: rows * k, gradO: rows * k, gradH: rows * m, W: k * m, transposed: k * m, byW: k * m };
  }

  /** The outputs of all rows of states that begin at `from`. */
  all(h, from, rows) {
    const { k, y, numbers } = this;
    this.W.set(this.params.W_yh);
    this.logits(h, from, 0, rows);
    if (!numbers) for (let r = 0; r < rows; r++) softmax(y, r * k, k);
  }

  logits(h, from, first, after) {
    const { params, m, k, y, W } = this;
    for (let r = first; r < after; r++) for (let c = 0; c < k; c++) y[r * k + c] = params.b_y[c];
    timesTransposed(h, from + first * m, after - first, m, W, k, y, first * k, true);
  }

  /** The loss, with ∂L/∂h in `gradH`, and added to the gradients. Rows that are not asked get zero. */
  forwardBackward(h, from, batch) {
    const { params, m, k, y, gradO, gradH, grads, transposed, byW } = this;
    this.W.set(params.W_yh);
    transpose(params.W_yh, k, m, transposed);
    byW.fill(0);
    let total = 0;
    let r = 0;
    while (r < batch.rows) {
      const first = r; // rows that are asked lie together: a product for each run of them
      while (r < batch.rows && batch.targets[r] >= 0) r++;
      if (r > first) {
        this.logits(h, from, first, r);
        for (let row = first; row < r; row++) total += this.lossOf(row, batch);
        timesTransposed(gradO, first * k, r - first, k, transposed, m, gradH, first * m, false);
        addProducts(gradO, first * k, k, h, from + first * m, m, r - first, byW);
        addSums(gradO, first * k, k, r - first, grads.b_y);
      }
      while (r < batch.rows && batch.targets[r] < 0) {
        gradH.fill(0, r * m, (r + 1) * m);
        y.fill(0, r * k, (r + 1) * k);
        r++;
      }
    }
    addTo(grads.W_yh, byW);
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
