// The embedded Reber grammar: predict the next symbol. Asked for is the last one but one, which was decided at the second.

const SYMBOLS = "BTSXPVE";
// State s: the symbols of its arrows, and where they lead. The order of the arrows is that of rnn_core.tasks.REBER.
const REBER = [["B", 1], ["T", 2, "P", 3], ["S", 2, "X", 4], ["T", 3, "V", 5], ["X", 3, "S", 6], ["P", 4, "V", 6], ["E", 7]];
const MEAN_STEPS = 11; // a string has 12 symbols in the mean
const FLOOR = 7 * Math.log(2);

/** Two copies of the graph between T or P and the same again: which copy one is in is the memory. */
function embedded() {
  const size = REBER.length + 1;
  const closing = 2 + 2 * size;
  const graph = [["B", 1], ["T", 2, "P", 2 + size]];
  for (const [first, outer] of [[2, "T"], [2 + size, "P"]]) {
    for (const arrows of REBER) graph.push(arrows.map((part) => (typeof part === "number" ? first + part : part)));
    graph.push([outer, closing]);
  }
  graph.push(["E", closing + 1], []);
  return graph.map((arrows) => arrows.map((part) => (typeof part === "number" ? part : SYMBOLS.indexOf(part))));
}

export function reber() {
  const graph = embedded();
  const symbols = [...SYMBOLS];
  let drawn = [];
  return {
    n: 7, k: 7, symbols, answers: symbols, chance: FLOOR + Math.log(2), floor: FLOOR, steps: MEAN_STEPS,
    draw(batch, B, random) {
      drawn = [];
      let T = 0;
      for (let b = 0; b < B; b++) {
        const string = [];
        let arrows = graph[0];
        while (arrows.length > 0) {
          const which = Math.floor(random.uniform() * (arrows.length / 2));
          string.push(arrows[2 * which]);
          arrows = graph[arrows[2 * which + 1]];
        }
        drawn.push(string);
        T = Math.max(T, string.length - 1);
      }
      batch.shape(T, B);
      batch.lengths = Int32Array.from(drawn, (string) => string.length - 1);
      for (let b = 0; b < B; b++) {
        for (let t = 0; t < T; t++) {
          const inside = t < batch.lengths[b];
          batch.codes[t * B + b] = inside ? drawn[b][t] : -1;
          if (inside) batch.targets[t * B + b] = drawn[b][t + 1];
        }
      }
    },
    right(y, batch, r, k) {
      const target = batch.targets[r];
      if (target < 0 || Math.floor(r / batch.B) !== batch.lengths[r % batch.B] - 2) return null;
      for (let c = 0; c < k; c++) if (c !== target && !(y[r * k + c] < y[r * k + target])) return false;
      return true;
    },
  };
}
