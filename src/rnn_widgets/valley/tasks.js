// What can be done in the valley.
import { STEPS } from "./model.js";
import { amount, moving, near, signed } from "./words.js";

const NARROW = 8; // κ
const FAR = 0.5; // of the start from both axes
const FAST = 1e-4;
const DOWN = 1e-3;

const ratio = ({ losses }) => losses[STEPS] / losses[0];

export const TASKS = [
  {
    name: "fast",
    text: `With κ at least ${NARROW}, from a start at least ${FAR} off both axes: bring the loss below a ten-thousandth of the first in ${STEPS} steps.`,
    solved: (measured, { u, v, kappa }) => kappa >= NARROW && Math.abs(u) >= FAR && Math.abs(v) >= FAR && ratio(measured) < FAST,
    why: ({ factors: [first, second] }, { kappa }) =>
      `Each step multiplies u by ${signed(first)} and v by ${signed(second)}. The slower of the two is fastest at η = 2/(1 + κ), here ${(2 / (1 + kappa)).toFixed(3)}.`,
  },
  {
    name: "level",
    text: "Make it walk for ever and get nowhere: every step moves, and the loss stays the same.",
    solved(measured) {
      const all = moving(measured);
      return all.length > 0 && all.every(({ size }) => near(size, 1));
    },
    why: (measured) => `The loss is ${amount(measured.losses[0])} at each step: a step only changes the sign of ${moving(measured).map(({ name }) => name).join(" and ")}.`,
  },
  {
    name: "spared",
    text: `Take ηΛ above 2, and yet bring the loss below a thousandth of the first in ${STEPS} steps.`,
    solved: (measured) => measured.product > 2 && measured.losses[0] > 0 && ratio(measured) < DOWN,
    why: ({ losses }, { kappa }) =>
      `The loss is ${amount(losses[STEPS])} in the end: of the first, less than a thousandth lay in ${kappa > 1 ? "v" : "u"}, where the valley is steep.`,
  },
];
