// What can be done with the darts.
import { percent } from "../kit/format.js";
import { CREST } from "./model.js";

const SPARE = 0.1; // between the crest and a ceiling that wastes little

export const TASKS = [
  {
    name: "thrifty",
    text: "Under the wave, waste as few darts as you can without cutting the crest off.",
    solved: (_, { curve, ceiling }) => curve === "wave" && ceiling >= CREST && ceiling <= CREST + SPARE,
    why: ({ share }) => `Now ${percent(share)} of the area under the ceiling lies under the curve; any lower ceiling than ${CREST.toFixed(1)} cuts the crest off.`,
  },
  {
    name: "too-low",
    text: "Take the Hawkes process, and find a ceiling that turns out too low.",
    solved: ({ peak }, { curve, ceiling }) => curve === "hawkes" && peak > ceiling,
    why: ({ peak }, { ceiling }) => `The kept darts lifted the curve to ${peak.toFixed(2)}, and the ceiling is ${ceiling.toFixed(2)}: for such a process the ceiling must be renewed as it goes.`,
  },
];
