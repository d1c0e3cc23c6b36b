// What a number is called, and how it is written.
const SMALL = "₀₁₂₃";

/** The full name, as the book has it: "da2" is δ₂, "dh2" is ∂L/∂h₂, "dw" is ∂L/∂w. */
export function nameOf(name) {
  const [, d, kind, t] = /^(d?)(W_hx|W_hh|\D+)(\d?)$/.exec(name);
  if (d && kind === "a") return `δ${SMALL[t]}`;
  return `${d ? "∂L/∂" : ""}${kind}${t ? SMALL[t] : ""}`;
}

/** The name in the graph, where there is little room: ∂h₂ for ∂L/∂h₂. */
export const shortName = (name) => nameOf(name).replace("L/∂", "");

/** A number with its minus, if it has one, and so many decimals; what is not zero is not written as zero. */
function decimal(value, places) {
  if (value === 0) return "0";
  const size = Math.abs(value);
  return `${value < 0 ? "−" : ""}${size < 0.5 * 10 ** -places ? `0.${"0".repeat(places)}…` : size.toFixed(places)}`;
}

/** A number with its minus, if it has one. */
export const written = (value) => decimal(value, Math.abs(value) < 9.9995 ? 3 : 2);

/** The same in little room, with so many decimals. */
export function shortly(value, places) {
  if (value !== 0 && Math.abs(value) < 0.5 * 10 ** -places) return "≈ 0";
  return Number.isInteger(value) ? written(value).replace(/\.0+$/, "") : value.toFixed(Math.abs(value) < 9.9995 ? places : places - 1).replace("-", "−");
}

/** A number with its sign. */
export const signed = (value) => (value > 0 ? "+" : "") + written(value);

/** A weight that a reader chose, without needless digits. */
export function weight(value) {
  const plain = String(Number(value.toFixed(3)));
  return Number(plain) === 0 ? written(value) : plain.replace("-", "−");
}

/** Two numbers with as many decimals, from three up, as tell them apart; eight at most. */
export function apart(a, b) {
  let places = 3;
  while (places < 8 && decimal(a, places) === decimal(b, places)) places += 1;
  return [decimal(a, places), decimal(b, places)];
}
