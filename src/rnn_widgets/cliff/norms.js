// Right: the length of the gradient at every update, on a log scale, and the guess of the longest.
import { line } from "d3-shape";
import { superscript } from "../kit/format.js";
import { createPlot } from "../kit/plot.js";
import { createSketch } from "../kit/sketch.js";
import { moved } from "./walks.js";
import { digits, isShown } from "./words.js";

// The axis stays where it is while the start moves, so that it is the curves that move. In decades.
const DECADES = [-4, 4];
const NAMES = ["clipped", "without"];
const GUESS_AT = 0.8; // of the width

export function createNorms({ prediction, signal }) {
  const plot = createPlot({
    name: "norms",
    label: "The length of the gradient at every update",
    x: { domain: [0, 1], title: "update", ticks: 3, format: (update) => (Number.isInteger(update) ? update : "") },
    y: { domain: DECADES, title: "", ticks: [-4, -2, 0, 2, 4], format: (d) => (d === 0 ? "1" : `10${superscript(d)}`) },
    margin: { top: 8, right: 18, left: 40 },
    interactive: true,
  });
  const { x, y, inside, over, surface } = plot;
  const ghosts = NAMES.map(() => inside.append("path").attr("class", "ghost"));
  const curves = NAMES.map((name) => inside.append("path").attr("class", `curve ${name}`));
  const threshold = inside.append("path").attr("class", "threshold");
  const guessed = inside.append("path").attr("class", "sketch-line");
  const off = inside.append("path").attr("class", "off");
  const thrower = inside.append("circle").attr("class", "thrower").attr("r", 5);
  const thresholdLabel = over.append("text").attr("dy", "0.32em").text("c");
  let sketch = null;
  let updates = null;

  /** Pixel height of a length; what is far off, such as zero, is taken to a place well outside the frame. */
  const height = (length) => y(Math.min(2 * DECADES[1], Math.max(2 * DECADES[0], Math.log10(length))));
  const route = line((_, i) => x(i), ({ norm }) => height(norm)).digits(1);

  function layout(width, tall, now) {
    plot.layout(width, tall);
    draw(now);
  }

  function fit(settings) {
    updates = settings.updates;
    x.domain([0, updates]);
    plot.axes();
    removeGuess();
  }

  const newSketch = () =>
    createSketch({
      group: over, surface, x, y, places: [GUESS_AT * updates], step: 0.1, signal,
      format: (decade) => `length ${digits(10 ** decade)}`,
      label: () => "your guess of the longest gradient without clipping",
      onChange: ([value]) => prediction.change(value),
    });

  function removeGuess() {
    sketch?.draw([0], false); // it takes no more input
    sketch = null;
    over.selectAll(".sketch").remove();
  }

  function draw({ settings, measured, before, revealed, guess, open }) {
    if (settings.updates !== updates) fit(settings);
    const right = x.range()[1];
    NAMES.forEach((name, i) => {
      const shown = revealed ? isShown[name](settings) : name === "clipped";
      const { path } = measured[name];
      curves[i].attr("d", shown ? route(path.slice(0, revealed ? undefined : measured.apart + 1)) : null);
      const old = shown && revealed && before && moved(before.settings, settings) && before.settings.updates === updates;
      ghosts[i].attr("d", old ? route(before.measured[name].path) : null);
    });
    const c = y(Math.log10(settings.clip));
    threshold.attr("d", `M0,${c}H${right}`);
    thresholdLabel.attr("x", right + 6).attr("y", c);
    const { path, leaves } = measured.without;
    const seen = revealed && leaves && isShown.without(settings);
    thrower.attr("display", seen ? null : "none");
    thrower.attr("cx", seen ? x(leaves - 1) : null).attr("cy", seen ? height(path[leaves - 1].norm) : null);
    guessed.attr("d", guess === null ? null : `M0,${y(guess)}H${right}`);
    off.attr("d", guess !== null && seen ? `M${x(leaves - 1)},${y(guess)}V${height(path[leaves - 1].norm)}` : null);
    if (guess === null) return removeGuess();
    sketch ??= newSketch();
    sketch.draw([guess], open);
  }

  return { node: plot.node, layout, draw, describe: plot.describe };
}
