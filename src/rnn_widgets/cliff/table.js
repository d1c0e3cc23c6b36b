// What the clipping explorer's table holds.
import { digits } from "./words.js";
import { some } from "../kit/table.js";

export const caption = "Both descents: without clipping on the left, with it on the right.";
export const columns = ["update", "w, b", "loss", "‖∇L‖", "clipped: w, b", "clipped: loss", "clipped: ‖∇L‖"];

const place = ({ w, b }) => `${w.toFixed(2)}, ${b.toFixed(2)}`.replaceAll("-", "−");
const cells = (at) => [place(at), digits(at.loss), digits(at.norm)];

export const rowsOf = ({ without, clipped }) =>
  some(without.path.length - 1).map((i) => [String(i), ...cells(without.path[i]), ...cells(clipped.path[i])]);
