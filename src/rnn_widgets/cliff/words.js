// What the clipping explorer says in words about both descents, as far as they are shown (see measure() in model.js).
// words.py says the same in Python; tests/widgets/cliff/truth.py holds it against independent numbers.
import { counted, scientific } from "../kit/format.js";

const LEAST = 1e-12; // what rounding alone may have made is not told apart from zero
const NEAR = 1.5; // a guess off by less than this factor is close

/** A number ≥ 0 with at most three significant digits. */
export function digits(value) {
  if (value < LEAST) return "< 10⁻¹²";
  return value < 1e-4 || value >= 1e6 ? scientific(value) : String(Number(value.toPrecision(3)));
}

const lossText = (loss) => (loss < LEAST ? "a loss below 10⁻¹²" : `a loss of ${digits(loss)}`);
const lengthText = (norm) => (norm < LEAST ? "a gradient shorter than 10⁻¹²" : `a gradient of length ${digits(norm)}`);
const after = (k, updates) => (k < updates ? `after ${k} of ${counted(updates, "update")}` : `after ${counted(k, "update")}`);
const capital = (text) => text[0].toUpperCase() + text.slice(1);

/** A few sentences that interpret what is shown of the figure. */
export function verdict(measured, settings) {
  const { without, k } = measured;
  if (k === 0) return `No update yet: the start has ${lossText(without.loss)} and ${lengthText(without.norm)}.`;
  const when = after(k, settings.updates);
  const c = `c = ${settings.clip.toFixed(2)}`;
  const bound = `no step is longer than ηc = ${digits(settings.learning_rate * settings.clip)}`;
  return { both, unclipped, clipped: clippedAlone }[settings.paths](measured, { when, c, bound, clip: settings.clip });
}

const whereTo = ({ leaves }) => (leaves === null ? "stayed on the map" : `left the map at update ${leaves}`);
const notActed = (when, c) => `${capital(when)} clipping at ${c} has not acted: no gradient that was used is longer.`;
const gone = ({ leaving, leaves }) => `Without clipping, ${lengthText(leaving)} led off the map at update ${leaves}.`;

function both({ without, clipped, k }, { when, c, bound, clip }) {
  if (clipped.shortened === 0) {
    return `${notActed(when, c)} Both paths are the same: they ${whereTo(without)} and are at ${lossText(without.loss)}.`;
  }
  if (without.leaves !== null) {
    if (clipped.leaves !== null) return `${gone(without)} Clipped at ${c}, the descent left it too, at update ${clipped.leaves}; ${bound}.`;
    return `${gone(without)} Clipped at ${c}, ${bound}, and ${when} the descent is still on the map, at ${lossText(clipped.loss)}.`;
  }
  if (clipped.leaves !== null) return `Here it is the clipped descent that left the map, at update ${clipped.leaves}; the one without clipping stayed.`;
  return `Both descents stayed on the map. Clipping shortened ${shortened(clipped, clip, k)}. ${compared(without, clipped, when)}`;
}

function unclipped({ without }, { when }) {
  if (without.leaves !== null) return `${gone(without)} ${capital(when)} it is at ${lossText(without.loss)}, with ${lengthText(without.norm)}.`;
  return `Without clipping the descent stayed on the map. ${capital(when)} it is at ${lossText(without.loss)}; the longest that it used was ${lengthText(without.used)}.`;
}

function clippedAlone({ clipped, k }, { when, c, bound, clip }) {
  if (clipped.shortened === 0) return `${notActed(when, c)} The descent ${whereTo(clipped)} and is at ${lossText(clipped.loss)}.`;
  const cut = `Clipping shortened ${shortened(clipped, clip, k)}; ${bound}.`;
  if (clipped.leaves !== null) return `${cut} The descent left the map at update ${clipped.leaves}; ${when} it is at ${lossText(clipped.loss)}.`;
  return `${cut} ${capital(when)} the descent is still on the map, at ${lossText(clipped.loss)}.`;
}

/** How many gradients of its own path the clipped descent shortened, and by how much at most. */
function shortened({ shortened: count, used }, clip, k) {
  const c = `c = ${clip.toFixed(2)}`;
  const longest = digits(used);
  const above = used >= 1e6 || Number(longest) > Number(clip.toFixed(2)); // 10⁶ is no Number()
  const from = above ? `from ${longest} to ${c}` : `from just above ${c}`;
  return `${count} of ${counted(k, "gradient")}, ${count === 1 ? "" : "the longest "}${from}`;
}

/** Which loss is lower, as far as the digits that are shown can tell. */
function compared(without, clipped, when) {
  const [plain, cut] = [digits(without.loss), digits(clipped.loss)];
  if (plain === cut) return `${capital(when)} both are at ${lossText(clipped.loss)}.`;
  return `${capital(when)} the clipped one is at the ${clipped.loss < without.loss ? "lower" : "higher"} loss: ${cut} against ${plain}.`;
}

/** When a descent left the map. */
export const leavesText = ({ leaves }) => (leaves === null ? "no" : `update ${leaves}`);

/** Which descents are drawn. */
export const isShown = { without: ({ paths }) => paths !== "clipped", clipped: ({ paths }) => paths !== "unclipped" };

/** The readout as plain text, for the live region. */
export function summary(measured, settings) {
  const names = ["without", "clipped"].filter((name) => isShown[name](settings));
  const each = names.map((name) => {
    const { largest, loss } = measured[name];
    return `${name === "without" ? "Without clipping" : "With clipping"}: longest gradient ${digits(largest)}, loss ${digits(loss)}.`;
  });
  return [verdict(measured, settings), ...each].join(" ");
}

/** How far off a guess of the longest gradient was; it is given in decades. */
export function gap(guess, { without, width }, { learning_rate }) {
  const said = 10 ** guess;
  const [more, less] = [without.used / said, said / without.used];
  const off =
    Math.max(more, less) < NEAR ? "close to that" : more > 1 ? `${digits(more)} times as long` : `${digits(less)} times shorter`;
  const step = digits(learning_rate * without.used);
  return `You said ${digits(said)}. The longest gradient without clipping has length ${digits(without.used)}, ${off}. Its step is η = ${learning_rate.toFixed(2)} times as long, ${step}, on a map that is ${digits(width)} wide.`;
}
