// Right: the longest half axis against the steps, on a log scale, and the points at which a reader guesses it.
import { line } from "d3-shape";
import { superscript } from "../kit/format.js";
import { createPlot } from "../kit/plot.js";
import { createSketch } from "../kit/sketch.js";
import { spread } from "../kit/spread.js";
import { STEPS } from "./model.js";
import { length } from "./words.js";

const [BOTTOM, TOP] = [-3, 3]; // decades; it is the curves that move
export const PLACES = [4, 8, 12];
export const START = PLACES.map(() => 0);
const CURVES = [
  ["bound", "‖W‖ᵗ"],
  ["longest", "‖Wᵗ‖"],
  ["radius", "rᵗ"],
];

export function createLengths({ prediction, signal }) {
  const plot = createPlot({
    name: "lengths",
    label: "The longest half axis against the steps",
    x: { domain: [0, STEPS], title: "step t", ticks: [0, 4, 8, 12] },
    y: { domain: [BOTTOM, TOP], title: "length", ticks: [-3, -2, -1, 0, 1, 2, 3], format: (decade) => (decade ? `10${superscript(decade)}` : "1") },
    margin: { right: 66, top: 10, left: 54 },
    interactive: true,
  });
  const { x, y, inside, over, surface } = plot;
  const now = inside.append("path").attr("class", "now-line");
  const ghost = inside.append("path").attr("class", "curve ghost");
  const curves = Object.fromEntries(CURVES.map(([name]) => [name, inside.append("path").attr("class", `curve ${name}`)]));
  const dots = inside.append("g").attr("class", "dots");
  const labels = CURVES.map(([name, text]) => {
    const label = over.append("g").attr("class", "curve-label");
    label.append("path").attr("class", `curve ${name}`).attr("d", "M4,0H22");
    label.append("text").attr("x", 26).attr("dy", "0.32em").text(text);
    return label;
  });
  const sketch = createSketch({
    group: over, surface, x, y, places: PLACES, step: 0.1, signal,
    format: (decade) => length(10 ** decade),
    label: (t) => `your guess of the longest half axis after ${t} steps`,
    onChange: (guess) => prediction.change(guess),
  });

  // A length of zero falls out of the frame; what is far off must not be infinitely far.
  const height = (value) => y(Math.max(3 * BOTTOM, Math.log10(value)));
  const path = line((_, t) => x(t), height);

  function draw({ settings: { steps }, measured: { norms, norm, radius }, before, revealed, guess, open }) {
    const shown = revealed ? norms : norms.slice(0, 2);
    const powers = (base) => norms.map((_, t) => base ** t);
    const lines = { bound: powers(norm), longest: shown, radius: powers(radius) };
    for (const [name] of CURVES) curves[name].attr("d", revealed || name === "longest" ? path(lines[name]) : null);
    ghost.attr("d", before && revealed && before.measured.norms !== norms ? path(before.measured.norms) : null);
    dots.selectAll("circle").data(shown).join("circle").attr("r", (_, t) => (t === steps ? 6 : 3)).attr("class", (_, t) => (t === steps ? "now" : "later"))
      .attr("cx", (_, t) => x(t)).attr("cy", height);
    now.attr("d", `M${x(steps)},0V${y(BOTTOM)}`);
    const ends = CURVES.map(([name]) => Math.min(y(BOTTOM), Math.max(0, height(lines[name].at(-1)))));
    const places = spread(ends, { height: 18, least: 2, most: y(BOTTOM) - 2 });
    labels.forEach((label, i) => label.attr("transform", `translate(${x(STEPS)},${places[i]})`).attr("display", revealed ? null : "none"));
    over.select(".sketch").attr("display", guess === null ? "none" : null);
    sketch.draw(guess ?? START, open);
    plot.describe(`The longest half axis against the steps, on a log scale${revealed ? `; after ${steps} steps it is ${length(norms[steps])}, after ${STEPS} it is ${length(norms[STEPS])}` : ""}.`);
  }

  return { node: plot.node, layout: plot.layout, draw };
}
