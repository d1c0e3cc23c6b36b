// Break it: silence a unit, or change the run in its course.
import { LIMITS } from "../engine/setup.js";
import { button, choice, element, number } from "./elements.js";
import { FIELDS, labelOf } from "./fields.js";
import { changeWords } from "./words.js";

const NAMES = ["T", "window", "rate", "clip"];

export function mount(host, app) {
  const intro = element("p", {}, "Here the run goes on with what you change; in the set-up a change begins a new run.");
  const unit = number({ label: "Unit", limits: [1, 64, true], onChange() {} });
  const layer = choice({ label: "Layer", options: { 0: "lower", 1: "upper" }, onChange() {} });
  const silence = button("Silence it", () => app.send({ type: "break", unit: unit.input.valueAsNumber - 1, layer: layer.node.hidden ? 0 : Number(layer.input.value) }));
  unit.set(1);
  const first = element("div", { className: "pg-row" }, unit.node, layer.node, silence);

  const second = element("div", { className: "pg-fields" });
  const fields = NAMES.map((name) => {
    const field = FIELDS.find((one) => one.name === name);
    const onChange = (value) => app.send({ type: "break", [name]: value });
    const control = number({ label: labelOf(field, app.setup), stops: field.stops, limits: LIMITS[name], onChange });
    second.append(control.node);
    return { field, control };
  });
  const list = element("ul", { className: "pg-changes" });
  host.append(intro, first, second, list);

  function follow() {
    const { setup } = app;
    unit.input.max = setup.m;
    layer.node.hidden = setup.layers < 2;
    for (const { field, control } of fields) {
      control.set(setup[field.name]);
      if (field.shown) control.node.hidden = !field.shown(setup);
      if (typeof field.label === "function") control.rename(labelOf(field, setup));
    }
    list.replaceChildren(...app.changed.map((one) => element("li", {}, changeWords(one))));
  }
  for (const event of ["start", "break", "error"]) app.on(event, follow);
  app.on("state", (state) => state.records.from === 0 && follow());
  app.on("break", (one) => app.say(changeWords(one)));
  follow();
}
