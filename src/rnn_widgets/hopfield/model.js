// Hopfield's network: its state after so many units were asked, its fields and its energy. No DOM.
//
// Fields and energies are kept as integers, a hundred and two hundred times what they are: a field of zero, at which
// a unit stays as it is, must be known exactly.

export const SIDE = 10;
export const UNITS = SIDE * SIDE;
export const STEPS = 5 * UNITS;

const units = Array.from({ length: UNITS }, (_, i) => i);
const signs = (text) => Array.from(text, (mark) => (mark === "1" ? 1 : -1));

/** Which units are flipped: 25 hexadecimal digits, four units to each; what is missing is not flipped. */
export function unpack(digits) {
  return units.map((i) => ((parseInt(digits[i >> 2] ?? "0", 16) >> (3 - (i & 3))) & 1) === 1);
}

export function pack(flipped) {
  const digit = (k) => flipped.slice(4 * k, 4 * k + 4).reduce((sum, bit) => 2 * sum + Number(bit), 0);
  return Array.from({ length: UNITS / 4 }, (_, k) => digit(k).toString(16)).join("");
}

const overlapsOf = (stored, state) => stored.map((picture) => picture.reduce((sum, unit, i) => sum + unit * state[i], 0));

/** A hundred times the field of a unit: Σ p_i (p · s) over the stored pictures, without the unit's own part. */
function fieldOf(i, stored, overlaps, state) {
  let sum = -stored.length * state[i];
  for (let q = 0; q < stored.length; q++) sum += stored[q][i] * overlaps[q];
  return sum;
}

/** The energy −½ sᵀWs. */
function energyOf(stored, overlaps) {
  return -(overlaps.reduce((sum, m) => sum + m * m, 0) - UNITS * stored.length) / (2 * UNITS);
}

/** Ask `steps` units, row by row, and tell `onChange(asked, unit, overlaps)` of each that changes; `state` is changed. */
function run(stored, state, steps, onChange = () => {}) {
  const overlaps = overlapsOf(stored, state);
  let calm = 0; // units that stayed, one after the other: after a round of them nothing more happens
  for (let asked = 0; asked < steps && calm < UNITS; asked++) {
    const i = asked % UNITS;
    const side = Math.sign(fieldOf(i, stored, overlaps, state));
    calm += 1;
    if (side === 0 || side === state[i]) continue;
    calm = 0;
    state[i] = side;
    for (let q = 0; q < stored.length; q++) overlaps[q] += 2 * side * stored[q][i];
    onChange(asked + 1, i, overlaps);
  }
  return overlaps;
}

/** How many units are wrong at the end if the first n in the order of damage were flipped, for n = 0, …, 100. */
function repair(stored, picture, order) {
  const start = [...picture];
  return [...units, UNITS].map((n) => {
    if (n > 0) start[order[n - 1]] *= -1;
    const state = [...start];
    run(stored, state, STEPS);
    return state.reduce((sum, unit, i) => sum + Number(unit !== picture[i]), 0);
  });
}

const repairs = new WeakMap(); // those of before, by the pictures: most movements change nothing of it

function repaired(get, stored, { patterns, picture }) {
  const pictures = get("pictures");
  if (!repairs.has(pictures)) repairs.set(pictures, new Map());
  const [known, key] = [repairs.get(pictures), `${patterns} ${picture}`];
  if (!known.has(key)) known.set(key, repair(stored, signs(pictures[picture - 1]), get("order")));
  return known.get(key);
}

const find = (names, agree, count) => names.find((_, q) => agree[q] === count) ?? null;

export function measure(get, settings) {
  const { patterns, picture, flipped, step } = settings;
  const all = get("pictures").map(signs);
  const stored = all.slice(0, patterns);
  const target = all[picture - 1];
  const damage = unpack(flipped);
  const start = target.map((unit, i) => (damage[i] ? -unit : unit));
  const changes = []; // of the whole run: how many were asked, and the energy from then on
  const first = energyOf(stored, overlapsOf(stored, start));
  run(stored, [...start], STEPS, (asked, _, overlaps) => changes.push({ asked, energy: energyOf(stored, overlaps) }));
  const state = [...start];
  const overlaps = run(stored, state, step);
  const fields = units.map((i) => fieldOf(i, stored, overlaps, state) / UNITS);
  const agree = overlapsOf(all, state).map((m) => (UNITS + m) / 2);
  const names = get("names");
  const curve = repaired(get, stored, settings);
  const whole = curve.findIndex((wrong) => wrong > 0);
  const fell = changes.filter(({ asked }) => asked <= step).length;
  return {
    state,
    fields,
    agree, // with each of the pictures: how many units
    changes,
    fell, // how many changes there were so far
    first, // energy
    energy: energyOf(stored, overlaps),
    own: energyOf(stored, overlapsOf(stored, target)), // that of the picture
    willing: fields.filter((field, i) => field * state[i] < 0).length, // units that would change if asked now
    wrong: UNITS - agree[picture - 1],
    flipped: damage.filter(Boolean).length,
    name: names[picture - 1],
    stored: picture <= patterns,
    same: find(names.slice(0, patterns), agree, UNITS), // the stored picture that the state is
    opposite: find(names.slice(0, patterns), agree, 0), // the one whose negative it is
    curve,
    mended: whole < 0 ? UNITS : whole - 1, // up to so many flipped, all are mended
    turned: curve.findLastIndex((wrong) => wrong < UNITS) + 1, // from so many on, all end wrong
  };
}
