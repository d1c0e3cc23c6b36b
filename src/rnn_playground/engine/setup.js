// The set-up of a run: its fields, what they may be, and a short text of them for an address. See setup.py.

export const WORDS = {
  task: ["recall", "order", "adding", "reber", "parity", "agreement", "text"],
  cell: ["tanh", "relu", "lstm", "gru"],
  family: ["orthogonal", "gaussian", "symmetric", "identity", "nonnormal"],
  optimizer: ["sgd", "adam"],
};

/** From, to, and whether integers only. */
export const LIMITS = {
  T: [1, 200, true],
  m: [1, 64, true],
  layers: [1, 2, true],
  rho: [0, 10, false],
  input_scale: [0, 10, false],
  forget_bias: [-10, 10, false],
  rate: [0, 1e6, false],
  clip: [0, 1e6, false],
  batch: [1, 64, true],
  window: [0, 200, true],
  seed: [0, 4294967295, true],
};

export const LEAST_T = { order: 10, adding: 2 };

export const USUAL = Object.freeze({
  task: "recall", T: 10, cell: "tanh", m: 16, layers: 1, family: "orthogonal", rho: 0.95, input_scale: 1, forget_bias: 1,
  optimizer: "adam", rate: 0.01, clip: 1, batch: 16, window: 0, seed: 0,
});

/** A set-up that the engine cannot run; the message says which field must be what. */
export class BadSetup extends Error {}

const shown = (value) => (typeof value === "string" ? `“${value.slice(0, 40)}”` : String(value).slice(0, 40));

/** The whole set-up of some fields, checked. */
export function readSetup(given = {}) {
  if (given === null || typeof given !== "object") throw new BadSetup(`the set-up must have fields, got ${shown(given)}`);
  for (const name of Object.keys(given)) if (!Object.hasOwn(USUAL, name)) throw new BadSetup(`there is no field ${shown(name)}`);
  const setup = { ...USUAL, ...given };
  for (const [name, words] of Object.entries(WORDS)) {
    if (!words.includes(setup[name])) throw new BadSetup(`${name} must be one of ${words.join(", ")}, got ${shown(setup[name])}`);
  }
  for (const [name, [low, high, whole]] of Object.entries(LIMITS)) {
    const value = setup[name];
    if (typeof value !== "number" || !(value >= low && value <= high) || (whole && !Number.isInteger(value))) {
      throw new BadSetup(`${name} must be ${whole ? "an integer" : "a number"} from ${low} to ${high}, got ${shown(value)}`);
    }
  }
  const least = LEAST_T[setup.task] ?? 1;
  if (setup.T < least) throw new BadSetup(`T must be at least ${least} for the task “${setup.task}”, got ${setup.T}`);
  return setup;
}

/** What differs from the usual, as in an address: "task=adding&T=40". */
export function toText(setup) {
  const different = Object.keys(USUAL).filter((name) => setup[name] !== USUAL[name]);
  return new URLSearchParams(different.map((name) => [name, String(setup[name])])).toString();
}

const NUMBER = /^-?\d+(\.\d+)?(e[-+]?\d+)?$/i;

/** The set-up of such a text, checked. */
export function fromText(text) {
  const given = {};
  for (const [name, value] of new URLSearchParams(text)) {
    const number = Object.hasOwn(LIMITS, name) && NUMBER.test(value);
    given[name] = number ? Number(value) : value;
  }
  return readSetup(given);
}
