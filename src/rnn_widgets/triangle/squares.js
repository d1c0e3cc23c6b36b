// How a norm looks: the longer, the larger and the darker, on a log scale.
const DECADES = [-2.5, 0.5];

/** From 0 for a norm of 0.003 or less to 1 for one of 3 or more. */
export function share(norm) {
  if (norm <= 0) return 0;
  const [low, high] = DECADES;
  return Math.min(1, Math.max(0, (Math.log10(norm) - low) / (high - low)));
}

/** The side of a square, as a part of its cell's. */
export const side = (norm) => 0.12 + 0.74 * share(norm);

export const opacity = (norm) => 0.3 + 0.7 * share(norm);
