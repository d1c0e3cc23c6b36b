// What happened at each update: loss, accuracy, norm of the gradient, whether it was clipped. Grows as needed.

const NAMES = ["loss", "accuracy", "grad_norm", "clipped"];

export class History {
  constructor() {
    this.length = 0;
    for (const name of NAMES) this[name] = new Float64Array(1024);
  }

  add(loss, accuracy, gradNorm, clipped) {
    if (this.length === this.loss.length) {
      for (const name of NAMES) {
        const longer = new Float64Array(2 * this.length);
        longer.set(this[name]);
        this[name] = longer;
      }
    }
    const i = this.length++;
    this.loss[i] = loss;
    this.accuracy[i] = accuracy; // NaN: nothing was asked
    this.grad_norm[i] = gradNorm;
    this.clipped[i] = clipped ? 1 : 0;
  }

  /** Copies of what came from an update on. */
  since(first) {
    return Object.fromEntries(NAMES.map((name) => [name, this[name].slice(first, this.length)]));
  }

  static of(records) {
    const history = new History();
    for (let i = 0; i < records.loss.length; i++) history.add(records.loss[i], records.accuracy[i], records.grad_norm[i], records.clipped[i]);
    return history;
  }

  csv() {
    const rows = ["update,loss,accuracy,grad_norm,clipped"];
    for (let i = 0; i < this.length; i++) {
      const accuracy = Number.isNaN(this.accuracy[i]) ? "" : this.accuracy[i];
      rows.push([i + 1, this.loss[i], accuracy, this.grad_norm[i], this.clipped[i]].join(","));
    }
    return `${rows.join("\n")}\n`;
  }
}
