// A network reads a text and guesses the next letter; the gradient of its loss goes back, letter by letter. No DOM.

const UNITS = 16;
export const DARK = Math.log(0.01); // a letter with less than a hundredth of the last one's light is dark

/** Equations (1) and (2): the states h_1, …, h_T after each letter; row i of W_hx is what enters unit i. */
export function states({ W_hx, W_hh }, rho, places) {
  const size = W_hx.length / UNITS;
  const h = [new Float64Array(UNITS)];
  for (const place of places) {
    const before = h.at(-1);
    const next = new Float64Array(UNITS);
    for (let i = 0; i < UNITS; i++) {
      let sum = 0;
      for (let j = 0; j < UNITS; j++) sum += W_hh[i * UNITS + j] * before[j];
      next[i] = Math.tanh(rho * sum + W_hx[i * size + place]);
    }
    h.push(next);
  }
  return h.slice(1);
}

/** W_yhᵀ (y − c): what the loss at the next letter asks of the last state. Equations (3) to (5), (8) and (10). */
export function lastGradient({ W_yh }, h, right) {
  const size = W_yh.length / UNITS;
  const o = Array.from({ length: size }, (_, c) => h.reduce((sum, state, i) => sum + W_yh[c * UNITS + i] * state, 0));
  const largest = Math.max(...o);
  const y = o.map((logit) => Math.exp(logit - largest));
  const total = y.reduce((sum, part) => sum + part, 0);
  const error = y.map((part, c) => part / total - (c === right ? 1 : 0));
  return Float64Array.from(h, (_, i) => error.reduce((sum, part, c) => sum + W_yh[c * UNITS + i] * part, 0));
}

/** J_tᵀ g: from the state after a letter to the one before it, by Equation (18). */
function stepBack(W_hh, rho, h, gradient) {
  const before = new Float64Array(UNITS);
  for (let i = 0; i < UNITS; i++) {
    const part = rho * (1 - h[i] * h[i]) * gradient[i];
    for (let j = 0; j < UNITS; j++) before[j] += W_hh[i * UNITS + j] * part;
  }
  return before;
}

const length = (vector) => Math.hypot(...vector);

/** The logarithm of each letter's light, the last letter first, and what is remarkable about it. */
export function measure(get, { rho, draw }) {
  const { read, unread, alphabet, word } = get("text");
  const network = get("networks")[draw];
  const h = states(network, rho, [...read].map((sign) => alphabet.indexOf(sign)));
  let gradient = lastGradient(network, h.at(-1), alphabet.indexOf(unread[0]));
  const whole = Math.log(length(gradient));
  const logs = [0];
  for (let t = h.length - 1; t > 0; t--) {
    gradient = stepBack(network.W_hh, rho, h[t], gradient);
    logs.push(Math.log(length(gradient)) - whole);
  }
  const isDark = (log) => log < DARK;
  const first = logs.findIndex(isDark);
  return {
    read,
    logs,
    reach: first < 0 ? null : first, // letters back to the first dark one
    again: first >= 0 && !logs.slice(first).every(isDark), // some letter before it is lit
    brightest: logs.indexOf(Math.max(...logs)),
    word: [read.length - word[1], read.length - 1 - word[0]], // letters back to its last and to its first
  };
}
