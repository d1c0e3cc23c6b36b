// What a reader did with an explorer, kept in this browser only. Without storage it is forgotten with the page.

/** `recall()` gives what was last kept, {} at first; `keep(patch)` adds to it. */
export function createMemory(name) {
  const key = `rnn-book:explorer:${name}`;
  let kept = {};
  try {
    const stored = JSON.parse(localStorage.getItem(key) ?? "{}");
    if (stored && typeof stored === "object" && !Array.isArray(stored)) kept = stored;
  } catch {
    // No storage here, or something else under this name.
  }
  return {
    recall: () => kept,
    keep(patch) {
      kept = { ...kept, ...patch };
      try {
        localStorage.setItem(key, JSON.stringify(kept));
      } catch {
        // Forgotten with the page.
      }
    },
  };
}
