// Elements for the page, and numbers that are set by a slider or typed.
import { element } from "../../live/page/elements.js";
import { nearest } from "./fields.js";

export { element };

export function button(text, onClick, properties = {}) {
  const made = element("button", { type: "button", ...properties }, text);
  made.addEventListener("click", onClick);
  return made;
}

/** A labelled list. `options` maps values to texts. { node, set, name, input } */
export function choice({ label, options, onChange }) {
  const name = element("span", { className: "pg-name" }, label);
  const input = element("select", {}, ...Object.entries(options).map(([value, text]) => new Option(text, value)));
  input.addEventListener("change", () => onChange(input.value));
  return { node: element("label", { className: "pg-field" }, name, input), name, input, set: (value) => (input.value = value) };
}

/**
 * A labelled number, with a slider over some `stops` where there are any. Who has no pointer types it, or uses the arrow keys: the slider
 * is one more way for those who have. `onChange` gets a number, NaN if nothing that is one was typed.
 */
export function number({ label, stops, limits: [min, max, isWhole], onChange }) {
  const name = element("span", { className: "pg-name" }, label);
  const input = element("input", { type: "number", min, max, step: isWhole ? 1 : "any", inputMode: isWhole ? "numeric" : "decimal" });
  input.setAttribute("aria-label", label);
  input.addEventListener("change", () => onChange(input.valueAsNumber));
  const parts = [input];
  let slider = null;
  if (stops) {
    slider = element("input", { type: "range", min: 0, max: stops.length - 1, step: 1, tabIndex: -1 });
    slider.setAttribute("aria-hidden", "true");
    slider.addEventListener("input", () => (input.value = stops[slider.value]));
    slider.addEventListener("change", () => onChange(stops[slider.value]));
    parts.unshift(slider);
    if (!isWhole) {
      // The browser's own step would be 1: the arrow keys go from stop to stop.
      input.addEventListener("keydown", (event) => {
        const by = { ArrowUp: 1, ArrowDown: -1 }[event.key];
        if (!by) return;
        event.preventDefault();
        const next = stops[Math.min(stops.length - 1, Math.max(0, nearest(stops, input.valueAsNumber || 0) + by))];
        input.value = next;
        onChange(next);
      });
    }
  }
  const node = element("div", { className: "pg-field" }, name, element("span", { className: "pg-pair" }, ...parts));
  return {
    node,
    name,
    input,
    set(value) {
      input.value = value;
      if (slider) slider.value = nearest(stops, value);
    },
    rename(text) {
      name.textContent = text;
      input.setAttribute("aria-label", text);
    },
  };
}
