// What can be done with the triangle.
import { LIMIT, long, shortest } from "./words.js";

const LEFT = 0.4;
const TIMES = 5;

export const TASKS = [
  {
    name: "cancel",
    text: "Find a row, a column or a diagonal of three terms or more whose sum is less than 0.4 times as long as they are, laid end to end.",
    solved: ({ cells, ends, total }, { sum }) => sum !== "cell" && sum !== "all" && cells.length >= 3 && total < LEFT * ends,
    why: ({ cells, ends, total }) => `The ${cells.length} terms measure ${long(ends)}, their sum only ${long(total)}: they point in different directions.`,
  },
  {
    name: "shortest",
    text: "In the trained network, find the shortest band that loses no more than a tenth of the gradient's length.",
    solved: ({ lost, size }, { network, cut, tau }) => network === "trained" && cut === "band" && size > 0 && tau === shortest(lost.band),
    why: ({ lost }, { tau }) => (tau === 1 ? `With τ = 1 only ${long(lost.band[0])} is lost.` : `With τ = ${tau}, ${long(lost.band[tau - 1])} is lost; with τ = ${tau - 1} it would be ${long(lost.band[tau - 2])}.`),
  },
  {
    name: "windows",
    text: "Find windows that lose at least five times as much as a band with the same τ.",
    solved: ({ lost: { band, windows }, size }, { cut, tau }) => cut === "windows" && size > 0 && band[tau - 1] > LIMIT / 1e6 && windows[tau - 1] >= TIMES * band[tau - 1],
    why: ({ lost: { band, windows }, cut: { shortDropped } }, { tau }) => `Windows of ${tau} lose ${long(windows[tau - 1])}, the band ${long(band[tau - 1])}: they also drop ${shortDropped} terms of lags below ${tau}.`,
  },
];
