// A network of one or two layers and its gradient: all parameters in one array, all gradients in another.
import { GRU } from "./gru.js";
import { Output } from "./loss.js";
import { LSTM } from "./lstm.js";
import { Plain } from "./plain.js";
import { workspace } from "./simd.js";

export const CELLS = { tanh: Plain, relu: Plain, lstm: LSTM, gru: GRU };

/** Names, shapes and places of all arrays. Those of a layer are called "layers[0].W_hx". */
export function layout({ cell, n, m, k, layers }) {
  const { blocks } = CELLS[cell];
  const arrays = [];
  let size = 0;
  const add = (name, ...shape) => {
    const count = shape.reduce((product, part) => product * part, 1);
    arrays.push({ name, shape, start: size, end: (size += count) });
  };
  for (let l = 0; l < layers; l++) {
    add(`layers[${l}].W_hx`, blocks * m, l === 0 ? n : m);
    add(`layers[${l}].W_hh`, blocks * m, m);
    add(`layers[${l}].b_h`, blocks * m);
    if (cell === "gru") add(`layers[${l}].b_hn`, m);
  }
  add("W_yh", k, m);
  add("b_y", k);
  return { arrays, size };
}

/** Views of one flat array: { layers: [{ W_hx, … }], W_yh, b_y }. */
export function views(flat, { arrays }) {
  const tree = { layers: [] };
  for (const { name, start, end } of arrays) {
    const [, layer, field] = name.match(/^layers\[(\d)\]\.(\w+)$/) ?? [];
    if (field) (tree.layers[layer] ??= {})[field] = flat.subarray(start, end);
    else tree[name] = flat.subarray(start, end);
  }
  return tree;
}

export class Network {
  /** `theta` may be another network's: then both have the same parameters. */
  constructor(sizes, theta = null) {
    const { cell, n, m, k, layers, numbers = false } = sizes;
    this.sizes = sizes;
    this.layout = layout(sizes);
    this.theta = theta ?? new Float64Array(this.layout.size);
    this.gradient = new Float64Array(this.layout.size);
    this.params = views(this.theta, this.layout);
    this.grads = views(this.gradient, this.layout);
    this.layers = Array.from({ length: layers }, (_, l) => {
      const options = { width: l === 0 ? n : m, m, relu: cell === "relu" };
      return new CELLS[cell](this.params.layers[l], this.grads.layers[l], options);
    });
    this.output = new Output(this.params, this.grads, { m, k, numbers });
    this.parts = [...this.layers, ...this.layers.map(({ inputs }) => inputs), this.output, this];
    this.room = { rows: 0, B: 0 };
  }

  get top() {
    return this.layers[this.layers.length - 1];
  }

  /** `passed` is ∂L/∂h of the layer below the top one. */
  rooms(rows) {
    return { passed: this.layers.length > 1 ? rows * this.sizes.m : 0 };
  }

  /** Make room for a batch, in one workspace for all parts; some more, since other batches can be longer. */
  shape(T, B) {
    const rows = (T + 1) * B;
    if (rows > this.room.rows || B > this.room.B) {
      this.room = { rows: Math.ceil(1.25 * rows), B };
      const wanted = this.parts.map((part) => Object.entries(part.rooms(this.room.rows, B)));
      const take = workspace(wanted.flat().reduce((sum, [, size]) => sum + size, 0));
      this.parts.forEach((part, i) => {
        for (const [name, size] of wanted[i]) part[name] = take(size);
      });
    }
    for (const layer of this.layers) layer.shape(T, B);
  }

  /** The states of all steps. */
  forward(batch) {
    const { T, B, lengths } = batch;
    this.shape(T, B);
    const { m } = this.sizes;
    for (let l = 0; l < this.layers.length; l++) {
      const layer = this.layers[l];
      if (l === 0) layer.inputs.of(batch);
      else this.fromBelow(layer, this.layers[l - 1]);
      layer.forward();
      if (!lengths) continue;
      for (let b = 0; b < B; b++) for (let t = lengths[b]; t < T; t++) layer.clear((t * B + b) * m, (t * B + b + 1) * m);
    }
    return this.top.h;
  }

  fromBelow(layer, below) {
    this.source ??= { codes: null, x: null };
    this.source.x = below.h;
    layer.inputs.of(this.source, below.B * below.m);
  }

  /** L of a batch; its gradient is then in `gradient`. `window` 0: nothing is cut. */
  lossAndGradient(batch, window = 0) {
    const h = this.forward(batch);
    this.gradient.fill(0);
    const { m } = this.sizes;
    const loss = this.output.forwardBackward(h, batch.B * m, batch);
    this.back(this.output.gradH, window);
    for (const layer of this.layers) layer.weights();
    return loss;
  }

  /** From ∂L/∂h of the top layer's states to δ of all layers. */
  back(gradH, window) {
    let grad = gradH;
    for (let l = this.layers.length - 1; l >= 0; l--) {
      const layer = this.layers[l];
      layer.back(grad, window || layer.T);
      if (l === 0) return;
      layer.below(this.passed);
      grad = this.passed;
    }
  }
}
