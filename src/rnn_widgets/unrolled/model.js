// The pencil network of chapter 6 with a third step: forward, back, back with an error, and central differences. No DOM.

export const STEPS = [1, 2, 3];
export const T = 3;
export const W_HX = 1;
export const W = 2 * Math.log(3); // the logits are (w h, 0)
export const H0 = 1;
export const X = [2, 1, 1].map((less) => Math.log(3) / 2 - less);
const EPS = 6e-6; // of the central differences, as in the chapter

const FORWARD = STEPS.flatMap((t) => ["a", "h", "o", "y", "L"].map((name) => name + t));
export const GRADIENTS = [...STEPS.toReversed().flatMap((t) => ["do", "dh", "da"].map((name) => name + t)), "dw", "dW_hx", "dW_hh"];
/** The numbers in the order in which they are computed; the first is given, as the inputs are. */
export const ORDER = ["h0", ...FORWARD, ...GRADIENTS];
export const TURN = FORWARD.length; // the step at which the forward pass is done

/** The step at which a number appears. */
export const appears = (name) => Math.max(0, ORDER.indexOf(name));

/** The number whose formula is shown: the one that was chosen, once it is there, else the newest. */
export const shownNumber = ({ step, shown }) => (appears(shown) <= step ? shown : ORDER[step]);

/** Equations (1) to (5). `nudge` is added to what it names, a node or a weight; what comes after is computed from that. */
export function forward(W_hh, targets, nudge = {}) {
  const plus = (name, value) => value + (nudge[name] ?? 0);
  const [w, u, v] = [plus("dw", W), plus("dW_hx", W_HX), plus("dW_hh", W_hh)];
  const values = { h0: H0 };
  let h = H0;
  let loss = 0;
  for (const t of STEPS) {
    const a = plus(`da${t}`, u * X[t - 1] + v * h);
    h = plus(`dh${t}`, Math.tanh(a));
    const o = plus(`do${t}`, w * h);
    const y = 1 / (1 + Math.exp(-o)); // softmax of (o, 0): the probability of class 0
    const L = Math.log1p(Math.exp(targets[t - 1] === "0" ? -o : o));
    loss += L;
    Object.assign(values, { [`x${t}`]: X[t - 1], [`a${t}`]: a, [`h${t}`]: h, [`o${t}`]: o, [`y${t}`]: y, [`L${t}`]: L });
  }
  return { values, loss };
}

/** Equations (6) to (10), with an error in them, and the two parts of each ∂L/∂h. */
export function backward(values, W_hh, targets, error) {
  const found = {};
  const parts = {};
  const sum = (term) => term(1) + term(2) + term(3);
  const slope = (t) => 1 - values[`h${t}`] ** 2;
  for (const t of STEPS.toReversed()) {
    found[`do${t}`] = values[`y${t}`] - (targets[t - 1] === "0" ? 1 : 0);
    const ownIsLost = t < T && (error === "direct" || error === "printed");
    const own = ownIsLost ? 0 : W * found[`do${t}`];
    const twice = error === "twice" || error === "printed";
    const later = t < T ? W_hh * found[`da${t + 1}`] * (twice ? slope(t) : 1) : 0;
    parts[`dh${t}`] = { own, later };
    found[`dh${t}`] = own + later;
    found[`da${t}`] = found[`dh${t}`] * slope(error === "late" ? Math.min(t + 1, T) : t);
  }
  found.dw = sum((t) => found[`do${t}`] * values[`h${t}`]);
  found.dW_hx = sum((t) => found[`da${t}`] * values[`x${t}`]);
  found.dW_hh = sum((t) => found[`da${t}`] * values[`h${t - 1}`]);
  return { found, parts };
}

/** Every gradient the slow way, from two runs of the network each. */
function centralDifferences(W_hh, targets) {
  const loss = (name, by) => forward(W_hh, targets, { [name]: by }).loss;
  return Object.fromEntries(GRADIENTS.map((name) => [name, (loss(name, EPS) - loss(name, -EPS)) / (2 * EPS)]));
}

/** All numbers by name, the parts of each ∂L/∂h, the loss, and the central differences. */
export function measure(get, { W_hh, targets, error }) {
  const { values, loss } = forward(W_hh, targets);
  const { found, parts } = backward(values, W_hh, targets, error);
  return { values: { ...values, ...found }, parts, loss, central: centralDifferences(W_hh, targets) };
}
