// Lower left: the verb's number as it is seen by two readers, one with the window, one with all words.
import { createPlot } from "../kit/plot.js";
import { createSketch } from "../kit/sketch.js";
import { probability } from "./words.js";

const CENTRES = [0.6, 1.4, 2.6, 3.4];
const HALF = 0.32;
const NUMBERS = ["singular", "plural"];
const NEAR = 20; // px: a number so near to the reader's mark moves above it

export function createBars({ prediction, signal }) {
  const plot = createPlot({
    name: "bars",
    label: "Probability of a singular and of a plural verb",
    margin: { top: 22, right: 4 },
    x: { domain: [0, 4], title: "", ticks: [] },
    y: { domain: [0, 1], title: "probability", ticks: [0, 0.5, 1], format: String },
    interactive: true,
  });
  const { x, y, inside, over, surface } = plot;
  const bars = inside.append("g");
  const guessed = inside.append("rect").attr("class", "guess-bar");
  const names = over.append("g");
  const sketch = createSketch({
    group: over,
    surface,
    x,
    y,
    places: CENTRES.slice(0, 1),
    step: 0.01,
    format: (value) => value.toFixed(2),
    label: () => "your guess of the probability of a singular verb",
    onChange: ([value]) => prediction.change(value),
    signal,
  });
  const values = over.append("g").attr("class", "values");

  function draw({ settings: { tau }, measured: { window, whole }, revealed, guess, open }) {
    const heights = [...window, ...whole].map((value, i) => (revealed || i > 1 ? value : null));
    const bottom = y.range()[0];
    const column = (selection) => selection.attr("x", (_, i) => x(CENTRES[i] - HALF)).attr("width", x(2 * HALF));
    column(bars.selectAll("rect").data(heights).join("rect")).attr("class", (_, i) => `bar ${NUMBERS[i % 2]}`)
      .attr("y", (value) => y(value ?? 0)).attr("height", (value) => bottom - y(value ?? 0));
    const above = (value, i) => y(value) - (i === 0 && guess !== null && Math.abs(y(guess) - y(value) + 8) < NEAR ? Math.max(5, y(value) - y(guess) + 14) : 5);
    values.selectAll("text").data(heights).join("text").attr("class", "halo").attr("text-anchor", "middle")
      .attr("x", (_, i) => x(CENTRES[i])).attr("y", (value, i) => (value === null ? 0 : above(value, i)))
      .text((value) => (value === null ? "" : probability(value).replace(/just (below|above) /, "≈ ")));
    const below = (group, list, at, down) => names.selectAll(`.${group}`).data(list).join("text").attr("text-anchor", "middle")
      .attr("class", group).attr("x", (_, i) => x(at[i])).attr("y", bottom + down).text(String);
    below("number", [...NUMBERS, ...NUMBERS], CENTRES, 15).classed("small", true);
    below("reader", [`seeing ${tau} words`, "seeing all words"], [1, 3], 34);
    over.select(".sketch").attr("display", guess === null ? "none" : null);
    guessed.attr("display", guess === null ? "none" : null).attr("x", x(CENTRES[0] - HALF)).attr("width", x(2 * HALF));
    guessed.attr("y", y(guess ?? 0)).attr("height", bottom - y(guess ?? 0));
    if (guess !== null) sketch.draw([guess], open);
    const said = revealed ? `who sees ${tau} words gives ${probability(window[0])} to singular and ${probability(window[1])} to plural; ` : "";
    plot.describe(`Probability of the verb: ${said}who saw all words, ${whole[0]} and ${whole[1]}.`);
  }

  return { node: plot.node, layout: plot.layout, draw };
}
