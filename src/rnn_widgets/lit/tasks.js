// What can be done with the lit text.
import { compared, factor, fromLog, isOne } from "../kit/format.js";
import { ago, letter, mean, ofWord, share } from "./words.js";

export const TASKS = [
  {
    name: "light",
    text: "Light the word “keys”: each of its four letters, at least a hundredth of the last letter's light.",
    solved(measured) {
      const { lit, letters } = ofWord(measured);
      return lit === letters;
    },
    why(measured, { rho }) {
      const { dimmest, least } = ofWord(measured);
      return `With ρ = ${rho.toFixed(2)} its dimmest letter, ${letter(measured.read, dimmest)}, gets ${share(least)} the last one's light, ${ago(dimmest)}.`;
    },
  },
  {
    name: "ceiling",
    text: "Raise ρ above 1 and keep the word “keys” dark.",
    solved: (measured, { rho }) => rho > 1 && !isOne(rho) && ofWord(measured).lit === 0,
    why: (measured, { rho }) => `${compared("ρ", rho)}, but that is only the most that a step leaves: on the way back to “keys” it leaves ${factor(mean(measured, measured.word[0]))} on average.`,
  },
  {
    name: "flood",
    text: "Make the first letter, the T, brighter than the last letter.",
    solved: ({ logs }) => logs.at(-1) > 0.005,
    why: (measured) => `It gets ${fromLog(measured.logs.at(-1))} times the last one's light: ${measured.logs.length - 1} steps back, and each leaves ${factor(mean(measured, measured.logs.length - 1))} on average.`,
  },
];
