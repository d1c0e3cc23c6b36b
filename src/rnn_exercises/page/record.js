// What a reader did with the exercises, kept in this browser only. Without storage it is forgotten with the page.

const KEY = "rnn-book:exercises";
const DAY = 24 * 60 * 60 * 1000;
export const SPACES = [2, 7, 21]; // days until an exercise that was solved comes back

let inMemory = {};
let isKept = true;

function isRecord(value) {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}

/** Whether this browser keeps what is noted. */
export const isStored = () => (all(), isKept);

/** Everything that is noted, by the exercise's label. */
export function all() {
  try {
    const stored = JSON.parse(localStorage.getItem(KEY) ?? "{}");
    isKept = true;
    return isRecord(stored) ? Object.fromEntries(Object.entries(stored).filter(([, entry]) => isRecord(entry))) : {};
  } catch (error) {
    if (error instanceof SyntaxError) return {}; // something else under this name
    isKept = false;
    return inMemory;
  }
}

export function replaceAll(entries) {
  inMemory = entries;
  try {
    localStorage.setItem(KEY, JSON.stringify(entries));
  } catch {
    isKept = false;
  }
}

export const recall = (label) => all()[label] ?? {};

export function note(label, patch) {
  const entries = all();
  replaceAll({ ...entries, [label]: { ...recall(label), ...patch } });
}

/** Note a try that was wrong: what was due comes back from the beginning. */
export function noteTry(label) {
  const { tries = 0, stage } = recall(label);
  note(label, { tries: tries + 1, ...(stage === undefined ? {} : { stage: 0, due: Date.now() + SPACES[0] * DAY }) });
}

/** Note that an exercise was solved. It comes back, later each time that it is solved when it is due. */
export function noteSolved(label, now = Date.now()) {
  const { tries = 0, stage, due, solved } = recall(label);
  if (stage !== undefined && due > now) return note(label, { tries: tries + 1 });
  const next = stage === undefined ? 0 : stage + 1;
  const later = next < SPACES.length ? { stage: next, due: now + SPACES[next] * DAY } : { stage: next, due: Infinity };
  return note(label, { tries: tries + 1, solved: solved ?? new Date(now).toISOString(), ...later });
}

/** Labels of what should be done again now, the longest due first. */
export function dueNow(now = Date.now()) {
  return Object.entries(all())
    .filter(([, { due }]) => Number.isFinite(due) && due <= now)
    .sort(([, a], [, b]) => a.due - b.due)
    .map(([label]) => label);
}
