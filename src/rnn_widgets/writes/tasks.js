// What can be done with the network that writes.
import { percent } from "../kit/format.js";
import { named, since, upper } from "./words.js";

const SURE = 0.98;
const NONE = 0.01; // less than this for a second space
const MANY = 20; // runs

export const TASKS = [
  {
    name: "space",
    text: "End the beginning with a space. Which is the earliest checkpoint that gives a second space less than 1 % at temperature 1?",
    solved: ({ stages }, { text, checkpoint }) => text.endsWith(" ") && stages.findIndex(({ space }) => space < NONE) === checkpoint && checkpoint > 0,
    why({ stages }, { checkpoint }) {
      const [before, now] = [stages[checkpoint - 1], stages[checkpoint]];
      return `${upper(since(now.updates))} a space that follows a space has less than 1 %; ${since(before.updates)} it still had ${percent(before.space)}.`;
    },
  },
  {
    name: "sure",
    text: "Find a beginning, and a checkpoint, at which one next character has more than 98 % at temperature 1.",
    solved: ({ stages }, { checkpoint, temperature }) => temperature === 1 && stages[checkpoint].share > SURE,
    why: ({ stages }, { text, checkpoint }) => `After “${text}” it gives ${named(stages[checkpoint].top)} ${percent(stages[checkpoint].share)}.`,
  },
  {
    name: "words",
    text: "Make it write words only: at least twenty runs of small letters, each a word of the training text.",
    solved: ({ runs, words }) => runs >= MANY && words === runs,
    why: ({ runs, different }, { temperature }) => `At temperature ${temperature.toFixed(2)} all ${runs} runs are words, and ${different} of them are different.`,
  },
];
