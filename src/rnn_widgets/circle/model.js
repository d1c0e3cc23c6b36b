// A 2 × 2 matrix and its powers: what they make of the unit circle. No DOM.
//
//   W = [a b; c d], the columns of which are the settings `first` and `second`.

export const STEPS = 12;
const SCALE = 100;

/** The image of the unit circle: its half axes, and the direction of the longer one. */
export function ellipse([a, b, c, d]) {
  // The matrix is a turn that stretches, of size Q, and a reflection that stretches, of size R.
  const [E, F, G, H] = [(a + d) / 2, (a - d) / 2, (c + b) / 2, (c - b) / 2];
  const [Q, R] = [Math.hypot(E, H), Math.hypot(F, G)];
  return { long: Q + R, short: Math.abs(Q - R), angle: (Math.atan2(H, E) + Math.atan2(G, F)) / 2, turn: Math.atan2(H, E), keepsSide: Q > R };
}

/** The largest |eigenvalue|, and whether one eigenvalue has but one direction. */
export function eigen([a, b, c, d]) {
  const quarter = (a - d) ** 2 / 4 + b * c; // of the discriminant
  if (quarter < 0) return { radius: Math.sqrt(a * d - b * c), single: false };
  return { radius: Math.abs(a + d) / 2 + Math.sqrt(quarter), single: quarter === 0 && (b !== 0 || c !== 0) };
}

const multiply = ([a, b, c, d], [e, f, g, h]) => [a * e + b * g, a * f + b * h, c * e + d * g, c * f + d * h];

/** All that is shown for one matrix; the step that is shown changes none of it. */
export function measure(get, { first, second }) {
  const W = [first[0], second[0], first[1], second[1]];
  // What the page can set are hundredths. Counted in these, equal eigenvalues are seen to be equal.
  const hundredths = W.map((entry) => Math.round(entry * SCALE));
  const exact = hundredths.every((entry, i) => entry / SCALE === W[i]);
  const { radius, single } = eigen(exact ? hundredths : W);
  const powers = [[1, 0, 0, 1]];
  for (let t = 1; t <= STEPS; t++) {
    const gone = t > 1 && exact && radius === 0; // then W² = 0, which rounding would hide
    powers.push(gone ? [0, 0, 0, 0] : multiply(W, powers[t - 1]));
  }
  const norms = powers.map((power) => ellipse(power).long);
  return { W, powers, norms, norm: norms[1], radius: exact ? radius / SCALE : radius, exact, single };
}
