// What the lit text says. Every sentence is a condition on the numbers; tests/widgets/lit/truth.py holds it against them.
import { compared, counted, factor, fromLog, isOne } from "../kit/format.js";
import { DARK } from "./model.js";

const BRIGHTER = 0.005; // in the logarithm: less is the same in three digits

/** Which letter stands so many letters before the last: "the a of “oak”". */
export function letter(read, back) {
  const place = read.length - 1 - back;
  const start = read.slice(0, place).lastIndexOf(" ") + 1;
  const word = read.slice(start).split(" ", 1)[0];
  return read[place] === " " ? `the space after “${word}”` : `the ${read[place]} of “${word}”`;
}

export const ago = (back) => `${counted(back, "letter")} back`;
const upper = (text) => text[0].toUpperCase() + text.slice(1);

/** A share of the last letter's light: in percent, or as a multiple. */
export const share = (log) => (log > Math.LN2 ? `${fromLog(log)} times` : `${fromLog(log + Math.log(100))} % of`);

/** The factor by which each of the first steps back multiplies the light on average. */
export const mean = ({ logs }, steps) => Math.exp(logs[steps] / steps);

/** Of the word that decides: how many of its letters are lit, and its dimmest one. */
export function ofWord({ logs, word: [near, far] }) {
  const own = logs.slice(near, far + 1);
  const least = Math.min(...own);
  return { lit: own.filter((log) => log >= DARK).length, letters: own.length, dimmest: near + own.indexOf(least), least };
}

function reaches({ read, reach, again }) {
  if (reach === null) return "No letter is dark.";
  const place = `${letter(read, reach)}, ${ago(reach)}`;
  if (again) return `${upper(place)}, is the first dark one; further back some are lit again.`;
  return `All is dark from ${place}, to the first letter.`;
}

function brightest({ read, logs, brightest: back }) {
  return logs[back] > BRIGHTER ? ` Brightest is ${letter(read, back)}, ${ago(back)}, with ${fromLog(logs[back])} times the last one's light.` : "";
}

function decides(measured) {
  const { lit, letters } = ofWord(measured);
  if (lit === letters) return " The word “keys” is lit.";
  return lit > 0 ? " The word “keys” is lit in part." : " The word “keys” is dark.";
}

export function verdict(measured, { rho, back }) {
  const { read, logs } = measured;
  const most = `${compared("ρ", rho)}: each step back multiplies the light by at most ρ`;
  if (back === 0) return `${most}. So far only the last letter is lit: press play.`;
  const usual = `${most}, here by ${factor(mean(measured, back))}${back > 1 ? " on average" : ""}.`;
  if (back < logs.length - 1) return `${usual} ${upper(letter(read, back))}, ${ago(back)}, gets ${share(logs[back])} the last one's light.`;
  return `${usual} ${reaches(measured)}${brightest(measured)}${decides(measured)}`;
}

export function summary({ read, logs, reach }, { rho, back }) {
  const start = `ρ ${rho.toFixed(2)}.`;
  if (back < logs.length - 1) return `${start} Lit to ${letter(read, back)}, ${ago(back)}.`;
  return reach === null ? `${start} No letter is dark.` : `${start} The first dark letter is ${letter(read, reach)}, ${ago(reach)}.`;
}

/** How far off a guess of the first dark letter was, and why that is where it is. */
export function gap(guess, measured, { rho }) {
  const { read, reach } = measured;
  const marked = `You marked ${letter(read, guess)}, ${ago(guess)};`;
  if (reach === null) return `${marked} no letter is dark: each step back multiplies the light by at most ${rho.toFixed(2)}.`;
  const off = Math.abs(guess - reach);
  const far = off === 0 ? "Right" : `You were ${counted(off, "letter")} too ${guess > reach ? "far" : "near"}`;
  const usual = factor(mean(measured, reach));
  const why =
    rho < 1 && !isOne(rho)
      ? `a factor of ${rho.toFixed(2)} alone takes ${counted(alone(rho), "step")} to fall below a hundredth, but here ${reach} did, at ${usual} each on average`
      : `a step back leaves ${usual} on average`;
  return `${marked} the first dark letter is ${letter(read, reach)}, ${ago(reach)}. ${far}: ${why}.`;
}

/** The first power of a factor below 1 that is less than a hundredth. */
function alone(rho) {
  let steps = Math.floor(DARK / Math.log(rho));
  while (steps * Math.log(rho) >= DARK) steps += 1;
  return steps;
}
