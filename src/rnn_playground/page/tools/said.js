// What the network says at a step, in a sentence. No DOM.
import { short } from "../words.js";
import { called } from "./sequences.js";

const NEAR = 0.08; // of "adding": what counts as right, as in accuracy

export const ONLY_AT_THE_END = "In training only the answer after the last step is asked for; nothing says what those before it should be.";

/** Whether only the answer after the last step is asked. */
export const asksAtTheEnd = (name) => ["recall", "order", "adding"].includes(name);

/** A probability with two digits; 0 and 1 are said only if they are. */
export function share(p) {
  if (p > 0 && p < 0.005) return "below 0.01";
  if (p < 1 && p > 0.995) return "above 0.99";
  return p.toFixed(2);
}

/** How a symbol is shown: what nobody sees gets a name. */
export const visible = (symbol) => ({ " ": "␣", "\n": "↵", "\t": "⇥", "\r": "␍" })[symbol] ?? symbol;

/** The codes of the likeliest answers, the likeliest first, and whether the right one is among them or added. */
export function likeliest(row, count, right = null) {
  const codes = Array.from(row.keys()).sort((a, b) => row[b] - row[a]).slice(0, count);
  if (right !== null && !codes.includes(right)) codes[codes.length - 1] = right;
  return codes;
}

/** The sentence for a step t from 0: `row` are the probabilities, or the number; `right` is a code, a number or null. */
export function stepSentence({ name, task, steps, t, row, right }) {
  const where = `Step ${t + 1} of ${steps.length}, after “${visible(called(name, task, steps[t]))}”`;
  if (name === "adding") {
    const answer = `${where}: the answer is ${short(row[0])}.`;
    if (right === null) return answer;
    const off = Math.abs(row[0] - right);
    return `${answer} The sum is ${short(right)}: off by ${short(off)}, which counts as ${off <= NEAR ? "right" : "wrong"}.`;
  }
  const [best] = likeliest(row, 1);
  const answer = `${where}: “${visible(task.answers[best])}” is most probable, ${share(row[best])}.`;
  if (right === null) return answer;
  const wanted = `“${visible(task.answers[right])}”`;
  if (name === "reber" || name === "agreement" || name === "text") return best === right ? `${answer} That is what comes next.` : `${answer} Next comes ${wanted}, which has ${share(row[right])}.`;
  return best === right ? `${answer} That is right.` : `${answer} Right is ${wanted}, which has ${share(row[right])}.`;
}
