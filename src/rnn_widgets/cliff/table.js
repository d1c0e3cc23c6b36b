// The numbers of both descents, as far as they are shown.
import { digits } from "./words.js";
import { some } from "../kit/table.js";

const place = ({ w, b }) => `${w.toFixed(2)}, ${b.toFixed(2)}`.replaceAll("-", "−");
const cells = (at) => [place(at), digits(at.loss), digits(at.norm)];

export const table = {
  caption: "Both descents: without clipping on the left, with it on the right.",
  columns: ["update", "w, b", "loss", "‖∇L‖", "clipped: w, b", "clipped: loss", "clipped: ‖∇L‖"],
  rowsOf: ({ without, clipped, k }) => some(k).map((i) => [String(i), ...cells(without.path[i]), ...cells(clipped.path[i])]),
};

const NAMES = ["w", "b", "loss", "norm"];

export const data = ({ without, clipped }) => ({
  columns: ["update", ...NAMES, ...NAMES.map((name) => `clipped ${name}`)],
  rows: without.path.map((at, i) => [i, ...NAMES.map((name) => at[name]), ...NAMES.map((name) => clipped.path[i][name])]),
});
