// What can be done with the circle.
import { factor } from "../kit/format.js";
import { ellipse, STEPS } from "./model.js";
import { length } from "./words.js";

const STRETCH = 1.5;
const GONE = 0.01;
const KEPT = 0.02;
const TURNED = 0.1; // in radians

const kept = ({ long, short }) => long <= 1 + KEPT && short >= 1 - KEPT;

export const TASKS = [
  {
    name: "stretch-and-vanish",
    text: `Make the norm ‖W‖ at least ${STRETCH}, and yet the longest half axis less than ${GONE} after ${STEPS} steps.`,
    solved: ({ norm, norms }) => norm >= STRETCH && norms[STEPS] < GONE,
    why: ({ norm, norms, radius }) =>
      `‖W‖ = ${length(norm)}, and yet ${STEPS} steps leave ${length(norms[STEPS])}: in the long run the radius counts, r = ${factor(radius)}.`,
  },
  {
    name: "turn",
    text: "Make W turn every arrow and keep its length, to within 2 %.",
    solved({ W }) {
      const image = ellipse(W);
      return image.keepsSide && kept(image) && Math.abs(image.turn) >= TURNED;
    },
    why({ W, norms }) {
      const { long, short, turn } = ellipse(W);
      const degrees = Math.round((Math.abs(turn) * 180) / Math.PI);
      return `It turns by about ${degrees}°, and its half axes are ${length(long)} and ${length(short)}: after ${STEPS} steps the longer is ${length(norms[STEPS])}.`;
    },
  },
];
