// In what two set-ups differ, and what may be concluded. No DOM.
import { USUAL } from "../../engine/setup.js";
import { FIELDS, labelOf } from "../fields.js";
import { short } from "../words.js";

/** Whether a field has any effect in a set-up. */
export const matters = (setup, field) => field.shown?.(setup) ?? true;

/** What a value of a field is called. */
export const valueOf = (field, value) => (field.options ? field.options[value] : short(value));

/** The fields that differ and matter to one of the two at least: [{ field, label, a, b }], values as texts. */
export function differences(a, b) {
  return FIELDS.filter((field) => a[field.name] !== b[field.name] && (matters(a, field) || matters(b, field))).map((field) => ({
    field,
    label: labelOf(field, matters(b, field) ? b : a),
    a: matters(a, field) ? valueOf(field, a[field.name]) : "–",
    b: matters(b, field) ? valueOf(field, b[field.name]) : "–",
  }));
}

/** What a set-up is, in a line: task and cell, and what is not as usual. */
export function inALine(setup) {
  const always = ["task", "T", "cell", "m"];
  const fields = FIELDS.filter((field) => matters(setup, field) && (always.includes(field.name) || setup[field.name] !== USUAL[field.name]));
  return fields.map((field) => (field.name === "task" || field.name === "cell" ? valueOf(field, setup[field.name]) : `${labelOf(field, setup)} ${valueOf(field, setup[field.name])}`)).join(", ");
}

/** Whether two losses are on one scale. */
export const isSameTask = (a, b) => a.task === b.task && (a.T === b.T || a.task === "reber");

/** What differs between two runs, and what that means: sentences. */
export function comparison(a, b, { changed = false, sameText = true } = {}) {
  const found = differences(a, b);
  const settings = found.filter(({ field }) => field.name !== "seed");
  const isSameSeed = a.seed === b.seed;
  const named = settings.map(({ label, a: one, b: other }) => `${label} (A ${one}, B ${other})`).join(", ");
  const sentences = [];
  if (settings.length === 0) sentences.push(isSameSeed ? "A and B have the same set-up and the same seed." : "Only the seed differs: what differs between A and B is chance.");
  else if (settings.length === 1) sentences.push(`One setting differs: ${named}.`);
  else sentences.push(`${settings.length} settings differ: ${named}. Which of them makes a difference, this pair cannot tell.`);
  if (settings.length > 0) sentences.push(isSameSeed ? `Both have the seed ${a.seed}.` : `The seeds differ too (A ${a.seed}, B ${b.seed}).`);
  if (!isSameTask(a, b)) sentences.push("The two do not learn the same task: compare each loss with its own chance, not with the other’s.");
  if (!sameText && (a.task === "text" || b.task === "text")) sentences.push("They learn different texts.");
  if (changed) sentences.push("A was changed in its course, and B was not.");
  sentences.push("One seed each proves nothing: another seed may turn it around. Ten seeds show more.");
  return sentences.join(" ");
}
