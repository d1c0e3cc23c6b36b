// How many units are wrong at the end against how many were flipped; first as the reader draws it.
import { line } from "d3-shape";
import { createPlot } from "../kit/plot.js";
import { createSketch } from "../kit/sketch.js";
import { STEPS, UNITS } from "./model.js";
import { PLACES } from "./words.js";

export function createRepair({ prediction, signal }) {
  const ticks = [0, 20, 40, 60, 80, UNITS];
  const plot = createPlot({
    name: "repair",
    label: "Units wrong at the end",
    x: { domain: [0, UNITS], title: "units flipped", ticks },
    y: { domain: [0, UNITS], title: "wrong", ticks: [0, 50, UNITS] },
    margin: { top: 24, left: 54 },
    interactive: true,
  });
  const { x, y, inside, over, surface } = plot;
  over.append("text").attr("class", "title").attr("y", -8).text("Wrong at the end");
  const even = inside.append("path").attr("class", "even");
  const ghost = over.append("path").attr("class", "curve ghost");
  const curve = over.append("path").attr("class", "curve answer");
  const drop = over.append("path").attr("class", "drop");
  const dot = over.append("circle").attr("class", "now").attr("r", 4.5);
  const sketch = createSketch({
    group: over,
    surface,
    x,
    y,
    places: PLACES,
    step: 1,
    format: (value) => `${Math.round(value)} wrong`,
    label: (n) => `your guess for ${n} flipped units`,
    onChange: (values) => prediction.change(values),
    signal,
  });
  const path = line((_, n) => x(n), (wrong) => y(wrong));

  function draw({ settings, measured, before, revealed, guess, open }) {
    const { wrong, flipped } = measured;
    even.attr("d", `M${x(0)},${y(0)}L${x(UNITS)},${y(UNITS)}`);
    curve.attr("d", revealed ? path(measured.curve) : null);
    const other = before && ["patterns", "picture"].some((name) => before.settings[name] !== settings[name]);
    ghost.attr("d", other && revealed ? path(before.measured.curve) : null);
    drop.attr("d", `M${x(flipped)},${y(flipped)}V${y(wrong)}`);
    dot.attr("cx", x(flipped)).attr("cy", y(wrong));
    over.select(".sketch").attr("display", guess === null ? "none" : null);
    if (guess !== null) sketch.draw(guess, open);
    plot.describe(`Units wrong after ${STEPS} were updated, against units flipped. Now ${flipped} were flipped and ${wrong} are wrong.`);
  }

  return { node: plot.node, layout: plot.layout, draw };
}
