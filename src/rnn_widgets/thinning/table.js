// The darts as numbers.
import { some } from "../kit/table.js";

export const table = {
  caption: "Some of the darts that have fallen",
  columns: ["dart", "time", "height", "λ there", "kept"],
  rowsOf: ({ times, heights, rates, kept, count }) =>
    some(count - 1).map((i) => [String(i + 1), times[i].toFixed(2), heights[i].toFixed(2), rates[i].toFixed(2), kept[i] ? "yes" : "no"]),
};

export const data = ({ times, heights, rates, kept }) => ({
  columns: ["dart", "time", "height", "rate", "kept"],
  rows: rates.map((value, i) => [i + 1, times[i], heights[i], value, kept[i] ? 1 : 0]),
});
