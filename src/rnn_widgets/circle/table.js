// The circle's numbers.
import { length } from "./words.js";

export const table = {
  caption: "The longest half axis after each step, between the powers of the spectral radius r and of the norm",
  columns: ["step t", "longest half axis ‖Wᵗ‖", "rᵗ", "‖W‖ᵗ"],
  rowsOf: ({ norms, norm, radius }) => norms.map((long, t) => [String(t), ...[long, radius ** t, norm ** t].map(length)]),
};

export const data = ({ norms, norm, radius }) => ({
  columns: ["t", "norm_of_power", "radius_to_t", "norm_to_t"],
  rows: norms.map((long, t) => [t, long, radius ** t, norm ** t]),
});
