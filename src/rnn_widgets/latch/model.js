// One unit that reads letters: its states, and where it rests when nothing is put in. No DOM.

export const INPUT = { a: 1, b: -1, c: 0, d: 0 };

/** One step of Equation (2): the state after a letter. */
export const step = (w, h, letter) => Math.tanh(w * h + INPUT[letter]);

/** The positive state at which tanh(wh) = h, or 0 if there is none: for w at most 1. */
export function restingState(w) {
  if (w <= 1) return 0;
  let [low, high] = [Number.MIN_VALUE, 1]; // tanh(wh) − h falls through 0 once between them
  // Below √(3(w−1)/w³) · (1 − small) the map still climbs: start where it does, so that w near 1 is exact too.
  low = Math.min(0.5, 0.5 * Math.sqrt((3 * (w - 1)) / w ** 3));
  for (let i = 0; i < 100; i++) {
    const middle = (low + high) / 2;
    if (Math.tanh(w * middle) > middle) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** The states h_0, …, h_T, where it rests, and the markers that were read. */
export function measure(get, { w, letters }) {
  const h = [0];
  for (const letter of letters) h.push(step(w, h.at(-1), letter));
  const markers = [...letters].filter((letter) => INPUT[letter] !== 0);
  const lastMarker = Math.max(letters.lastIndexOf("a"), letters.lastIndexOf("b"));
  return {
    h,
    rest: restingState(w),
    first: markers[0] ?? null,
    last: markers.at(-1) ?? null,
    alike: new Set(markers).size === 1,
    since: markers.length ? letters.length - 1 - lastMarker : null, // letters after the last marker
  };
}
