// What the clipping explorer computes: pure functions, no DOM, tested against rnn_core.cliff.
//
//   h_t = σ(w h_{t−1} + b),  loss (h_T − target)²
//
// `problem` holds what does not move: h0, target, and the ranges of w and b that make up the map.

const SETTLED = 1e-12;
// A level line is found to FINE in b where h_T jumps, and by interpolation over COARSE where it changes gently.
const [COARSE, FINE, GENTLE] = [0.1, 0.005, 0.04];

const sigmoid = (a) => 1 / (1 + Math.exp(-a));

/** h_T for the surface, which need not follow a state that no longer moves. */
export function lastState(w, b, T, { h0 }) {
  let h = h0;
  for (let t = 0; t < T; t++) {
    const next = sigmoid(w * h + b);
    if (Math.abs(next - h) < SETTLED) return next;
    h = next;
  }
  return h;
}

/** The loss of the surface. */
export const lossAt = (w, b, T, problem) => (lastState(w, b, T, problem) - problem.target) ** 2;

/** Loss and gradient at one place; ∂h/∂w and ∂h/∂b are carried forwards along with the state. */
export function lossAndGradient(w, b, T, { h0, target }) {
  let h = h0;
  let h_w = 0;
  let h_b = 0;
  for (let t = 0; t < T; t++) {
    const next = sigmoid(w * h + b);
    const slope = next * (1 - next);
    h_w = slope * (h + w * h_w);
    h_b = slope * (1 + w * h_b);
    h = next;
  }
  const error = h - target;
  const [grad_w, grad_b] = [2 * error * h_w, 2 * error * h_b];
  return { loss: error * error, grad_w, grad_b, norm: Math.sqrt(grad_w * grad_w + grad_b * grad_b) };
}

/** One update of descent; `clip` is the longest gradient allowed, Infinity for any. */
export function step({ w, b }, { grad_w, grad_b, norm }, learning_rate, clip) {
  const scale = norm > clip ? clip / norm : 1;
  return { w: w - learning_rate * (grad_w * scale), b: b - learning_rate * (grad_b * scale) };
}

/** The places of a descent with loss and norm of the gradient there: entry 0 is the start. */
export function descend({ w, b, learning_rate, updates, T }, clip, problem) {
  const path = [];
  let place = { w, b };
  for (let i = 0; i <= updates; i++) {
    const here = lossAndGradient(place.w, place.b, T, problem);
    path.push({ ...place, loss: here.loss, norm: here.norm });
    place = step(place, here, learning_rate, clip);
  }
  return path;
}

/** How many of its updates a reader has chosen to see. */
export const shownUpdates = ({ update, updates }) => Math.min(update, updates);

/**
 * What is said of a path. `leaves` is the first update after which it is off the map, or null, and `leaving` the
 * length of the gradient that led there. The gradient at the last place is used for no update: `largest` is the
 * longest of all, `used` the longest of those that are, and `shortened` counts how many of these are clipped.
 */
export function describe(path, { w_range, b_range }, clip) {
  const inside = (value, [least, greatest]) => value >= least && value <= greatest;
  const leaves = path.findIndex(({ w, b }) => !inside(w, w_range) || !inside(b, b_range));
  const norms = path.map(({ norm }) => norm);
  const used = norms.slice(0, -1);
  return {
    path,
    largest: Math.max(...norms),
    used: Math.max(0, ...used),
    shortened: used.filter((norm) => norm > clip).length,
    loss: path.at(-1).loss,
    norm: norms.at(-1),
    leaves: leaves < 0 ? null : leaves,
    leaving: leaves > 0 ? norms[leaves - 1] : null,
  };
}

/**
 * Everything that the figure shows for one choice of settings: both descents as far as they are to be seen. `apart`
 * is the last place at which they are surely one, since no gradient up to there was shortened.
 */
export function measure(get, settings) {
  const problem = get("problem");
  const k = shownUpdates(settings);
  const walk = (clip) => describe(descend({ ...settings, updates: k }, clip, problem), problem, clip);
  const [without, clipped] = [walk(Infinity), walk(settings.clip)];
  const first = clipped.path.findIndex(({ norm }) => norm > settings.clip);
  const [least, greatest] = problem.w_range;
  return { k, without, clipped, apart: first < 0 ? k : first, width: greatest - least };
}

/** Whether the map has a cliff: from so many steps on, some gradient on it is longer than 10. */
export const hasCliff = (T) => T >= 9;

/**
 * The lines on which h_T takes each of the levels, in increasing order: [level][i] is the b at ws[i].
 *
 * For w > 0 h_T grows with b, so each line is the graph of a function of w, even along the cliff.
 * Where a line runs off the map it is at the map's edge.
 */
export function levelLines(levels, ws, T, problem) {
  const [bottom, top] = problem.b_range;
  const lines = levels.map(() => []);
  for (const w of ws) {
    const value = (b) => lastState(w, b, T, problem);
    const crossings = levels.map((level) => (level < value(bottom) ? bottom : top));
    locate(value, [bottom, value(bottom)], [top, value(top)], levels, crossings);
    crossings.forEach((b, i) => lines[i].push(b));
  }
  return lines;
}

/** Bisect, for all levels between the values at two places at once, until interpolation is exact enough to draw. */
function locate(value, [low, atLow], [high, atHigh], levels, crossings) {
  const between = (level) => level >= atLow && level < atHigh;
  if (!levels.some(between)) return;
  const rough = high - low > COARSE || (high - low > FINE && atHigh - atLow > GENTLE);
  if (rough) {
    const middle = (low + high) / 2;
    const atMiddle = value(middle);
    locate(value, [low, atLow], [middle, atMiddle], levels, crossings);
    locate(value, [middle, atMiddle], [high, atHigh], levels, crossings);
    return;
  }
  levels.forEach((level, i) => {
    if (between(level)) crossings[i] = low + ((high - low) * (level - atLow)) / (atHigh - atLow);
  });
}
