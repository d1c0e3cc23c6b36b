// What is kept in this browser. Where storage is denied, nothing is kept and nothing is said.
const PREFIX = "rnn-book:playground:";

/** get(key) and set(key, value) for what fits into JSON; undefined if nothing was kept. An object, as in all the book keeps. */
export const memory = {
  get(key) {
    try {
      return JSON.parse(localStorage.getItem(PREFIX + key) ?? "{}")?.value;
    } catch {
      return undefined;
    }
  },
  set(key, value) {
    try {
      localStorage.setItem(PREFIX + key, JSON.stringify({ value }));
    } catch {
      // Forgotten with the page.
    }
  },
};
