// What the cell says. Every sentence is a condition on the numbers; truth.py among the tests holds it against them.
import { apart } from "../kit/format.js";
import { inputOf, T } from "./model.js";

const STILL = 0.005;
const TIE = 1e-9;
const NOTHING = 1e-12; // what rounding leaves of a sum that is 0
export const sub = (i) => String(i).replace(/\d/g, (digit) => "₀₁₂₃₄₅₆₇₈₉"[digit]);
export const sup = (t) => `⁽${String(t).replace(/\d/g, (digit) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[digit])}⁾`;

/** A number with its sign and two decimals; what is not zero is not shown as zero. */
export function signed(value) {
  if (Math.abs(value) < NOTHING) return "0";
  const size = Math.abs(value).toFixed(2);
  return `${value < 0 ? "−" : "+"}${size}${size === "0.00" ? "…" : ""}`;
}

/** A number of at most two decimals, as short as it can be. */
export const short = (value) => String(Number(value.toFixed(2))).replace("-", "−").replace(/^−0$/, "0");

/** Row times column, written out: "1.3 · (−0.5) − 0.4 · 1". */
function products(row, column) {
  return row
    .map((weight, j) => {
      const factor = column[j] < 0 && short(column[j]) !== "0" ? `(${short(column[j])})` : short(column[j]);
      const size = `${short(Math.abs(weight))} · ${factor}`;
      if (j === 0) return weight < 0 ? `−${size}` : size;
      return `${weight < 0 ? " − " : " + "}${size}`;
    })
    .join("");
}

const plus = (value) => signed(value).replace(/^([+−])?/, (sign) => `${sign || "+"} `);

/** How an entry of a comes about, in three lines. */
export function sums({ h, a, made, input, state }, { step, unit, x }, { W_hx, W_hh, b_h }) {
  const i = unit - 1;
  const [from, with_] = [input[i], state[i]];
  return [
    { name: `row ${unit} of W_hx times x${sup(step)}`, text: `${products(W_hx[i], inputOf(x, step))} = ${signed(from)}` },
    { name: `row ${unit} of W_hh times h${sup(step - 1)}`, text: `${products(W_hh[i], h[step - 1])} = ${signed(with_)}` },
    {
      name: "with the bias",
      text: `a${sub(unit)} = ${signed(from)} ${plus(with_)} ${plus(b_h[i])} = ${signed(a[step - 1][i])}, and h${sub(unit)} = tanh a${sub(unit)} = ${signed(made[step - 1][i])}`,
    },
  ];
}

/** What the step did to the state. */
function motion({ h, made, moved: { units, by } }, { step }) {
  const pair = `h${sup(step - 1)} to h${sup(step)}`;
  if (by < STILL) return `From ${pair} no unit moved by 0.005.`;
  if (units.length > 1) return `From ${pair} units ${units.slice(0, -1).join(", ")} and ${units.at(-1)} moved most, by ${by.toFixed(2)} each.`;
  const i = units[0] - 1;
  return `From ${pair} unit ${units[0]} moved most, from ${signed(h[step - 1][i])} to ${signed(made[step - 1][i])}.`;
}

/** A probability above 1/2, with digits that tell it from the other. */
export function share(y) {
  const [more, less] = [Math.max(...y), Math.min(...y)];
  return more >= 0.995 ? "more than 0.99" : apart(more, less, 2)[0];
}

function output({ y }, { step }) {
  const now = y[step - 1];
  if (Math.abs(now[0] - now[1]) < TIE) return `The output y${sup(step)} gives both classes the probability 0.50.`;
  return `The output y${sup(step)} gives class ${now[0] > now[1] ? 1 : 2} the probability ${share(now)}.`;
}

/** What became of the reader's changes. */
function consequence({ changed, put, seen }, { held_after: after }) {
  if (!changed.length && !put) return "";
  const first = seen === null ? " What you changed has moved no state by 0.01." : ` What you changed is first seen, by 0.01 or more, in h${sup(seen)}.`;
  if (after === 0) return first;
  return `${first} Since h${sup(after)} was put in, nothing that was read up to step ${after} counts after it.`;
}

export function verdict(measured, settings) {
  const { step } = settings;
  return `Step ${step} of ${T}: the five arrays are those of every step, the state is new. ${motion(measured, settings)} ${output(measured, settings)}${consequence(measured, settings)}`;
}

export function summary({ a, made, input, state, y }, { step, unit }) {
  const [i, now] = [unit - 1, step - 1];
  return `Step ${step}, unit ${unit}: ${signed(input[i])} from the input, ${signed(state[i])} from the state, with the bias a is ${signed(a[now][i])}, h is ${signed(made[now][i])}. Output ${y[now].map((p) => p.toFixed(2)).join(" and ")}.`;
}

/** Whether the unit that was chosen has the largest entry of a^(t), and what that entry is. */
export function gap(guess, { a, h }, { step }) {
  const now = a[step - 1];
  const largest = now.indexOf(Math.max(...now)) + 1;
  const entry = (unit) => `a${sub(unit)} = ${signed(now[unit - 1])}`;
  const why = h[step - 1].every((value) => value === 0) ? ` The state before is zero, so W_hh adds nothing yet.` : "";
  if (now[guess - 1] === now[largest - 1]) return `Yes: no entry is larger than ${entry(guess)}.${why}`;
  return `You chose unit ${guess}, with ${entry(guess)}; the largest is ${entry(largest)}.${why}`;
}
