// The window's numbers, for every length of it.
import { missed, SHORTEST } from "./model.js";
import { share, verbs } from "./words.js";

const lengths = ({ right }) => right.map((_, i) => i + SHORTEST);

export const table = {
  caption: "Over all sentences of the language",
  columns: ["words in the window", "subject out of it", "verbs guessed right"],
  rowsOf: (measured, { q }) => lengths(measured).map((tau, i) => [String(tau), share(missed(tau, q)), verbs(measured.right[i])]),
};

export const data = (measured, { q }) => ({
  columns: ["window", "subject_out", "verbs_found"],
  rows: lengths(measured).map((tau, i) => [tau, missed(tau, q), measured.right[i]]),
});
