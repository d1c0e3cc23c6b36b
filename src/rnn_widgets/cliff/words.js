// What the clipping explorer says in words about both descents (see measure() in cliff_model.js).
// rnn_widgets/cliff_words.py says the same in Python.
import { counted, scientific } from "../kit/format.js";

const LEAST = 1e-12; // what rounding alone may have made is not told apart from zero

/** A number ≥ 0 with at most three significant digits. */
export function digits(value) {
  if (value < LEAST) return "< 10⁻¹²";
  return value < 1e-4 || value >= 1e6 ? scientific(value) : String(Number(value.toPrecision(3)));
}

const lossText = (loss) => (loss < LEAST ? "a loss below 10⁻¹²" : `a loss of ${digits(loss)}`);
const lengthText = (norm) => (norm < LEAST ? "a gradient shorter than 10⁻¹²" : `a gradient of length ${digits(norm)}`);

/** A few sentences that interpret the figure. */
export function verdict({ without, clipped }, { clip, learning_rate, updates }) {
  const c = `c = ${clip.toFixed(2)}`;
  if (clipped.shortened === 0) {
    const where = without.leaves === null ? "stay on the map" : `leave the map at update ${without.leaves}`;
    return `Clipping at ${c} never acts: no gradient that is used is longer. Both paths are the same: they ${where} and end at ${lossText(without.loss)}.`;
  }
  const bound = `no step is longer than ηc = ${digits(learning_rate * clip)}`;
  if (without.leaves !== null) {
    const gone = `Without clipping, ${lengthText(without.leaving)} leads off the map at update ${without.leaves}.`;
    if (clipped.leaves !== null) return `${gone} Clipped at ${c}, the descent leaves it too, at update ${clipped.leaves}; ${bound}.`;
    return `${gone} Clipped at ${c}, ${bound}, and the descent stays for ${counted(updates, "update")}: it ends at ${lossText(clipped.loss)}.`;
  }
  if (clipped.leaves !== null) return `Here it is the clipped descent that leaves the map, at update ${clipped.leaves}; the one without clipping stays.`;
  return `Both descents stay on the map. Clipping shortens ${shortened(clipped, clip, updates)}. ${ending(without, clipped)}`;
}

/** How many gradients of its own path the clipped descent shortens, and by how much at most. */
function shortened({ shortened: count, used }, clip, updates) {
  const c = `c = ${clip.toFixed(2)}`;
  const longest = digits(used);
  const above = used >= 1e6 || Number(longest) > Number(clip.toFixed(2)); // 10⁶ is no Number()
  const from = above ? `from ${longest} to ${c}` : `from just above ${c}`;
  return `${count} of ${counted(updates, "gradient")}, ${count === 1 ? "" : "the longest "}${from}`;
}

/** Which loss at the end is lower, as far as the digits that are shown can tell. */
function ending(without, clipped) {
  const [plain, cut] = [digits(without.loss), digits(clipped.loss)];
  if (plain === cut) return `Both end at ${lossText(clipped.loss)}.`;
  return `With it the descent ends at a ${clipped.loss < without.loss ? "lower" : "higher"} loss: ${cut} against ${plain}.`;
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
