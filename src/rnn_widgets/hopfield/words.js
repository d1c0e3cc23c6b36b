// What the network says. Every sentence is a condition on the numbers; tests/widgets/hopfield/truth.py holds it
// against them.
import { counted } from "../kit/format.js";
import { SIDE, UNITS } from "./model.js";

/** Where the reader's curve has its points: units flipped. */
export const PLACES = [20, 40, 60, 80];

/** A number with two decimals, which are all that an energy or a field has here. */
export const hundredths = (value) => `${value < 0 ? "−" : ""}${Math.abs(value).toFixed(2)}`;

export const place = (unit) => `row ${Math.ceil(unit / SIDE)}, column ${((unit - 1) % SIDE) + 1}`;

const side = (sign) => (sign > 0 ? "+1" : "−1");

/** Whether the state is a stored picture or the negative of one. */
export const known = ({ same, opposite }) => same !== null || opposite !== null;

function storedWords({ stored, name }, { patterns }) {
  if (patterns === 1) return stored ? `Only ${name} is stored.` : `Only one picture is stored, and that is not ${name}.`;
  return stored ? `${patterns} pictures are stored, ${name} among them.` : `${patterns} pictures are stored; ${name} is not among them.`;
}

function differs({ wrong, same, opposite }) {
  if (wrong === 0) return "No unit differs from it";
  if (wrong === UNITS) return "Every unit differs from it: the state is its negative";
  const count = wrong === 1 ? `1 of the ${UNITS} units differs from it` : `${wrong} of the ${UNITS} units differ from it`;
  if (same !== null) return `${count}: the state is ${same}`;
  return opposite !== null ? `${count}: the state is the negative of ${opposite}` : count;
}

function rests(measured) {
  const { willing } = measured;
  if (willing > 0) return `; ${willing} would change if updated now.`;
  return known(measured) ? "; the network is at rest." : "; the network is at rest, at a state that is neither stored nor the negative of a stored one.";
}

const energyWords = ({ fell, first, energy }) =>
  fell === 0 ? `The energy is ${hundredths(energy)}.` : `In ${counted(fell, "change")} the energy fell from ${hundredths(first)} to ${hundredths(energy)}.`;

export const verdict = (measured, settings) =>
  `${storedWords(measured, settings)} ${differs(measured)}${rests(measured)} ${energyWords(measured)}`;

export const summary = ({ wrong, energy }, { patterns, step }) =>
  `${patterns} stored, ${counted(step, "unit")} updated, ${wrong} of ${UNITS} wrong, energy ${hundredths(energy)}.`;

/** What the chosen unit is, feels and would do. */
export function unitWords({ state, fields }, { unit }) {
  const [is, field] = [state[unit - 1], fields[unit - 1]];
  const would = field * is < 0 ? `become ${side(field)}` : "stay";
  return `The unit in ${place(unit)} is ${side(is)}, its field ${field === 0 ? "0" : hundredths(field)}: updated, it would ${would}.`;
}

/** How far off a guess was: how many units are wrong at the end, at each of the places. */
export function gap(guess, { curve, name, mended, turned }, { patterns }) {
  const off = PLACES.map((n, i) => Math.abs(guess[i] - curve[n]));
  const most = Math.max(...off);
  const at = PLACES[off.indexOf(most)];
  const yours = Math.round(guess[off.indexOf(most)]);
  const said = most < 5 ? "you were nowhere more than 5 off." : `you were furthest off at ${at} flipped units: you put ${yours} wrong there, and it is ${curve[at]}.`;
  const whole = mended < 0 ? `Even with none flipped ${name} does not stay whole` : `With up to ${mended} flipped, ${name} comes back whole`;
  const negative = turned > UNITS ? "" : `; with ${turned} or more, its negative comes, and that has the same energy`;
  return `With ${patterns} stored: ${said} ${whole}${negative}.`;
}
