// What can be done with the intensity.
import { amount } from "./words.js";

const HIGH = 3;
const ROUNDING = 1e-9;
const NEAR = 0.005; // half a step of the slider

export const TASKS = [
  {
    name: "high",
    text: `Make λ reach ${HIGH}.`,
    solved: ({ peak }) => peak > HIGH - ROUNDING,
    why: ({ peak, jump }) => `λ reaches ${amount(peak)}, and one event alone lifts it by ${amount(jump)}: the lifts add up, as far as they have not decayed.`,
  },
  {
    name: "half",
    text: "Choose β so that half of each lift is gone after one unit of time.",
    solved: (_, { beta }) => Math.abs(beta - Math.LN2) <= NEAR,
    why: (_, { beta }) => `After one unit the share e^(−β) = ${amount(Math.exp(-beta))} is left; it is one half at β = log 2.`,
  },
];
