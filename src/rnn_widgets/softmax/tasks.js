// What can be done with softmax.
import { WORDS } from "./model.js";
import { digits, score } from "./words.js";

const COSTLY = 5;
const STILL = 0.01;

export const TASKS = [
  {
    name: "wrong",
    text: "Make it sure and wrong: a loss above 5 nats.",
    solved: ({ loss }) => loss > COSTLY,
    why: ({ y, loss }, { happened }) => `“${happened}” had ${digits(y[WORDS.indexOf(happened)])}, and costs ${loss.toFixed(2)} nats.`,
  },
  {
    name: "shift",
    text: "Change all three logits, and leave every probability as it is at first.",
    solved: ({ shift }) => shift !== null,
    why: ({ shift }) => `All three moved by ${shift > 0 ? "+" : "−"}${score(Math.abs(shift))}; what is the same in all of them cancels.`,
  },
  {
    name: "still",
    text: "Let nothing be left to learn: every entry of the gradient smaller than 0.01.",
    solved: ({ gradient }) => gradient.every((entry) => Math.abs(entry) < STILL),
    why: ({ y }, { happened }) => `“${happened}” has ${digits(y[WORDS.indexOf(happened)])}: the prediction is nearly the event, and their difference nearly nothing.`,
  },
];
