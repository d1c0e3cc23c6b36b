// Numbers as a reader expects them.
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
