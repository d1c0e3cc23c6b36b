// A batch: room for B sequences of T steps, grown when needed. Row r = t B + b of every array is step t of sequence b.
//
// Inputs are codes (one-hot, −1 for the padding) or `width` numbers; `targets` are codes, or −1 where a step has no loss,
// and `values` the numbers to be answered if the task has numbers.

export function createBatch(width, numbers) {
  const batch = { T: 0, B: 0, rows: 0, width, lengths: null, codes: null, x: null, targets: null, values: null };
  let room = 0;

  /** Make room for T steps of B sequences, with nothing asked. */
  batch.shape = (T, B) => {
    batch.T = T;
    batch.B = B;
    batch.rows = T * B;
    if (batch.rows > room) {
      room = Math.ceil(batch.rows * 1.5);
      batch.targets = new Int32Array(room);
      if (numbers) {
        batch.x = new Float64Array(room * width);
        batch.values = new Float64Array(room);
      } else batch.codes = new Int32Array(room);
    }
    batch.targets.fill(-1);
  };
  return batch;
}

/** The first sequence of a batch alone, in a batch of its own. */
export function firstOf(batch, target) {
  const T = batch.lengths ? batch.lengths[0] : batch.T;
  target.shape(T, 1);
  for (let t = 0; t < T; t++) {
    const r = t * batch.B;
    target.targets[t] = batch.targets[r];
    if (batch.codes) target.codes[t] = batch.codes[r];
    else {
      target.values[t] = batch.values[r];
      for (let j = 0; j < batch.width; j++) target.x[t * batch.width + j] = batch.x[r * batch.width + j];
    }
  }
  return target;
}
