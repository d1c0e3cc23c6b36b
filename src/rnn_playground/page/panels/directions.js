// The two directions in which the states of a sequence vary most. No DOM.

const ROUNDS = 60;

function multiply(matrix, vector, m) {
  return Float64Array.from({ length: m }, (_, i) => {
    let sum = 0;
    for (let j = 0; j < m; j++) sum += matrix[i * m + j] * vector[j];
    return sum;
  });
}

function normalise(vector, against = null) {
  if (against) {
    const along = vector.reduce((sum, value, i) => sum + value * against[i], 0);
    for (let i = 0; i < vector.length; i++) vector[i] -= along * against[i];
  }
  const size = Math.hypot(...vector);
  if (size > 0) for (let i = 0; i < vector.length; i++) vector[i] /= size;
  return size;
}

/**
 * Of T states with m entries: { x, y, share }, their places along the two directions, from their mean, and the share of their variance
 * that lies in them. `start`, if given, are the directions of a moment ago: then the picture does not turn over. They are given back.
 */
export function directions(h, T, m, start = null) {
  const mean = new Float64Array(m);
  for (let t = 0; t < T; t++) for (let i = 0; i < m; i++) mean[i] += h[t * m + i] / T;
  const matrix = new Float64Array(m * m);
  for (let t = 0; t < T; t++) {
    for (let i = 0; i < m; i++) {
      const value = h[t * m + i] - mean[i];
      for (let j = 0; j < m; j++) matrix[i * m + j] += (value * (h[t * m + j] - mean[j])) / T;
    }
  }
  let whole = 0;
  for (let i = 0; i < m; i++) whole += matrix[i * m + i];
  const found = [];
  let within = 0;
  for (let which = 0; which < Math.min(2, m); which++) {
    const against = found[0] ?? null;
    let vector = start?.[which]?.length === m ? Float64Array.from(start[which]) : Float64Array.from({ length: m }, (_, i) => 1 + ((i * 7 + which * 3) % 5));
    if (normalise(vector, against) === 0) vector[which] = 1;
    const before = Float64Array.from(vector);
    for (let round = 0; round < ROUNDS; round++) {
      const next = multiply(matrix, vector, m);
      if (normalise(next, against) === 0) break;
      vector = next;
    }
    if (start && vector.reduce((sum, value, i) => sum + value * before[i], 0) < 0) vector = vector.map((value) => -value);
    within += multiply(matrix, vector, m).reduce((sum, value, i) => sum + value * vector[i], 0);
    found.push(vector);
  }
  const along = (vector) => Float64Array.from({ length: T }, (_, t) => {
    let sum = 0;
    for (let i = 0; i < m; i++) sum += (h[t * m + i] - mean[i]) * vector[i];
    return sum;
  });
  return { x: along(found[0]), y: found[1] ? along(found[1]) : new Float64Array(T), share: whole > 0 ? within / whole : 0, found };
}
