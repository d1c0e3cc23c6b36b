// The runs A and B of a playground, which two tools share. Each is { setup, text, history, … } or null.
const pairs = new WeakMap();

/** { a, b, set(patch), onChange(f) } of an app. */
export function pairOf(app) {
  if (!pairs.has(app)) {
    const listeners = new Set();
    const pair = {
      a: null,
      b: null,
      set(patch) {
        Object.assign(pair, patch);
        for (const listener of listeners) listener();
      },
      onChange: (listener) => listeners.add(listener),
    };
    pairs.set(app, pair);
  }
  return pairs.get(app);
}
