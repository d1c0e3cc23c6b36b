// In the middle: what the cell holds at each step, what is shown of it, and the point at which a reader guesses its end.
import { line } from "d3-shape";
import { createPlot } from "../kit/plot.js";
import { createSketch } from "../kit/sketch.js";
import { ACROSS } from "./gates.js";
import { DISTRACTORS, STEPS } from "./model.js";
import { signed } from "./words.js";

const SMALL = [-1, 0, 1];
const LARGE = [-3, -2, -1, 0, 1, 2, 3];

export function createCell({ prediction, signal }) {
  const up = { domain: [-1.1, 1.1], title: "cell c", ticks: SMALL, format: (value) => String(value).replace("-", "−") };
  const plot = createPlot({
    name: "cell",
    label: "The cell at each step",
    x: { ...ACROSS, title: "" },
    y: up,
    margin: { top: 8, bottom: 20, left: 64 },
    interactive: true,
  });
  const { x, y, inside, over, surface } = plot;
  const zero = inside.append("path").attr("class", "zero");
  const bars = inside.append("g").attr("class", "held");
  const ghost = inside.append("path").attr("class", "curve ghost");
  const arrows = ["under", "top"].map((kind) => over.append("g").attr("class", `arrow ${kind}`));
  const knocks = over.append("g").attr("class", "knocks");
  const dots = over.append("g").attr("class", "shown");
  const now = over.append("path").attr("class", "now-line");
  const sketch = createSketch({
    group: over, surface, x, y, places: [STEPS], step: 0.02, format: signed, signal,
    label: () => "your guess of the cell at step 40", onChange: ([value]) => prediction.change(value),
  });
  const width = () => 0.7 * (x(2) - x(1));
  const top = ({ c }, last) => line((t) => x(t), (t) => y(c[t]))(Array.from({ length: last }, (_, t) => t + 1));

  /** What is put in at a step: an arrow from what the cell had kept to what it holds then. */
  function arrow({ c, f }, t) {
    const [from, to] = [y(f[t - 1] * c[t - 1]), y(c[t])];
    if (from === to) return "";
    const head = Math.sign(from - to) * Math.min(6, Math.abs(from - to));
    return `M${x(t)},${from}V${to}M${x(t) - 4},${to + head}L${x(t)},${to}L${x(t) + 4},${to + head}`;
  }

  function draw({ settings: { step }, measured, before, revealed, guess, open }) {
    const { c, h } = measured;
    const until = revealed ? step : 1;
    const ticks = c.slice(0, until + 1).some((value) => Math.abs(value) > 1 + 1e-9) ? LARGE : SMALL;
    if (up.ticks !== ticks) {
      up.ticks = ticks;
      y.domain(ticks === LARGE ? [-3.3, 3.3] : [-1.1, 1.1]);
      plot.axes();
    }
    const steps = Array.from({ length: until }, (_, t) => t + 1);
    const base = y(0);
    zero.attr("d", `M0,${base}H${x.range()[1]}`);
    bars.selectAll("rect").data(steps).join("rect").attr("x", (t) => x(t) - width() / 2).attr("width", width())
      .attr("y", (t) => Math.min(base, y(c[t]))).attr("height", (t) => Math.abs(y(c[t]) - base));
    ghost.attr("d", before && revealed ? top(before.measured, until) : null);
    const arrivals = [1, ...DISTRACTORS].filter((t) => t <= until);
    for (const group of arrows) group.selectAll("path").data(arrivals).join("path").attr("d", (t) => arrow(measured, t));
    knocks.selectAll("path").data(DISTRACTORS).join("path").attr("d", (t) => `M${x(t) - 4},${y.range()[0] - 1}h8l-4,-7z`);
    dots.selectAll("circle").data(revealed ? steps : []).join("circle").attr("r", Math.min(2.75, 0.3 * (x(2) - x(1)))).attr("cx", x).attr("cy", (t) => y(h[t]));
    now.attr("d", `M${x(step)},0V${y.range()[0]}`).attr("display", open ? "none" : null);
    over.select(".sketch").attr("display", guess === null ? "none" : null);
    sketch.draw([guess ?? 0], open);
    plot.describe(`The cell at each step${revealed ? `; at step ${step} it is ${signed(c[step])}, and ${signed(h[step])} is shown` : ""}.`);
  }

  return { node: plot.node, layout: plot.layout, draw };
}
