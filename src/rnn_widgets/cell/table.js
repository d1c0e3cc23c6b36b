// The cell's numbers.
import { inputOf, M, N, T } from "./model.js";
import { short, signed, sub } from "./words.js";

const numbered = (letter, count) => Array.from({ length: count }, (_, i) => `${letter}${sub(i + 1)}`);
const steps = Array.from({ length: T }, (_, i) => i + 1);

export const table = {
  caption: "Input, pre-activation, state and output of each step",
  columns: ["step", ...numbered("x", N), ...numbered("a", M), ...numbered("h", M), ...numbered("y", 2)],
  rowsOf: ({ a, made, y }, { x }) =>
    steps.map((t) => [String(t), ...inputOf(x, t).map(short), ...a[t - 1].map(signed), ...made[t - 1].map(signed), ...y[t - 1].map((p) => p.toFixed(3))]),
};

export const data = ({ a, made, h, y }, { x }) => ({
  columns: [...table.columns, ...numbered("handed on h", M)],
  rows: steps.map((t) => [t, ...inputOf(x, t), ...a[t - 1], ...made[t - 1], ...y[t - 1], ...h[t]]),
});
