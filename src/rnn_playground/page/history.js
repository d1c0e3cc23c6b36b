// The records of a whole run in at most 2000 points. A long run's point stands for several updates: the last of them is its
// `update`, loss and accuracy are their means, `grad_norm` is the largest, `clipped` the share of those that were clipped.

export const MOST = 2000;
const NAMES = ["update", "loss", "per_step", "accuracy", "grad_norm", "clipped"];

/** The mean of two means over so many; NaN says that nothing was asked. */
function mean(a, weightA, b, weightB) {
  if (Number.isNaN(a)) return b;
  if (Number.isNaN(b)) return a;
  return (a * weightA + b * weightB) / (weightA + weightB);
}

export function createHistory() {
  const arrays = Object.fromEntries(NAMES.map((name) => [name, []]));
  let stride = 1; // updates of a full point
  let filled = 0; // updates of the last point
  let count = 0;

  /** Put the point at `from` into the one at `into`. */
  function merge(into, point, weightInto, weightPoint) {
    arrays.update[into] = point.update;
    arrays.grad_norm[into] = Math.max(arrays.grad_norm[into], point.grad_norm);
    for (const name of ["loss", "per_step", "accuracy", "clipped"]) {
      arrays[name][into] = mean(arrays[name][into], weightInto, point[name], weightPoint);
    }
  }

  const at = (i) => Object.fromEntries(NAMES.map((name) => [name, arrays[name][i]]));

  function halve() {
    for (let i = 0; i < MOST / 2; i++) {
      const second = at(2 * i + 1);
      for (const name of NAMES) arrays[name][i] = arrays[name][2 * i];
      merge(i, second, stride, stride);
    }
    for (const name of NAMES) arrays[name].length = MOST / 2;
    stride *= 2;
  }

  function add(point) {
    count += 1;
    if (arrays.update.length > 0 && filled < stride) {
      merge(arrays.update.length - 1, point, filled, 1);
      filled += 1;
      return;
    }
    if (arrays.update.length === MOST) halve();
    for (const name of NAMES) arrays[name].push(point[name]);
    filled = 1;
  }

  function clear() {
    for (const name of NAMES) arrays[name].length = 0;
    stride = 1;
    filled = 0;
    count = 0;
  }

  /** Take over the records of a state; `steps` are those that are asked in a sequence. */
  function take(records, steps) {
    if (records.from < count) clear(); // a run that was taken back sends all its records again
    for (let i = 0; i < records.loss.length; i++) {
      add({
        update: records.from + i + 1,
        loss: records.loss[i],
        per_step: records.loss[i] / steps,
        accuracy: records.accuracy[i],
        grad_norm: records.grad_norm[i],
        clipped: records.clipped[i],
      });
    }
  }

  return { ...arrays, take, clear };
}
