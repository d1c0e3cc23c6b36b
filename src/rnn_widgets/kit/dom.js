// Helpers for building a view.
import { create } from "d3-selection";

/** A labelled native range input with its value beside it. `set(value)` shows a value, `onInput` reports one. */
export function slider({ label, title, inline = false, min, max, step, digits, onInput, signal }) {
  const root = create("label").attr("class", inline ? "control inline" : "control");
  const name = root.append("span").attr("class", "control-name").text(label);
  const input = root
    .append("input")
    .attr("type", "range")
    .attr("min", min)
    .attr("max", max)
    .attr("step", step)
    .attr("aria-label", title)
    .node();
  // JupyterLab's shortcuts would otherwise take the arrow keys.
  input.dataset.lmSuppressShortcuts = "true";
  // Not an <output>: the label would then name it in place of the input, and each change would be read out.
  const output = (inline ? root : name).append("span").attr("class", "value");
  input.addEventListener("input", () => onInput(input.valueAsNumber), { signal });
  const set = (value) => {
    if (input.valueAsNumber !== value) input.value = value;
    output.text(value.toFixed(digits).replace("-", "−"));
  };
  /** Change what can be chosen. */
  const limit = (least, most) => {
    input.min = least;
    input.max = most;
  };
  return { node: root.node(), set, limit };
}

/** A labelled native select. `options` maps a value to its text. */
export function choice({ label, options, onChange, signal }) {
  const root = create("label").attr("class", "control");
  root.append("span").attr("class", "control-name").text(label);
  const select = root.append("select").node();
  for (const [value, text] of Object.entries(options)) select.add(new Option(text, value));
  select.dataset.lmSuppressShortcuts = "true";
  select.addEventListener("change", () => onChange(select.value), { signal });
  return { node: root.node(), set: (value) => (select.value = value) };
}

/** A labelled box to tick. */
export function toggle({ label, onChange, signal }) {
  const root = create("label").attr("class", "control toggle");
  const input = root.append("input").attr("type", "checkbox").node();
  root.append("span").text(label);
  input.dataset.lmSuppressShortcuts = "true";
  input.addEventListener("change", () => onChange(input.checked), { signal });
  return { node: root.node(), set: (value) => (input.checked = value) };
}

/** A push button. */
export function button({ text, onClick, signal }) {
  const node = create("button").attr("type", "button").text(text).node();
  node.addEventListener("click", onClick, { signal });
  return node;
}

/** Wait until the browser has done what is waiting. */
export const pause = () => new Promise((resolve) => setTimeout(resolve));

/** Run `task` once, `delay` ms after the last call; nothing runs after `signal` aborts. */
export function debounced(task, delay, signal) {
  let timer;
  signal.addEventListener("abort", () => clearTimeout(timer));
  return () => {
    clearTimeout(timer);
    timer = setTimeout(task, delay);
  };
}
