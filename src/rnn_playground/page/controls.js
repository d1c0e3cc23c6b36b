// The set-up as a form. A change begins a new run.
import { LIMITS, readSetup, USUAL } from "../engine/setup.js";
import { MOST_BYTES } from "./app.js";
import { button, choice, element, number } from "./elements.js";
import { changed, EXAMPLES, GROUPS, labelOf } from "./fields.js";

/** The form, in `host`; `only`, if given, names the few fields that are shown. */
export function mountControls(host, app, only = null) {
  const controls = new Map();

  function commit(name, value) {
    const { input } = controls.get(name).control;
    const next = changed(app.setup, name, value);
    input.removeAttribute("aria-invalid");
    if (app.start(next)) return;
    input.setAttribute("aria-invalid", "true");
  }

  function add(place, field) {
    const label = labelOf(field, app.setup);
    const onChange = (value) => commit(field.name, value);
    const control = field.options
      ? choice({ label, options: field.options, onChange })
      : number({ label, stops: field.stops, limits: LIMITS[field.name], onChange });
    controls.set(field.name, { field, control });
    place.append(control.node);
  }

  const own = ownText(app);
  if (only) {
    const place = element("div", { className: "pg-fields" });
    for (const { fields } of GROUPS) for (const field of fields) if (only.includes(field.name)) add(place, field);
    host.append(place);
  } else {
    const examples = element("div", { className: "pg-row pg-examples" });
    examples.setAttribute("role", "group");
    examples.setAttribute("aria-label", "Examples");
    for (const { text, setup } of EXAMPLES) examples.append(button(text, () => app.start(setup)));
    host.append(examples);
    for (const { title, fields } of GROUPS) {
      const place = element("fieldset", { className: "pg-fields" }, element("legend", {}, title));
      for (const field of fields) add(place, field);
      if (title === "Task") place.append(own.node);
      host.append(place);
    }
    host.append(element("div", { className: "pg-row" }, button("As at first", () => app.start(USUAL))));
  }

  function follow(setup) {
    for (const { field, control } of controls.values()) {
      control.set(setup[field.name]);
      control.input.removeAttribute("aria-invalid");
      control.node.hidden = field.shown ? !field.shown(setup) : false;
      if (typeof field.label === "function") control.rename(labelOf(field, setup));
    }
    own.follow(setup);
  }
  app.on("start", follow);
  app.on("break", () => follow(app.setup));
  app.on("state", (state) => state.records.from === 0 && follow(app.setup));
  follow(readSetup(app.setup));
}

/** The reader's own text: it is learnt when they say so. */
function ownText(app) {
  const area = element("textarea", { rows: 4, spellcheck: false, maxLength: 2 * MOST_BYTES, value: app.text });
  area.setAttribute("aria-label", "Your text");
  const node = element(
    "div",
    { className: "pg-text" },
    area,
    element("div", { className: "pg-row" }, button("Learn this text", () => app.start(app.setup, area.value))),
    element("p", { className: "pg-note" }, "At most 100 kB. It stays in this browser."),
  );
  return {
    node,
    follow(setup) {
      node.hidden = setup.task !== "text";
      if (document.activeElement !== area) area.value = app.text;
    },
  };
}
