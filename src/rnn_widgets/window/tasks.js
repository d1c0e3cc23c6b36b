// What can be done with the window.
import { SHORTEST } from "./model.js";
import { probability, share, verbs } from "./words.js";

const WIDE = 9; // words
const SURE = 0.9;
const OFTEN = 0.5;
const GOAL = 0.99;

export const TASKS = [
  {
    name: "defeat",
    text: `Widen the window to ${WIDE} words or more, and write a sentence whose subject it does not see.`,
    solved: ({ seen }, { tau }) => tau >= WIDE && !seen,
    why: ({ back, losing }, { tau }) => `The subject stands ${back} words back. Any window can be defeated so: ${losing} adjectives are enough for ${tau} words, and the grammar sets no limit to them.`,
  },
  {
    name: "mislead",
    text: `Make the window sure of the wrong verb: give it ${SURE} or more.`,
    solved: ({ correct }) => 1 - correct >= SURE - 1e-9,
    why: ({ correct }, { noun }) => `It gives the right verb ${probability(correct)}. Where the subject is out of sight, going by ${noun} is right in most sentences, and not in this one.`,
  },
  {
    name: "reach",
    text: "Where adjectives are frequent (q at least 0.5), guess 99 of 100 verbs right.",
    solved: ({ right }, { tau, q }) => q >= OFTEN && right[tau - SHORTEST] >= GOAL,
    why: ({ missed, right }, { tau }) => `With ${tau} words ${verbs(right[tau - SHORTEST])} of them are guessed right. The subject is out of sight in ${share(missed)}; a longer window makes that smaller, and none makes it zero.`,
  },
];
