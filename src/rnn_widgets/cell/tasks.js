// What can be done with the cell.
import { N, T } from "./model.js";
import { share, signed, sub, sup } from "./words.js";

const HIGH = 0.9;
const ROUNDING = 1e-9;
const TURNED = 1; // the second unit

/** The one entry of x^(1) that was changed, if nothing else was; else null. */
const only = ({ changed, put }) => (changed.length === 1 && changed[0] < N && !put ? changed[0] : null);

const winner = (y) => (Math.abs(y[0] - y[1]) < ROUNDING ? null : y[0] > y[1] ? 1 : 2);

export const TASKS = [
  {
    name: "turn",
    text: `Change one entry of x${sup(1)}, by 1 at most, and turn the sign of a${sub(2)}${sup(1)}.`,
    solved: (measured) => only(measured) !== null && Math.abs(measured.by[0]) <= 1 + ROUNDING && measured.a[0][TURNED] * measured.was.a[TURNED] < 0,
    why(measured) {
      const [was, now] = [measured.was.a[TURNED], measured.a[0][TURNED]];
      return `a${sub(2)} went from ${signed(was)} to ${signed(now)}: by ${signed((now - was) / measured.by[0])} for each 1 of entry ${only(measured) + 1}.`;
    },
  },
  {
    name: "high",
    text: `Bring unit 1 above 0.9 at step ${T}.`,
    solved: ({ made }) => made[T - 1][0] > HIGH,
    why: ({ a, made }) => `h${sub(1)}${sup(T)} = ${signed(made[T - 1][0])}, the tanh of ${signed(a[T - 1][0])}.`,
  },
  {
    name: "remember",
    text: `Change one entry of x${sup(1)}, nothing else, so that the output of step ${T} prefers the other class.`,
    solved: (measured) => {
      const [now, was] = [winner(measured.y[T - 1]), winner(measured.was.y)];
      return only(measured) !== null && now !== null && was !== null && now !== was;
    },
    why: ({ y }) => `It gives class ${winner(y[T - 1])} the probability ${share(y[T - 1])}. What you changed at step 1 came there through h alone.`,
  },
];
