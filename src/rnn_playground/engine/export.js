// The network as files that rnn_core.load_checkpoint opens: a zip archive, stored, with a member for each array.
import { Zip, ZipPassThrough } from "fflate";
import { LONGEST } from "./program.js";

const FORMAT = "rnn_core checkpoint, version 2";
const MODELS = { tanh: "RNNParams", relu: "RNNParams", lstm: "gated.LSTMParams", gru: "gated.GRUParams" };

/** An array in NumPy's format, version 1.0. */
function npy(type, shape, bytes) {
  const sizes = shape.length === 1 ? `${shape[0]},` : shape.join(", ");
  const header = `{'descr': '${type}', 'fortran_order': False, 'shape': (${sizes}), }`;
  const length = Math.ceil((10 + header.length + 1) / 64) * 64 - 10;
  const file = new Uint8Array(10 + length + bytes.length).fill(0x20);
  file.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, length & 255, length >> 8]);
  for (let i = 0; i < header.length; i++) file[10 + i] = header.charCodeAt(i);
  file[9 + length] = 0x0a;
  file.set(bytes, 10 + length);
  return file;
}

/** 64-bit floats, the low byte first, whatever the machine has. */
function floats(values) {
  const bytes = new Uint8Array(8 * values.length);
  const view = new DataView(bytes.buffer);
  values.forEach((value, i) => view.setFloat64(8 * i, value, true));
  return bytes;
}

/** What a checkpoint says of the classes of the model: true stands for an array, null for none. */
function description({ cell, layers }) {
  if (layers === 2 && (cell === "tanh" || cell === "relu")) {
    const layer = { class: "rnn_core.residual.StackLayer", parts: [true, true, true] };
    return { class: "rnn_core.residual.StackParams", parts: [null, { tuple: [layer, layer] }, true, true] };
  }
  const parts = [true, true, true, true, true];
  if (cell === "lstm") parts.push(null); // no peepholes
  if (cell === "gru") parts.push(true);
  return { class: `rnn_core.${MODELS[cell]}`, parts };
}

/** The names and values of the arrays of one model in a flat array; `layer` chooses one of a gated network with two. */
function arraysOf({ arrays }, flat, { cell, m, layers }, layer) {
  const stack = layers === 2 && (cell === "tanh" || cell === "relu");
  const found = {};
  for (const { name, shape, start, end } of arrays) {
    const own = stack ? name : name.replace(`layers[${layer}].`, "");
    if (!own.startsWith("layers[") || stack) found[own] = { shape, values: flat.subarray(start, end) };
  }
  // Of two gated layers the lower one has no output of its own: what it gives out is its state.
  if (!stack && layer < layers - 1) {
    found.W_yh = { shape: [m, m], values: new Float64Array(m * m) };
    found.b_y = { shape: [m], values: new Float64Array(m) };
  }
  return found;
}

/** An archive of { name: bytes }. Stored as they are: what compresses is left out of the bundle. */
function archive(members) {
  const parts = [];
  const zip = new Zip((error, part) => {
    if (error) throw error;
    parts.push(part);
  });
  for (const [name, bytes] of Object.entries(members)) {
    const member = Object.assign(new ZipPassThrough(name), { mtime: "1980-01-01" });
    zip.add(member);
    member.push(bytes, true);
  }
  zip.end();
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function file(run, layer) {
  const { network, optimizer, history, sizes } = run;
  const members = {};
  const adam = optimizer.mean ? { step: optimizer.step } : null;
  const line = JSON.stringify({ format: FORMAT, model: description(sizes), adam, rng_state: null });
  const text = Uint8Array.from(line, (character) => character.charCodeAt(0));
  members["format.npy"] = npy("|u1", [text.length], text);
  const trees = { params: network.theta, ...(adam ? { mean: optimizer.mean, square: optimizer.square } : {}) };
  for (const [tree, flat] of Object.entries(trees)) {
    for (const [name, { shape, values }] of Object.entries(arraysOf(network.layout, flat, sizes, layer))) {
      const identity = tree === "params" && name === "W_yh" && layer < sizes.layers - 1 && !description(sizes).class.includes("Stack");
      if (identity) for (let i = 0; i < sizes.m; i++) values[i * sizes.m + i] = 1;
      members[`${tree}.${name}.npy`] = npy("<f8", shape, floats(values));
    }
  }
  const { loss, grad_norm: gradNorm, clipped } = history.since(0);
  members["loss.npy"] = npy("<f8", [loss.length], floats(loss));
  members["grad_norm.npy"] = npy("<f8", [loss.length], floats(gradNorm));
  members["clipped.npy"] = npy("|b1", [loss.length], Uint8Array.from(clipped));
  return archive(members);
}

/** Files { name, bytes } with all parameters, Adam's state and the history. Two gated layers make two: below, above. */
export function toFiles(run) {
  const { cell, layers } = run.sizes;
  const files = [];
  if (layers === 1 || cell === "tanh" || cell === "relu") files.push({ name: "network.npz", bytes: file(run, 0) });
  else files.push({ name: "network-below.npz", bytes: file(run, 0) }, { name: "network-above.npz", bytes: file(run, 1) });
  // The program reads a long text from a file.
  if (run.setup.task === "text" && run.text.length > LONGEST) files.push({ name: "text.txt", bytes: new TextEncoder().encode(run.text) });
  return files;
}
