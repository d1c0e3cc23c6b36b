// The latch's numbers.
import { some } from "../kit/table.js";
import { state } from "./words.js";

export const table = {
  caption: "The state after each letter",
  columns: ["step", "letter", "state h"],
  rowsOf: ({ h }, { letters }) => some(h.length - 1).map((t) => [String(t), t ? letters[t - 1] : "–", state(h[t])]),
};

export const data = ({ h }, { letters }) => ({ columns: ["step", "letter", "h"], rows: h.map((value, t) => [t, t ? letters[t - 1] : "", value]) });
