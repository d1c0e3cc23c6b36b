// Unrolled's numbers.
import { appears, GRADIENTS, ORDER } from "./model.js";
import { nameOf, written } from "./names.js";

const names = ["x1", "x2", "x3", ...ORDER];

export const table = {
  caption: "The numbers computed so far, the gradients beside their central differences",
  columns: ["number", "value", "central difference"],
  rowsOf: ({ values, central }, { step }) =>
    names.filter((name) => appears(name) <= step).map((name) => [nameOf(name), written(values[name]), GRADIENTS.includes(name) ? written(central[name]) : "–"]),
};

export const data = ({ values, central }, { step }) => ({
  columns: ["number", "value", "central difference"],
  rows: names.filter((name) => appears(name) <= step).map((name) => [name, values[name], central[name] ?? ""]),
});
