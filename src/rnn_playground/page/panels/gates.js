// How far the gates are open, step by step.
import { short } from "../words.js";
import { GATES, openings } from "./openings.js";
import { createPanel, some } from "./panel.js";
import { createPlane } from "./plane.js";

export function gates({ app, palette, view }) {
  const plane = createPlane({ label: "Gates", palette });
  let seen = [];
  const panel = createPanel({
    name: "gates",
    title: "Gates",
    caption: "Means over the units",
    columns: ["Step", "input i or reset r", "forget f or update z", "output o"],
    rowsOf: () => some(seen[0]?.mean.length ?? 0).map((t) => [String(t + 1), ...[0, 1, 2].map((i) => short(seen[i]?.mean[t]))]),
  });
  panel.figure.append(plane.node);
  app.on("start", ({ cell }) => (panel.node.hidden = !GATES[cell]));

  function draw() {
    const { cell, m } = app.setup;
    const layer = app.detail?.layers[view.layer()];
    if (!GATES[cell] || !layer?.gates) return;
    const { T } = app.detail;
    seen = openings(cell, layer.gates, T, m);
    const steps = Array.from({ length: T }, (_, t) => t + 1);
    plane.draw({
      x: { domain: [1, Math.max(2, T)], title: "step", whole: true },
      y: { domain: [0, 1], title: "", count: 2 },
      marks(pen) {
        for (const { least, most, colour } of seen) pen.band(steps, least, most, { colour, opacity: 0.12 });
        for (const { mean, colour, dash } of seen) pen.line(steps, mean, { colour, dash, width: 2 });
      },
    });
    const parts = seen.map(({ name, dash, mean }) => `${name} (${dash ? (dash[0] === 2 ? "dotted" : "dashed") : "solid"}) ${short(mean.reduce((sum, value) => sum + value, 0) / T)}`);
    panel.say(`Means over the units; the shade goes from the least unit to the greatest. Over all steps: ${parts.join(", ")}.`);
    plane.describe(`Openings of the gates by step; means over all steps: ${parts.join(", ")}`);
    panel.heading.textContent = `Gates: ${seen.map(({ name }) => name).join(", ")}`;
    panel.table();
  }
  return { ...panel, draw };
}
