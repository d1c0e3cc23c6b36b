// The triangle's numbers.
import { long } from "./words.js";

const inside = ({ norms }) => norms.flatMap((row, t) => row.slice(0, t + 1).map((norm, k) => [t + 1, k + 1, norm]));

export const table = {
  caption: "The lengths of the terms: a row for each loss t, a column for each use k of W_hh",
  columns: ["t", ...Array.from({ length: 9 }, (_, k) => `k = ${k + 1}`)],
  rowsOf: ({ norms }) => norms.map((row, t) => [String(t + 1), ...row.map((norm, k) => (k > t ? "" : long(norm)))]),
};

export const data = (measured) => ({ columns: ["t", "k", "lag", "norm"], rows: inside(measured).map(([t, k, norm]) => [t, k, t - k, norm]) });
