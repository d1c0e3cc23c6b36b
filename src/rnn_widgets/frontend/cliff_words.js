// What the clipping explorer says in words about both descents (see measure() in cliff_model.js).
import { fromLog } from "./format.js";

/** A number ≥ 0 with at most three significant digits; what rounding alone may have made is not told apart from zero. */
export function digits(value) {
  if (value < 1e-12) return "< 10⁻¹²";
  return value < 1e-4 ? fromLog(Math.log(value)) : String(Number(value.toPrecision(3)));
}

/** One sentence or two that interpret the figure. */
export function verdict({ without, clipped }, { clip, learning_rate }) {
  const c = `c = ${clip.toFixed(2)}`;
  const bound = `ηc = ${digits(learning_rate * clip)}`;
  if (without.largest <= clip) {
    return `No gradient is longer than ${c}: clipping changes nothing, and both descents end at a loss of ${digits(without.loss)}.`;
  }
  if (without.leaves !== null) {
    const length = digits(without.path[without.leaves - 1]?.norm);
    const gone = `Without clipping, a gradient of length ${length} leads off the map at update ${without.leaves}.`;
    if (clipped.leaves !== null) return `${gone} Clipped, the descent leaves it too, at update ${clipped.leaves}, in steps of at most ${bound}.`;
    return `${gone} Clipped at ${c}, no step is longer than ${bound}: the descent stays, and ends at a loss of ${digits(clipped.loss)}.`;
  }
  if (clipped.leaves !== null) return `Here it is the clipped descent that leaves the map, at update ${clipped.leaves}; the other one stays.`;
  const better = clipped.loss < without.loss ? "lower" : "higher";
  return `Both descents stay on the map. Clipping shortens gradients of up to ${digits(without.largest)} to ${c}, and here ends at a ${better} loss.`;
}

/** When a descent leaves the map. */
export const leavesText = ({ leaves }) => (leaves === null ? "never" : `update ${leaves}`);

/** The readout as plain text, for the live region. */
export function summary(measured, settings) {
  const each = ["without", "clipped"].map((name) => {
    const { largest, loss } = measured[name];
    return `${name === "without" ? "Without clipping" : "With clipping"}: longest gradient ${digits(largest)}, loss at the end ${digits(loss)}.`;
  });
  return [verdict(measured, settings), ...each].join(" ");
}
