// Where the point may go: in the plane by hundredths, or along the curve on which γρ stays what it is. No DOM.

export const MAX = 2;
const LEAST = 0.01;

const within = (value) => Math.min(MAX, Math.max(0, Math.round(value * 100) / 100));

/** The product that is kept; what many divisions add by rounding is taken off again. */
export const kept = ({ gamma, rho }) => Math.round(gamma * rho * 1e10) / 1e10;

/** The point of the curve with this γ, or the nearest that the plane holds. */
function along(product, gamma) {
  const least = product / MAX;
  if (gamma <= least) return { gamma: least, rho: MAX };
  return { gamma, rho: product / gamma };
}
const swapped = ({ gamma, rho }) => ({ gamma: rho, rho: gamma });

/** One of the two is set to a value; the other follows if the product is kept. */
export function set(point, name, value, lock) {
  const wanted = within(value);
  if (!lock) return { ...point, [name]: wanted };
  const product = kept(point);
  // On an axis one of the two is 0, and stays so; the other is free.
  if (product === 0) return point[name] === 0 && point.gamma + point.rho > 0 ? point : { ...point, [name]: wanted };
  const least = Math.max(LEAST, wanted);
  return name === "gamma" ? along(product, least) : swapped(along(product, least));
}

/** The point is moved to a place of the plane, or to where the ray to that place meets the curve. */
export function place(point, gamma, rho, lock) {
  if (!lock) return { gamma: within(gamma), rho: within(rho) };
  const [g, r] = [Math.max(LEAST, gamma), Math.max(LEAST, rho)];
  const product = kept(point);
  if (product === 0) return point.gamma > 0 ? set(point, "gamma", gamma, lock) : set(point, "rho", rho, lock);
  // The larger of the two is the one that hundredths tell apart well.
  return g > r ? set(point, "gamma", Math.sqrt((product * g) / r), lock) : set(point, "rho", Math.sqrt((product * r) / g), lock);
}
