// What is said of the cell. Every sentence is a condition on the numbers; tests/widgets/hold/truth.py holds it against
// them.
import { factor, fromLog, scientific } from "../kit/format.js";
import { DISTRACTORS, STEPS } from "./model.js";

/** A number with its sign and three decimals; where they are all zero, with a power of ten. */
export function signed(value) {
  if (value === 0) return "0";
  const sign = value < 0 ? "−" : "+";
  const size = Math.abs(value);
  return sign + (size < 0.0005 ? scientific(size) : size.toFixed(3));
}

/** The gradient of the cell at a step by that of step 1, as it is written. */
export const derivative = (step) => `∂c${[...String(step)].map((digit) => "₀₁₂₃₄₅₆₇₈₉"[digit]).join("")}/∂c₁`;

export const product = (value) => fromLog(Math.log(value));
export const distracted = (i, step) => i > 0 && step >= DISTRACTORS[0];

function gates({ outside, inside, first, last }) {
  const is = `The forget gate is ${factor(outside)}`;
  if (inside === outside) return `${is} at every step${outside === 0.5 ? ": each halves what the cell holds" : ""}.`;
  const [here, there] = [factor(inside), factor(outside)];
  const other = here !== there ? here : `a little ${inside > outside ? "more" : "less"}`;
  return `${is}, and ${other} in ${first === last ? `step ${first}` : `steps ${first} to ${last}`}.`;
}

function left({ kept }, step) {
  if (step === 1) return "Step 1 has written the bit.";
  return `From step 1 to step ${step} the gates multiply to ${product(kept)}: that much of the bit is left, and that is the gradient ${derivative(step)}.`;
}

/** What the cell holds, and whether it still has the sign of the bit. */
function holds({ sign, c, rest }, { i, step }) {
  const now = c[step];
  if (!distracted(i, step)) {
    return `${step >= DISTRACTORS[0] ? "The input gate keeps the distractors out; the" : "The"} cell is ${signed(now)}.`;
  }
  const whose = now === 0 ? "no sign" : now * sign > 0 ? "the sign of the bit" : "the other sign";
  return `The distractors have added ${signed(rest[step])}: the cell is ${signed(now)} and has ${whose}.`;
}

const shows = ({ late, step }) => (late && step < STEPS ? " The output gate is closed: h is 0, whatever the cell holds." : "");

export const verdict = (measured, settings) =>
  `${gates(measured)} ${left(measured, settings.step)} ${holds(measured, settings)}${shows(settings)}`;

export const summary = ({ c, kept }, { step }) => `Step ${step}: the cell is ${signed(c[step])}, the gradient ${product(kept)}.`;

/** How far off a guess of the last cell was, and why it is what it is. */
export function gap(guess, { c, outside, kept }) {
  const end = c[STEPS];
  const off = Math.abs(guess - end);
  const close = off < 0.05 ? "That is within 0.05" : `That is ${off.toFixed(2)} off`;
  return `You put it at ${signed(Math.round(100 * guess) / 100)}; it is ${signed(end)}. ${close}: ${STEPS - 1} gates of ${outside.toFixed(4)} multiply to ${product(kept)}.`;
}
