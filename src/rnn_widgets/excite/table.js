// The numbers of excite and decay.
import { amount } from "./words.js";

export const table = {
  caption: "The intensity around each event",
  columns: ["event", "time", "λ just before", "λ just after"],
  rowsOf: ({ before, after }, { events }) => events.map((t, i) => [String(i + 1), t.toFixed(2), amount(before[i]), amount(after[i])]),
};

export const data = ({ before, after }, { events }) => ({
  columns: ["event", "time", "before", "after"],
  rows: events.map((t, i) => [i + 1, t, before[i], after[i]]),
});
