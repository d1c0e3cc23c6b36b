// What can be done with the network.
import { counted } from "../kit/format.js";
import { UNITS } from "./model.js";
import { hundredths, known } from "./words.js";

export const TASKS = [
  {
    name: "negative",
    text: "Flip so many units of a stored picture that the network comes to rest at its negative.",
    solved: ({ stored, wrong, willing, fell }) => stored && wrong === UNITS && willing === 0 && fell > 0,
    why: ({ flipped, energy, own }) => `You flipped ${flipped}, and it flipped the other ${UNITS - flipped}. The picture and its negative have the same energy, ${hundredths(own)} and ${hundredths(energy)}.`,
  },
  {
    name: "false",
    text: "Let it come to rest at a state that is neither a stored picture nor the negative of one.",
    solved: (measured) => measured.fell > 0 && measured.willing === 0 && !known(measured),
    why: ({ wrong, name, energy }, { patterns }) => `It rests ${counted(wrong, "unit")} away from ${name}, at an energy of ${hundredths(energy)}. Storing ${patterns === 1 ? "one picture" : `${patterns} pictures`} has made a place of rest that nobody asked for.`,
  },
  {
    name: "full",
    text: "Store so many pictures that one of them, with no unit flipped, does not stay as it is.",
    solved: ({ stored, flipped, fell }) => stored && flipped === 0 && fell > 0,
    why: ({ name, wrong }, { patterns }) => `With ${patterns} pictures stored, ${name} itself is not at rest: ${wrong} of its units ${wrong === 1 ? "has" : "have"} changed.`,
  },
];
