// The loss as a landscape: at which heights its lines lie, and where a cliff throws its shadow. Pure functions, no DOM.

export const LOWER = [0.44, 0.38, 0.32, 0.26, 0.2, 0.14, 0.09, 0.06, 0.03, 0.01, 0.002]; // losses where h_T < target
export const UPPER = [0.002, 0.01, 0.03, 0.06]; // and where h_T > target
export const LOSSES = [...LOWER, 0, ...UPPER];
export const VALLEY = LOWER.length;

/** The values of h_T that belong to the losses, in increasing order. */
export const levelsOf = (target) => LOSSES.map((loss, i) => target + (i < VALLEY ? -1 : 1) * Math.sqrt(loss));

/**
 * Where it is dark along a line of growing b, with a low sun that shines along it: the shadow that lies over the place
 * `at`, as [from, to], or null. `profile` is a list of [b, height]; the sun's rays fall by `fall` per unit of b, so that
 * only what falls faster throws a shadow.
 */
export function shadowOf(profile, fall, at) {
  let [ray, crest, from, last] = [-Infinity, null, null, null]; // the ray's height at b = 0, and where it touched the ground
  const over = (to) => (from <= at && at <= to ? [from, to] : null);
  for (const [b, height] of profile) {
    const lit = height + fall * b >= ray;
    if (lit && from !== null) {
      const slope = (height - last[1]) / (b - last[0]);
      const found = over((ray - last[1] + slope * last[0]) / (slope + fall));
      if (found) return found;
      from = null;
    }
    if (lit) [ray, crest] = [height + fall * b, b];
    else from ??= crest;
    last = [b, height];
  }
  return from === null ? null : over((ray - last[1]) / fall);
}

const BESIDE = [0.2, 0.06, 0.02, 0.01]; // below the valley's line, where the cliff is

/**
 * The heights along column i of the level lines, as far as they were found between the bottom and the top, and some
 * more beside the valley: `heightAt(b)` gives them.
 */
export function profileOf(lines, i, [bottom, top], heightAt) {
  const known = lines.map((values, k) => [values[i], LOSSES[k]]).filter(([b]) => b > bottom && b < top);
  const valley = lines[VALLEY][i];
  if (valley <= bottom || valley >= top) return known;
  return [...known, ...BESIDE.map((far) => [valley - far, heightAt(valley - far)])].sort(([a], [b]) => a - b);
}
