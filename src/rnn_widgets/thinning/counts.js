// How many darts were kept so far, and the reader's guess of how many it will be.
import { line } from "d3-shape";
import { createPlot } from "../kit/plot.js";
import { createSketch } from "../kit/sketch.js";

const SHOWN = 3; // darts that a reader sees before the guess

export function createCounts({ prediction, signal }) {
  const plot = createPlot({
    name: "counts",
    label: "Darts kept so far",
    x: { domain: [0, 1], title: "darts fallen", ticks: 4, format: String },
    y: { domain: [0, 1], title: "kept", ticks: 4, format: String },
    interactive: true,
  });
  const { x, y, inside, over, surface } = plot;
  const every = inside.append("path").attr("class", "every");
  const ghost = inside.append("path").attr("class", "curve ghost");
  const curve = inside.append("path").attr("class", "curve count-curve");
  const dot = over.append("circle").attr("class", "now").attr("r", 5);
  const path = (kept) => {
    let sum = 0;
    return line((p) => x(p[0]), (p) => y(p[1]))([[0, 0], ...kept.map((yes, i) => [i + 1, (sum += yes ? 1 : 0)])]);
  };
  const places = [1]; // where the guess is made: at the last dart, wherever that comes
  const sketch = createSketch({
    group: over, surface, x, y, places, step: 1, format: (value) => `${Math.round(value)} kept`,
    label: () => "your guess of the number kept", onChange: ([value]) => prediction.change(Math.round(value)), signal,
  });

  function draw({ measured: { times, kept, count, events }, before, guess, open }) {
    const most = Math.max(1, times.length);
    if (x.domain()[1] !== most) {
      x.domain([0, most]);
      y.domain([0, most]);
      plot.axes();
    }
    every.attr("d", `M${x(0)},${y(0)}L${x(most)},${y(most)}`);
    curve.attr("d", path(open ? kept.slice(0, SHOWN) : kept));
    ghost.attr("d", before && !open && before.measured.times.length === times.length ? path(before.measured.kept) : null);
    dot.attr("display", open ? "none" : null).attr("cx", x(count)).attr("cy", y(events.length));
    places[0] = most;
    over.select(".sketch").attr("display", guess === null ? "none" : null);
    sketch.draw([guess ?? 0], open);
    plot.describe(`Darts kept against darts fallen${open ? "" : `: ${events.length} of ${count}`}.`);
  }

  return { node: plot.node, layout: plot.layout, draw };
}
