// The descent's numbers.
import { some } from "../kit/table.js";
import { STEPS } from "./model.js";
import { amount } from "./words.js";

/** A place with three decimals; what is not zero is not shown as zero, and what is large as a power of ten. */
const place = (value) => (value === 0 ? "0" : `${value < 0 ? "−" : ""}${amount(Math.abs(value))}`);

export const table = {
  caption: "The place and its loss after each step",
  columns: ["step", "u", "v", "loss"],
  rowsOf: ({ path, losses }) => some(STEPS).map((t) => [String(t), ...path[t].map(place), amount(losses[t])]),
};

export const data = ({ path, losses }) => ({ columns: ["step", "u", "v", "loss"], rows: losses.map((loss, t) => [t, ...path[t], loss]) });
