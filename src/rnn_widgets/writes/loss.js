// Right: the loss at each checkpoint, and the point that a reader puts where the last will be.
import { line } from "d3-shape";
import { createPlot } from "../kit/plot.js";
import { createSketch } from "../kit/sketch.js";
import { thousands } from "./words.js";

const MOST = 5; // nats

export function createLoss({ network: { checkpoints, symbols }, prediction, signal }) {
  const last = checkpoints.length - 1;
  const plot = createPlot({
    name: "loss",
    label: "The loss at each checkpoint",
    x: { domain: [-0.3, last + 0.4], title: "updates (not to scale)", ticks: checkpoints.map((_, i) => i), format: (i) => thousands(checkpoints[i].updates) },
    y: { domain: [0, MOST], title: "nats", ticks: [0, 1, 2, 3, 4, 5], format: String },
    interactive: true,
  });
  const { x, y, inside, over, surface } = plot;
  const guessing = inside.append("path").attr("class", "guessing");
  const name = over.append("text").attr("class", "small halo").attr("text-anchor", "end").text(`guessing among ${symbols.length}: ${Math.log(symbols.length).toFixed(2)}`);
  const curve = inside.append("path").attr("class", "curve falls");
  const dots = over.append("g").attr("class", "dots");
  const ghost = over.append("circle").attr("class", "ghost").attr("r", 8);
  const now = over.append("circle").attr("class", "now").attr("r", 6);
  const path = line((_, i) => x(i), ({ loss }) => y(loss));
  const sketch = createSketch({
    group: over, surface, x, y, places: [last], step: 0.05, signal,
    format: (value) => `${value.toFixed(2)} nats`,
    label: () => "your guess of the loss after the last update",
    onChange: ([value]) => prediction.change(value),
  });

  function draw({ settings: { checkpoint }, before, revealed, guess, open }) {
    const [, right] = x.range();
    const level = y(Math.log(symbols.length));
    guessing.attr("d", `M0,${level}H${right}`);
    name.attr("x", right - 6).attr("y", level - 6);
    const shown = revealed ? checkpoints : checkpoints.slice(0, 1);
    curve.attr("d", path(shown));
    dots.selectAll("circle").data(shown).join("circle").attr("r", 3.5).attr("cx", (_, i) => x(i)).attr("cy", ({ loss }) => y(loss));
    const place = (mark, i) => mark.attr("cx", x(i)).attr("cy", y(checkpoints[i].loss));
    place(now, checkpoint).attr("display", revealed || checkpoint === 0 ? null : "none");
    const old = before && revealed && before.settings.checkpoint !== checkpoint ? before.settings.checkpoint : null;
    place(ghost, old ?? checkpoint).attr("display", old === null ? "none" : null);
    over.select(".sketch").attr("display", guess === null ? "none" : null);
    sketch.draw([guess ?? 0], open);
    const seen = revealed ? `: ${checkpoints.map(({ updates, loss }) => `${updates} updates ${loss.toFixed(2)}`).join(", ")}` : "";
    plot.describe(`The loss in nats per character at each checkpoint${seen}.`);
  }

  return { node: plot.node, layout: plot.layout, draw };
}
