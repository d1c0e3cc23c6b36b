// How often the answers of a run were right lately. The missions and the study of them (experiments/playground.py) use the same rule.

export const SEQUENCES = 640; // so many answers are looked at

/**
 * The mean accuracy over the last updates that had so many sequences together; null if there were fewer, or nothing was asked.
 * What came before update `since` does not count: something was changed there. A point of a thinned history stands for all
 * updates since the one before it. `end`: look from this point back, not from the last one.
 */
export function lately({ update, accuracy }, batch, since = 0, end = update.length) {
  const needed = Math.ceil(SEQUENCES / batch);
  let [sum, updates] = [0, 0];
  for (let i = end - 1; i >= 0 && updates < needed; i--) {
    const before = i > 0 ? update[i - 1] : 0;
    if (before < since || !Number.isFinite(accuracy[i])) return null;
    sum += accuracy[i] * (update[i] - before);
    updates += update[i] - before;
  }
  return updates >= needed ? Math.round(1e9 * (sum / updates)) / 1e9 : null; // ten times 0.9, added up, is less than 9
}

/** The first update, up to `most`, at which that was enough; null if there was none. */
export function reached(history, batch, enough, most) {
  for (let i = 0; i < history.update.length && history.update[i] <= most; i++) {
    if (lately(history, batch, 0, i + 1) >= enough) return history.update[i];
  }
  return null;
}
