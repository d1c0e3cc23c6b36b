// What the page says. A sentence is a condition with its words.
import { counted } from "../../rnn_widgets/kit/format.js";

export const EXAMPLE_TEXT =
  "The keys that lay on the table in the hall are mine. The key that lay on the tables in the halls is mine. " +
  "Who reads from left to right must remember: a word may wait for its verb until the line is almost over.";

/** A number as a reader wants it: four digits at most. */
export function short(value) {
  if (value === null || value === undefined || Number.isNaN(value)) return "–";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞";
  if (value === 0) return "0";
  const size = Math.abs(value);
  const text = size >= 1e5 || size < 1e-3 ? value.toExponential(1).replace("e+", "e").replace(".0e", "e") : String(Number(value.toPrecision(size >= 1000 ? 4 : 3)));
  return text.replaceAll("-", "−");
}

/** A whole number with thin spaces: 12 400. */
export const whole = (value) => String(value).replace(/\B(?=(\d{3})+$)/g, "\u202f");

const percent = (share) => `${Math.round(100 * share)}\u00a0%`;

/** A message of type "error" for a reader. */
export function inSentence({ message, expected, of }) {
  const text = String(message).trim();
  const said = text.charAt(0).toUpperCase() + text.slice(1) + (/[.!?]$/.test(text) ? "" : ".");
  if (expected) return said;
  return of ? `Something went wrong in the engine (“${of}”): ${said} The run is as it was.` : said;
}

/** Where the run is, in a line. */
export function status(state) {
  if (!state) return "The network is being made …";
  const { update, per_step: loss, accuracy, chance, floor, steps } = state;
  if (update === 0) return "Nothing has been learnt yet.";
  const baseline = `chance ${short(chance / steps)}${floor === null ? "" : `, floor ${short(floor / steps)}`}`;
  const right = accuracy === null ? "" : ` · ${percent(accuracy)} right`;
  return `Loss ${short(loss)} (${baseline})${right}`;
}

const STOPPED = {
  loss: "the loss was not a finite number",
  gradient: "the gradient was not finite",
  square: "the squares that Adam keeps were not finite",
  parameters: "a weight would not have been finite",
};

/** What is to be said of a run that came to an end by itself. */
export function diverged({ update, what }) {
  return `Update ${whole(update)} could not be made: ${STOPPED[what]}. The weights are those before it. ` +
    "Go back to a kept moment, or start again with a smaller rate or with clipping.";
}

/** Of what was done to a run in its course. */
export function changeWords({ update, unit, layer, ...patch }) {
  const at = `after ${counted(update, "update")}`;
  if (unit !== undefined) return `Unit ${unit + 1}${layer > 0 ? " of the upper layer" : ""} was silenced ${at}.`;
  const parts = Object.entries(patch).map(([name, value]) => `${name} became ${short(value)}`);
  return `${parts.join(", ")} ${at}.`;
}

/** For who listens: where the run is, in whole sentences. */
export function summary(state) {
  const { update, per_step: loss, accuracy, chance, steps } = state;
  if (update === 0) return "A new run. Nothing has been learnt yet.";
  const right = accuracy === null ? "" : ` ${percent(accuracy)} of the answers in the last batch were right.`;
  return `After ${counted(update, "update")} the loss per asked step is ${short(loss)}; chance is ${short(chance / steps)}.${right}`;
}

/** A moment of a run in a list. */
export const momentName = ({ update, saved: { setup } }) => `update ${whole(update)}, ${setup.task}, ${setup.cell}`;
