// The hidden states of the probe: a heat map, and their path in two directions.
import { percent } from "../../../rnn_widgets/kit/format.js";
import { short } from "../words.js";
import { directions } from "./directions.js";
import { createHeat } from "./heat.js";
import { createPanel, some } from "./panel.js";
import { createPlane } from "./plane.js";

/** What goes in at a step, in a word. */
export function inputAt({ detail, task }, t) {
  if (detail.codes) return task.symbols[detail.codes[t]] ?? "";
  const [number, marker] = [detail.x[2 * t], detail.x[2 * t + 1]];
  return `${short(number)}${marker ? " marked" : ""}`;
}

export function states({ app, palette, view }) {
  const heat = createHeat({ label: "Hidden states", palette, height: 210 });
  const path = createPlane({ label: "States in two directions", palette, height: 210 });
  let before = null;
  const panel = createPanel({
    name: "states",
    title: "Hidden states",
    caption: "States of the first units, by step",
    columns: ["Step", "Input", "h₁", "h₂", "h₃", "h₄"],
    rowsOf() {
      if (!app.detail) return [];
      const { m } = app.setup;
      const { h } = app.detail.layers[view.layer()];
      return some(app.detail.T).map((t) => [String(t + 1), inputAt(app, t), ...Array.from({ length: 4 }, (_, i) => (i < m ? short(h[t * m + i]) : "–"))]);
    },
  });
  panel.figure.append(heat.node, path.node);

  function draw() {
    const layer = app.detail?.layers[view.layer()];
    if (!layer) return;
    const { m, cell } = app.setup;
    const { T } = app.detail;
    const most = cell === "relu" ? layer.h.reduce((top, value) => Math.max(top, value), 1e-9) : 1;
    heat.draw({ values: layer.h, rows: m, columns: T, most, xTitle: "step", yTitle: "unit", at: (unit, t) => t * m + unit });
    const seen = directions(layer.h, T, m, before);
    before = seen.found;
    const ends = (values) => {
      const [low, high] = [Math.min(...values), Math.max(...values)];
      const room = 0.12 * (high - low) || 0.5;
      return [low - room, high + room];
    };
    path.draw({
      x: { domain: ends(seen.x), title: "first direction" },
      y: { domain: ends(seen.y), title: "" },
      marks(pen) {
        pen.line(seen.x, seen.y, { colour: "blue", width: 1, opacity: 0.6 });
        pen.dots(seen.x, seen.y, { colour: "blue", size: 2.5 });
        pen.dots([seen.x[0]], [seen.y[0]], { colour: "green", size: 5 });
        pen.dots([seen.x[T - 1]], [seen.y[T - 1]], { colour: "vermillion", size: 5 });
      },
    });
    panel.say(`One sequence that stays the same. Above: vermillion is positive, blue negative, full colour is ${short(most)}. Below: its states in the two directions in which they vary most, which hold ${percent(seen.share)} of their variance; from the green dot to the vermillion one.`);
    heat.describe(`Hidden states of ${m} units at ${T} steps`);
    path.describe(`Path of the states in their two main directions, which hold ${percent(seen.share)} of the variance`);
    panel.table();
  }
  return { ...panel, draw };
}
