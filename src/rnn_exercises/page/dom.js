// Small helpers for what stands in the page.

export const find = (root, selector) => root.querySelector(selector);
export const each = (root, selector, action) => [...root.querySelectorAll(selector)].map(action);

export function say(place, words) {
  if (place.textContent !== words) place.textContent = words;
}

/** An element with properties and content. */
export function element(name, properties = {}, ...content) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...content);
  return made;
}
