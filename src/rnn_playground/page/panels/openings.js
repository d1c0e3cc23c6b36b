// How far gates are open. No DOM. Where each gate stands among the blocks, and how it is drawn. The candidate is no gate.
export const GATES = {
  lstm: [{ name: "input i", block: 0, colour: "green", dash: [2, 3] }, { name: "forget f", block: 1, colour: "blue" }, { name: "output o", block: 3, colour: "vermillion", dash: [6, 4] }],
  gru: [{ name: "reset r", block: 0, colour: "vermillion", dash: [6, 4] }, { name: "update z", block: 1, colour: "blue" }],
};
const BLOCKS = { lstm: 4, gru: 3 };

/** Of each gate, by step, the mean over the units, the least and the greatest. */
export function openings(cell, gates, T, m) {
  return GATES[cell].map((gate) => {
    const [mean, least, most] = [new Float64Array(T), new Float64Array(T).fill(Infinity), new Float64Array(T).fill(-Infinity)];
    for (let t = 0; t < T; t++) {
      for (let i = 0; i < m; i++) {
        const value = gates[(t * BLOCKS[cell] + gate.block) * m + i];
        mean[t] += value / m;
        least[t] = Math.min(least[t], value);
        most[t] = Math.max(most[t], value);
      }
    }
    return { ...gate, mean, least, most };
  });
}
