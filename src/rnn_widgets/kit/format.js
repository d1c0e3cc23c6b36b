// Numbers as a reader expects them. wording.py has the same for Python.
const SUPERSCRIPT = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/** An integer as a superscript: −12 → ⁻¹². */
export function superscript(integer) {
  const digits = String(Math.abs(integer)).replace(/\d/g, (digit) => SUPERSCRIPT[digit]);
  return (integer < 0 ? "⁻" : "") + digits;
}

/** exp(value) with three significant digits: 0.0123, 4.56 × 10⁻⁷. */
export function fromLog(value) {
  if (value === -Infinity) return "0";
  const decades = value / Math.LN10;
  let exponent = Math.floor(decades);
  let mantissa = (10 ** (decades - exponent)).toFixed(2);
  if (mantissa === "10.00") {
    mantissa = "1.00";
    exponent += 1;
  }
  if (exponent < -3 || exponent > 3) return `${mantissa} × 10${superscript(exponent)}`;
  return (Number(mantissa) * 10 ** exponent).toFixed(Math.max(0, 2 - exponent));
}

/** A number > 0 with three significant digits and a power of ten. */
export function scientific(value) {
  const [mantissa, exponent] = value.toExponential(2).split("e");
  return `${mantissa} × 10${superscript(Number(exponent))}`;
}

/** Whether a number is 1, but for the rounding of a product or two. */
export const isOne = (value) => Math.abs(value - 1) < 1e-9;

/** A factor ≥ 0 in words, with as many digits as tell it from 0 and from 1. */
export function factor(value) {
  if (value === 0) return "0";
  if (value < 1e-4) return scientific(value);
  if (value < 0.1) return String(Number(value.toPrecision(2)));
  if (isOne(value) || value.toFixed(2) !== "1.00") return value.toFixed(2);
  if (value.toFixed(4) !== "1.0000") return value.toFixed(4);
  return value < 1 ? "just below 1" : "just above 1";
}

/** How a factor compares with 1: "γρ = 0.9975 < 1", "γρ = 1", "γρ is just above 1". */
export function compared(name, value) {
  if (isOne(value)) return `${name} = 1`;
  const text = factor(value);
  if (text.startsWith("just")) return `${name} is ${text}`;
  return `${name} = ${text} ${value < 1 ? "<" : ">"} 1`;
}

/** A share in percent; only 0 and 1 themselves are 0 % and 100 %. */
export function percent(share) {
  const rounded = Math.round(100 * share);
  if (share > 0 && rounded === 0) return "less than 1 %";
  if (rounded === 100 && !isOne(share)) return "more than 99 %";
  return `${rounded} %`;
}

/** Two numbers ≥ 0 with as many decimals, from `least` up, as tell them apart; six at most. */
export function apart(a, b, least) {
  let places = least;
  while (places < 6 && a.toFixed(places) === b.toFixed(places)) places += 1;
  return [a.toFixed(places), b.toFixed(places)];
}

/** "1 step", "3 steps". */
export const counted = (count, noun) => `${count} ${noun}${count === 1 ? "" : "s"}`;
