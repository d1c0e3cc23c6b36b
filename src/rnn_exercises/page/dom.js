// Small helpers for what stands in the page.

export const find = (root, selector) => root.querySelector(selector);
export const each = (root, selector, action) => [...root.querySelectorAll(selector)].map(action);

export function say(place, words) {
  if (place.textContent !== words) place.textContent = words;
}

export { element } from "../../live/page/elements.js";
