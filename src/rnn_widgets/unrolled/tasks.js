// What can be done with Unrolled.
import { appears, GRADIENTS, ORDER, STEPS } from "./model.js";
import { signed, written } from "./names.js";
import { agrees, reversed } from "./words.js";

const LAST = ORDER.length - 1;
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
    text: "Find an error that no central difference notices in this network.",
    solved: (measured, { step, error }) => error !== "none" && step === LAST && GRADIENTS.every((name) => agrees(measured, name)),
    why: (measured, { error }) => {
      const [least, most] = [Math.min(...slopes(measured)), Math.max(...slopes(measured))];
      const alike = error === "late" && most - least < 1e-6;
      return alike ? `The three slopes are all ${written(most)}: to take the wrong one changes nothing.` : "All 12 gradients agree, and yet the rule is wrong.";
    },
  },
  {
    name: "seen",
    text: "Keep that error, “slope a step late”, and change the network until the gradient of the recurrent weight is off by more than 0.1.",
    solved: ({ values, central }, { step, error }) => error === "late" && step === LAST && Math.abs(values.dW_hh - central.dW_hh) > LEAST,
    why: (measured) => `The slopes are now ${slopes(measured).map(written).join(", ")}, and one stands where another should. Equal numbers hide errors.`,
  },
];
