// An explorer's state in the fragment of an address: "#explorer=latch&w=0.9". What is not named is as at first.

/** Whether a value is one that a setting may take; `rule` is what Python says of the setting (see explorer.py). */
function allowed(value, rule) {
  if (rule.values) return rule.values.includes(value);
  if (rule.letters) return typeof value === "string" && value.length <= rule.most && [...value].every((one) => rule.letters.includes(one));
  if (rule.length) return Array.isArray(value) && value.length === rule.length && value.every((part) => allowed(part, rule.of));
  if (rule.times) {
    const inOrder = (part, i) => allowed(part, rule.of) && (i === 0 || value[i - 1] < part);
    return Array.isArray(value) && value.length <= rule.times && value.every(inOrder);
  }
  return typeof value === "number" && value >= rule.min && value <= rule.max && (!rule.integer || Number.isInteger(value));
}

const NUMBER = /^-?\d+(\.\d+)?(e-?\d+)?$/i;

function parse(text, rule) {
  if (rule.values) return rule.values.find((value) => String(value) === text);
  if (rule.letters) return text;
  if (rule.length) return text.split(",").map((part) => parse(part, rule.of));
  if (rule.times) return text === "" ? [] : text.split(",").map((part) => parse(part, rule.of));
  return NUMBER.test(text) ? Number(text) : undefined;
}

/** The fragment, with its "#", of some settings: those that are not as at first. */
export function encode(name, settings, initial) {
  const query = new URLSearchParams({ explorer: name });
  for (const [key, value] of Object.entries(settings)) {
    if (String(value) !== String(initial[key])) query.set(key, String(value));
  }
  return `#${query}`;
}

/** All settings that a fragment stands for, or null if it is not for the explorer of this name. */
export function decode(fragment, name, { schema, initial }) {
  const query = new URLSearchParams(fragment.replace(/^#/, ""));
  if (query.get("explorer") !== name) return null;
  const settings = { ...initial };
  for (const [key, rule] of Object.entries(schema)) {
    const text = query.get(key);
    const value = text === null ? undefined : parse(text, rule);
    if (value !== undefined && allowed(value, rule)) settings[key] = value;
  }
  return settings;
}

/** Call `onState(settings)` for the present address, and whenever a link to a state of this explorer is followed. */
export function followLinks({ name, carried, onState, signal }) {
  const follow = (fragment) => {
    const settings = decode(fragment, name, carried);
    if (settings) onState(settings);
  };
  addEventListener("hashchange", () => follow(location.hash), { signal });
  // Whoever follows the same link again wants that state again, but the address does not change.
  document.addEventListener(
    "click",
    (event) => {
      const link = event.target.closest?.("a[href]");
      if (link && link.hash === location.hash && link.hash.startsWith("#explorer=")) follow(link.hash);
    },
    { signal },
  );
  follow(location.hash);
}
