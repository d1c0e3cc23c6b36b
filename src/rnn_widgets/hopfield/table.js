// The network's numbers: how much the state has in common with each picture.
import { UNITS } from "./model.js";

export const table = {
  caption: "What the state has in common with each picture",
  columns: ["picture", "stored", "units that agree", "units that differ"],
  rowsOf: ({ agree }, { patterns }) => agree.map((count, q) => [`picture ${q + 1}`, q < patterns ? "yes" : "no", String(count), String(UNITS - count)]),
};

export const data = ({ state, fields }) => ({
  columns: ["unit", "state", "field"],
  rows: state.map((unit, i) => [i + 1, unit, fields[i]]),
});
