// Attributes that are set only where they change.

/** Set attributes; what is so already is left alone, since a change of one number leaves most cells as they are. */
export function set(node, values) {
  const known = (node.known ??= {});
  for (const name of Object.keys(values)) {
    if (known[name] === values[name]) continue;
    known[name] = values[name];
    if (name === "text") node.textContent = values[name];
    else node.setAttribute(name, values[name]);
  }
}
