// What is said of the descent. Every sentence is a condition on the numbers; tests/widgets/valley/truth.py holds it
// against them.
import { counted, factor, fromLog } from "../kit/format.js";
import { STEPS } from "./model.js";

export const near = (value, to) => Math.abs(value - to) < 1e-9;
export const amount = (loss) => fromLog(Math.log(loss));
export const signed = (value) => (value === 0 ? "0" : `${value < 0 ? "−" : ""}${factor(Math.abs(value))}`);

/** Where ηΛ lies: an exact value, "to nine digits" beside one, or a comparison in digits that show it. */
export function placed(product) {
  for (const edge of [1, 2]) {
    if (product === edge) return `ηΛ = ${edge}`;
    if (near(product, edge)) return `ηΛ is ${edge} to nine digits`;
  }
  const text = [product.toFixed(2), product.toFixed(4)].find((each) => ![1, 2].includes(Number(each)));
  if (text === undefined) {
    const edge = product < 1.5 ? 1 : 2;
    return `ηΛ is just ${product < edge ? "below" : "above"} ${edge}`;
  }
  if (product < 1) return `ηΛ = ${text} < 1`;
  return product < 2 ? `1 < ηΛ = ${text} < 2` : `ηΛ = ${text} > 2`;
}

/** The directions in which this start moves at all: those in which it is not at the bottom. */
export const moving = ({ path: [start], factors }) =>
  start.flatMap((value, i) => (value === 0 ? [] : [{ name: "uv"[i], by: factors[i], size: Math.abs(factors[i]) }]));

/** The names of the directions in which the valley is steepest. */
const steepest = (kappa) => (kappa === 1 ? "uv" : kappa > 1 ? "v" : "u");

/** What becomes of the steep direction: a theorem for each case. */
function fate(product, s) {
  if (near(product, 1)) return product === 1 ? `become${s} 0 in one step` : `become${s} 0 in one step, or nearly`;
  if (product < 1) return `keep${s} to one side and shrink${s}`;
  const jumps = `jump${s} from side to side`;
  if (product === 2) return `${jumps} for ever`;
  if (near(product, 2)) return `${jumps}, and so few steps do not tell for how long`;
  return `${jumps} and ${product < 2 ? "shrink" : "grow"}${s}`;
}

/** Where the rate lies beside the edge. */
const beside = ({ product }, kappa) => `2/Λ is ${(2 / Math.max(1, kappa)).toFixed(3).replace(/0$/, "")}, and ${placed(product)}`;

function directions(measured, kappa) {
  const at = beside(measured, kappa);
  const all = moving(measured);
  const steep = all.map(({ name }) => name).filter((name) => steepest(kappa).includes(name));
  if (steep.length) return `${at}: ${steep.join(" and ")} ${fate(measured.product, steep.length > 1 ? "" : "s")}.`;
  const [{ name, by }] = all;
  return `${at}, but this start has ${steepest(kappa)} = 0: the steep direction plays no part, and each step multiplies ${name} by ${signed(by)}.`;
}

/** What becomes of the loss: a theorem for each case. */
function course(measured) {
  const { lowest } = measured;
  const sizes = moving(measured).map(({ size }) => size);
  const most = Math.max(...sizes);
  if (near(most, 1) && most !== 1) return "";
  if (most === 0) return "; one step is enough";
  if (most < 1) return "; it falls at each step, towards 0";
  if (most === 1) return sizes.every((size) => size === 1) ? "; it stays the same for ever" : "; it falls, but not to 0";
  if (lowest === 0) return "; it is never lower than at the start, and rises without bound";
  if (lowest === STEPS) return `; it falls for ${STEPS} steps and more, and then rises without bound`;
  return `; it falls until step ${lowest}, then rises without bound`;
}

const now = ({ losses }, step) => `${step === 0 ? "At the start" : `After ${counted(step, "step")}`} the loss is ${amount(losses[step])}`;

export function verdict(measured, { kappa, step }) {
  if (measured.losses[0] === 0) return `${beside(measured, kappa)}, but this start is the minimum: the gradient is 0 there, and nothing moves.`;
  return `${directions(measured, kappa)} ${now(measured, step)}${course(measured)}.`;
}

export const summary = (measured, { step }) => `${placed(measured.product)}. ${now(measured, step)}.`;

/** How far off a guess of the loss was, as a factor, and why it is what it is. */
export function gap(guess, measured, { step }) {
  const { losses, factors } = measured;
  const off = guess - Math.log10(losses[step]);
  const size = fromLog(Math.abs(off) * Math.LN10);
  const close = Math.abs(off) < Math.log10(2) ? "That is within a factor of 2" : `That is ${size} times too ${off > 0 ? "high" : "low"}`;
  return `You put it at ${fromLog(guess * Math.LN10)}; it is ${amount(losses[step])}. ${close}: each step multiplies u by ${signed(factors[0])}, but v by ${signed(factors[1])}, and that small part grew.`;
}
