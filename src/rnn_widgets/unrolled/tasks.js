// What can be done with Unrolled.
import { appears, GRADIENTS, ORDER, STEPS } from "./model.js";
import { signed, written } from "./names.js";
import { agrees, reversed } from "./words.js";

const LAST = ORDER.length - 1;
const PENCIL = 2; // the weight of the pencil network: all its states are ½
const LEAST = 0.1; // by which a gradient must be off to be seen

/** The slopes 1 − h². */
const slopes = ({ values }) => STEPS.map((t) => 1 - values[`h${t}`] ** 2);

export const TASKS = [
  {
    name: "sign",
    text: "Find an error that gives ∂L/∂h₁ the wrong sign.",
    solved: (measured, { step, error }) => error !== "none" && step >= appears("dh1") && reversed(measured, "dh1"),
    why: ({ values, central, parts: { dh1 } }) =>
      `The backward pass says ${signed(values.dh1)}, with ${signed(dh1.own)} from its own loss and ${signed(dh1.later)} from later ones; the central difference is ${signed(central.dh1)}.`,
  },
  {
    name: "unseen",
    text: "With the weight at 2, find an error that no central difference notices.",
    solved: (measured, { step, error, W_hh }) => error !== "none" && step === LAST && W_hh === PENCIL && GRADIENTS.every((name) => agrees(measured, name)),
    why: (measured) => `The three slopes are all ${written(slopes(measured)[0])}: to take the wrong one changes nothing.`,
  },
  {
    name: "seen",
    text: "Then move the weight until that error shows: the gradient of the recurrent weight off by more than 0.1.",
    solved: ({ values, central }, { step, error }) => error === "late" && step === LAST && Math.abs(values.dW_hh - central.dW_hh) > LEAST,
    why: (measured) => `The slopes are now ${slopes(measured).map(written).join(", ")}, and one stands where another should. Equal numbers hide errors.`,
  },
];
