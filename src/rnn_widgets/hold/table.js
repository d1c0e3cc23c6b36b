// The cell's numbers.
import { factor } from "../kit/format.js";
import { some } from "../kit/table.js";
import { STEPS } from "./model.js";
import { product, signed } from "./words.js";

export const table = {
  caption: "Gate, cell, state and gradient at each step k; the gradient is that of the cell at the present step t",
  columns: ["step k", "forget gate f", "cell c", "state h", "∂cₜ/∂cₖ"],
  rowsOf: ({ f, c, h, gradient }, { step }) =>
    some(STEPS - 1).map((index) => {
      const k = index + 1;
      const reached = k <= step;
      return [String(k), factor(f[index]), reached ? signed(c[k]) : "–", reached ? signed(h[k]) : "–", reached ? product(gradient[index]) : "–"];
    }),
};

export const data = ({ f, c, h, gradient }, { step }) => ({
  columns: ["step", "forget_gate", "cell", "state", "gradient"],
  rows: f.map((value, index) => [index + 1, value, ...(index < step ? [c[index + 1], h[index + 1], gradient[index]] : ["", "", ""])]),
});
