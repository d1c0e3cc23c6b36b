// What happened at each update: loss, accuracy, norm of the gradient, whether it was clipped.
//
// It is kept in blocks. One that is full never changes, so that checkpoints share it: a run of a million updates has 32 MB of it.

const NAMES = ["loss", "accuracy", "grad_norm", "clipped"];
const BLOCK = 4096;

export class History {
  constructor(length = 0, blocks = []) {
    this.length = length;
    this.blocks = blocks;
  }

  add(loss, accuracy, gradNorm, clipped) {
    const i = this.length % BLOCK;
    if (i === 0) this.blocks.push(Object.fromEntries(NAMES.map((name) => [name, new Float64Array(BLOCK)])));
    const block = this.blocks[this.blocks.length - 1];
    block.loss[i] = loss;
    block.accuracy[i] = accuracy; // NaN: nothing was asked
    block.grad_norm[i] = gradNorm;
    block.clipped[i] = clipped ? 1 : 0;
    this.length += 1;
  }

  /** The record of update i + 1. */
  at(i) {
    const block = this.blocks[Math.floor(i / BLOCK)];
    return Object.fromEntries(NAMES.map((name) => [name, block[name][i % BLOCK]]));
  }

  /** Arrays of all that came from an update on. */
  since(first) {
    const count = Math.max(0, this.length - first);
    return Object.fromEntries(NAMES.map((name) => {
      const values = new Float64Array(count);
      for (let i = first; i < this.length; ) {
        const end = Math.min(this.length, (Math.floor(i / BLOCK) + 1) * BLOCK);
        const from = i % BLOCK;
        values.set(this.blocks[Math.floor(i / BLOCK)][name].subarray(from, from + end - i), i - first);
        i = end;
      }
      return [name, values];
    }));
  }

  /** Another history of the same updates, which goes on by itself. */
  copy() {
    const blocks = this.blocks.slice();
    const last = this.length % BLOCK > 0 ? blocks.pop() : null;
    if (last) blocks.push(Object.fromEntries(NAMES.map((name) => [name, last[name].slice()])));
    return new History(this.length, blocks);
  }

  csv() {
    const rows = ["update,loss,accuracy,grad_norm,clipped"];
    for (let i = 0; i < this.length; i++) {
      const { loss, accuracy, grad_norm: gradNorm, clipped } = this.at(i);
      rows.push([i + 1, loss, Number.isNaN(accuracy) ? "" : accuracy, gradNorm, clipped].join(","));
    }
    return `${rows.join("\n")}\n`;
  }
}
