// What can be done with the cell.
import { counted, factor } from "../kit/format.js";
import { STEPS } from "./model.js";
import { product, signed } from "./words.js";

const ALMOST = 0.9;
const ALIVE = 0.5;
const GONE = 0.01;
const OPEN = 0.99;
const MOMENT = 3; // steps

const length = ({ first, last }) => last - first + 1;

export const TASKS = [
  {
    name: "hold",
    text: "Make nine tenths of the bit arrive at step 40, with the distractors kept out.",
    solved: ({ kept }, { i, step }) => step === STEPS && i === 0 && kept >= ALMOST,
    why: ({ kept }) => `The gates multiply to ${product(kept)}. A constant gate must be above 0.9973 for that.`,
  },
  {
    name: "lose",
    text: "Lose the bit while its gradient lives: at step 40 the cell has the other sign, and the gradient ∂c₄₀/∂c₁ is at least a half.",
    solved: ({ sign, c, kept }, { step }) => step === STEPS && c[STEPS] * sign < 0 && kept >= ALIVE,
    why: ({ rest, kept }) => `The distractors have added ${signed(rest[STEPS])}, and the gradient is still ${product(kept)}: its factors are the forget gates alone.`,
  },
  {
    name: "forget",
    text: `Forget in a moment: with f at least ${OPEN} outside a stretch of ${MOMENT} steps or fewer, let less than a hundredth of the bit arrive at step 40.`,
    solved: (measured, { step }) => step === STEPS && measured.outside >= OPEN && length(measured) <= MOMENT && measured.kept < GONE,
    why: (measured) => `${counted(length(measured), "step")} with f = ${factor(measured.inside)} did it: the product is ${product(measured.kept)}, and no later gate brings it back.`,
  },
];
