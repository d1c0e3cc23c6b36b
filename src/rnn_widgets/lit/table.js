// The lit text's numbers.
import { fromLog } from "../kit/format.js";
import { some } from "../kit/table.js";

const sign = (read, back) => read[read.length - 1 - back].replace(" ", "space");

export const table = {
  caption: "The light of each letter and the most it can be, the last letter's being 1",
  columns: ["letters back", "letter", "light", "at most"],
  rowsOf: ({ read, logs }, { rho }) => some(logs.length - 1).map((back) => [String(back), sign(read, back), fromLog(logs[back]), fromLog(back * Math.log(rho))]),
};

export const data = ({ read, logs }, { rho }) => ({
  columns: ["letters_back", "letter", "light", "bound"],
  rows: logs.map((log, back) => [back, sign(read, back), Math.exp(log), rho ** back]),
});
