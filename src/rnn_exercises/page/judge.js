// Judges an answer: right, a known mistake, or neither. No DOM.

const EXACT = 1e-9;
const ROUNDED = 0.005;
const FORMULA = 1e-6; // relative, at each point

/** Whether a number is right; `kinds.close` says the same. */
export const close = (given, right, tolerance) =>
  Math.abs(given - right) <= Math.max(tolerance, EXACT) * Math.max(Math.abs(right), 1e-300);

/** How exactly a number must be given; where a whole one is asked, a mistake that is none may be rounded. */
const slack = (number, { tolerance }) => (tolerance === 0 && !Number.isInteger(number) ? ROUNDED : tolerance);

/** Mistakes that need no name of their own. */
function slip(given, right, { tolerance }) {
  const is = (other) => close(given, other, tolerance);
  if (right === 0) return null;
  if (is(-right)) return "The size is right, the sign is not.";
  if (is(100 * right)) return "That is a hundred times as much: per cent, where the number itself is asked. You can also write %.";
  if (is(right / 100)) return "That is a hundred times too small. Was the number to be given in per cent?";
  if (is(1 / right)) return "That is one divided by it.";
  if (tolerance === 0 && Number.isInteger(right) && Math.abs(given - right) === 1) return "That is off by one. Does the border itself count, and which way is it to be rounded?";
  if (tolerance === 0 && Number.isInteger(right) && !Number.isInteger(given) && Math.abs(given - right) < 1) {
    return "A whole number is asked. Round it, and think which way.";
  }
  if (tolerance > 0 && close(given, right, 4 * tolerance)) return "Nearly: the way may be right, but it is rounded too much. Keep more digits on the way.";
  return null;
}

/** `numbers` are the right one, then those of the mistakes. Gives {right} or {reason: key} with, perhaps, {words}. */
export function judgeNumber(question, numbers, given) {
  if (!Number.isFinite(given)) return { right: false, words: "That is no finite number." };
  const found = numbers.findIndex((each) => close(given, each, slack(each, question)));
  if (found === 0) return { right: true };
  if (found > 0) return { right: false, reason: String(found - 1) };
  const words = slip(given, numbers[0], question);
  return words ? { right: false, words } : { right: false, reason: "otherwise" };
}

/** `formula` takes the values of the names and gives a number. */
export function judgeFormula({ points, values }, formula) {
  const given = points.map((point) => formula(point));
  if (given.some((each) => !Number.isFinite(each))) {
    const at = points[given.findIndex((each) => !Number.isFinite(each))];
    const where = Object.entries(at).map(([name, each]) => `${name} = ${each}`).join(", ");
    return { right: false, words: `It has no finite value at ${where}.` };
  }
  const found = values.findIndex((expected) => expected.every((each, i) => close(given[i], each, FORMULA)));
  if (found === 0) return { right: true };
  if (found > 0) return { right: false, reason: String(found - 1) };
  const [right] = values;
  if (right.every((each, i) => close(given[i], -each, FORMULA))) return { right: false, words: "The sign is wrong; all else is right." };
  const factors = right.map((each, i) => given[i] / each);
  if (factors.every((each) => close(each, factors[0], FORMULA))) {
    return { right: false, words: `It is ${Number(factors[0].toPrecision(6))} times what it should be, everywhere.` };
  }
  return { right: false, reason: "otherwise" };
}

/** `ticked` are the places of the chosen options. All that is judged wrongly is named. */
export function judgeChoice({ right, several }, ticked) {
  if (!several && !ticked.length) return { right: false, words: "Choose one first." };
  const chosen = ticked.filter((each) => !right.includes(each));
  const missed = several ? right.filter((each) => !ticked.includes(each)) : [];
  return { right: !chosen.length && (several ? !missed.length : true), chosen, missed };
}

/** `order` are the steps' numbers from top to bottom. The first rule that is broken is named. */
export function judgeOrder({ rules, strict }, order) {
  const broken = rules.findIndex(([first, second]) => order.indexOf(first) > order.indexOf(second));
  if (broken >= 0) return { right: false, reason: String(broken) };
  if (strict && order.some((step, place) => step !== place)) return { right: false, reason: "otherwise" };
  return { right: true };
}
