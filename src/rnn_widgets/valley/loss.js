// Right: the loss at each step on a log scale, and the point at which a reader guesses it.
import { line } from "d3-shape";
import { superscript } from "../kit/format.js";
import { createPlot } from "../kit/plot.js";
import { createSketch } from "../kit/sketch.js";
import { STEPS } from "./model.js";
import { amount } from "./words.js";

const [BOTTOM, TOP] = [-4, 4]; // powers of ten
const power = (decade) => (decade ? `10${superscript(decade)}` : "1");
const placed = (loss) => Math.min(3 * TOP, Math.max(3 * BOTTOM, Math.log10(loss))); // a loss of 0 too

export function createLoss({ get, prediction, signal }) {
  const plot = createPlot({
    name: "loss",
    label: "The loss at each step",
    x: { domain: [0, STEPS], title: "step", ticks: [0, 10, 20, 30] },
    y: { domain: [BOTTOM, TOP], title: "loss", ticks: [-4, -2, 0, 2, 4], format: power },
    margin: { left: 54 },
    interactive: true,
  });
  const { x, y, inside, over, surface } = plot;
  const first = inside.append("path").attr("class", "first");
  const ghost = inside.append("path").attr("class", "curve ghost");
  const curve = inside.append("path").attr("class", "curve walk");
  const dots = inside.append("g").attr("class", "dots");
  const now = inside.append("path").attr("class", "now-line");
  const place = get("initial").step;
  const sketch = createSketch({
    group: over, surface, x, y, places: [place], step: 0.1, signal,
    format: (decade) => amount(10 ** decade),
    label: () => `your guess of the loss after ${place} steps`,
    onChange: ([guess]) => prediction.change(guess),
  });
  const path = line((_, t) => x(t), (loss) => y(placed(loss)));

  function draw({ settings: { step }, measured: { losses }, before, revealed, guess, open, seen }) {
    const shown = revealed ? losses : losses.slice(0, seen + 1);
    first.attr("d", `M0,${y(placed(losses[0]))}H${x(STEPS)}`);
    curve.attr("d", path(shown));
    dots.selectAll("circle").data(shown).join("circle").attr("cx", (_, t) => x(t)).attr("cy", (loss) => y(placed(loss)))
      .attr("r", (_, t) => (t === step ? 6 : 2.5)).attr("class", (_, t) => (t === step ? "now" : "past"));
    ghost.attr("d", before && revealed && before.measured.losses !== losses ? path(before.measured.losses) : null);
    now.attr("d", `M${x(step)},0V${y(BOTTOM)}`).attr("display", open ? "none" : null);
    over.select(".sketch").attr("display", guess === null ? "none" : null);
    sketch.draw([guess ?? 0], open);
    plot.describe(`The loss at each step, on a log scale: ${amount(losses[0])} at the start${revealed ? `, ${amount(losses[step])} after ${step} steps` : ""}.`);
  }

  return { node: plot.node, layout: plot.layout, draw };
}
