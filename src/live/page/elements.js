// Small helpers for making elements.

/** An element with properties and content. */
export function element(name, properties = {}, ...content) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...content);
  return made;
}

export function button(text, onClick, properties = {}) {
  const made = element("button", { type: "button", className: "live-button", ...properties }, text);
  made.addEventListener("click", onClick);
  return made;
}
