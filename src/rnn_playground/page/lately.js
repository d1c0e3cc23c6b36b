// How often the answers of a run were right lately. The missions and the study of them (experiments/playground.py) use the same rule.
//
// A history is { update, accuracy }. A point of a thinned one stands for all updates since the one before it. What came before
// update `since` does not count: something was changed there.

export const SEQUENCES = 640; // so many answers are looked at

const needed = (batch) => Math.ceil(SEQUENCES / batch);
const mean = (sum, updates) => Math.round(1e9 * (sum / updates)) / 1e9; // ten times 0.9, added up, is less than 9
const before = (update, i) => (i > 0 ? update[i - 1] : 0);

/** The mean accuracy over the last updates that had so many sequences together; null if there were fewer, or nothing was asked. */
export function lately({ update, accuracy }, batch, since = 0) {
  let [sum, updates] = [0, 0];
  for (let i = update.length - 1; i >= 0 && updates < needed(batch); i--) {
    if (before(update, i) < since || !Number.isFinite(accuracy[i])) return null;
    sum += accuracy[i] * (update[i] - before(update, i));
    updates += update[i] - before(update, i);
  }
  return updates >= needed(batch) ? mean(sum, updates) : null;
}

/** The first update at which that was enough, { update, share }; null if it never was. */
export function reached({ update, accuracy }, batch, enough, since = 0) {
  let [sum, updates] = [0, 0];
  let first = 0; // of the points that are added up
  for (let i = 0; i < update.length; i++) {
    if (before(update, i) < since || !Number.isFinite(accuracy[i])) {
      [sum, updates, first] = [0, 0, i + 1];
      continue;
    }
    sum += accuracy[i] * (update[i] - before(update, i));
    updates += update[i] - before(update, i);
    for (let width; updates - (width = update[first] - before(update, first)) >= needed(batch); first++) {
      sum -= accuracy[first] * width;
      updates -= width;
    }
    if (updates >= needed(batch) && mean(sum, updates) >= enough) return { update: update[i], share: mean(sum, updates) };
  }
  return null;
}
