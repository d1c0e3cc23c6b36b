// What can be done with the clocks.
import { apart } from "../kit/format.js";
import { rejected, whyTrue } from "./words.js";

/** Whether the events are on the clock of a model that is not the process that made them. */
const onWrongClock = ({ events, ceilingReached }, settings) =>
  settings.clock === 1 && events.length > 0 && !ceilingReached && whyTrue(settings) === null;

export const TASKS = [
  {
    name: "caught",
    text: "Carry the events to a wrong model’s clock, and catch it: the test rejects it, and not the true process.",
    solved: (measured, settings) => onWrongClock(measured, settings) && rejected(measured) && !measured.truthRejected,
    why({ distance, limit }) {
      const [found, most] = apart(distance, limit, 3);
      return `Its gaps are at the distance ${found} from unit exponentials, beyond the limit ${most}.`;
    },
  },
  {
    name: "unseen",
    text: "Find a wrong model that the test does not reject.",
    solved: (measured, settings) => onWrongClock(measured, settings) && !rejected(measured),
    why({ distance, limit }) {
      const [found, most] = apart(distance, limit, 3);
      return `The distance is ${found}, the limit ${most}. To pass is no proof: this model did not make the events.`;
    },
  },
];
