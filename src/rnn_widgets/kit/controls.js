// Controls that are bound to a setting: what Python allows is what they offer, and they follow the setting.
import { create } from "d3-selection";
import { button, choice, slider, toggle } from "./dom.js";

/** `schema` is what each setting may be (explorer.py); `commit(patch)` changes settings. */
export function createControls({ schema, commit, signal }) {
  const bound = [];
  const bind = (name, control) => {
    bound.push({ name, control });
    return control.node;
  };

  return {
    /** A slider: `options` are those of dom.js; `step` also says how many digits are shown. */
    slider(name, { step = 0.01, digits = Math.max(0, -Math.floor(Math.log10(step) + 1e-9)), ...options }) {
      const { min, max } = schema[name];
      return bind(name, slider({ min, max, step, digits, ...options, onInput: (value) => commit({ [name]: value }), signal }));
    },

    /** A list to choose from; `options` says how each value is shown. */
    choice(name, { label, options }) {
      return bind(name, choice({ label, options, onChange: (value) => commit({ [name]: value }), signal }));
    },

    /** A box to tick. */
    toggle(name, { label }) {
      return bind(name, toggle({ label, onChange: (value) => commit({ [name]: value }), signal }));
    },

    /** States with names: { text, settings }. */
    presets(list, title = "Examples") {
      const root = create("div").attr("class", "presets").attr("role", "group").attr("aria-label", title);
      root.append("span").attr("class", "control-name").text(title);
      for (const { text, settings } of list) root.append(() => button({ text, onClick: () => commit(settings), signal }));
      return root.node();
    },

    follow(settings) {
      for (const { name, control } of bound) control.set(settings[name]);
    },
  };
}
