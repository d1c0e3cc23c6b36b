// Right: norms of Jacobian products against lag, on a log scale, and the points at which a reader guesses them.
import { line } from "d3-shape";
import { superscript } from "../kit/format.js";
import { createPlot } from "../kit/plot.js";
import { createSketch } from "../kit/sketch.js";
import { FALLEN, logPower } from "./model.js";
import { decades, lagText, radiusLabel } from "./words.js";

// The axis stays where it is while the point moves, so that it is the curves that move. In decades.
const TOP = 4;
const BOTTOM = -8;
const LOST = Math.log10(FALLEN);
const LINE_HEIGHT = 16;

const CURVES = [
  { name: "measured", label: ["measured"] },
  { name: "bound", label: ["bound (γρ)ᵗ"] },
  { name: "radius", label: ["γ·radius:", ""] }, // see radiusLabel()
];

const decade = (value) => (value === LOST ? "1 %" : value === 0 ? "1" : `10${superscript(value)}`);

export function createDecay({ T, places, start, prediction, signal }) {
  const x = { domain: [0, T], title: "lag t, in steps" };
  const plot = createPlot({
    name: "decay",
    label: "Influence against lag",
    x,
    y: { domain: [BOTTOM, TOP], title: "", ticks: [-8, -6, -4, LOST, 0, 2, 4], format: decade },
    margin: { right: 118, left: 40, bottom: 40 },
    interactive: true,
  });
  const { inside, over, surface } = plot;
  const threshold = inside.append("path").attr("class", "threshold");
  const drop = inside.append("path").attr("class", "drop");
  const ghost = inside.append("path").attr("class", "curve ghost");
  const curves = CURVES.map(({ name }) => inside.append("path").attr("class", `curve ${name}`));
  const crossing = inside.append("circle").attr("class", "crossing").attr("r", 5);
  const crossingLabel = over.append("text").attr("class", "halo small");
  const labels = CURVES.map(({ name, label }) => {
    const group = over.append("g").attr("class", "curve-label");
    group.append("path").attr("class", `curve ${name}`).attr("d", "M4,0H22");
    const text = group.append("text").attr("class", "halo").attr("dy", "0.32em");
    label.forEach((row, i) => text.append("tspan").attr("x", 26).attr("dy", i ? LINE_HEIGHT : null).text(row));
    return { group, text, rows: label.length };
  });
  const sketch = createSketch({
    group: over, surface, x: plot.x, y: plot.y, places, step: 0.1, signal,
    format: decades,
    label: (lag) => `your guess of the influence at lag ${lag}`,
    onChange: (guess) => prediction.change(guess),
  });

  /** Pixel height of exp(logValue); −∞ and other far-off values are taken to a place well outside the frame. */
  const height = (logValue) => plot.y(Math.min(4 * TOP, Math.max(4 * BOTTOM, logValue / Math.LN10)));
  const path = line((_, lag) => plot.x(lag), (value) => value);

  function draw({ measured, before, revealed, guess, open }) {
    const { logNorms, bound, radius } = measured;
    const power = (factor) => logNorms.map((_, lag) => height(logPower(factor, lag)));
    const heights = [logNorms.map(height), power(bound), power(radius)];
    const shown = heights.map((_, i) => revealed || CURVES[i].name === "bound");
    heights.forEach((values, i) => curves[i].attr("d", shown[i] ? path(values) : null));
    ghost.attr("d", revealed && before ? path(before.measured.logNorms.map(height)) : null);
    threshold.attr("d", `M0,${plot.y(LOST)}H${plot.x(T)}`);
    labels[2].text.select("tspan:last-child").text(radiusLabel(measured));
    labels.forEach(({ group }, i) => group.attr("display", shown[i] ? null : "none"));
    placeLabels(heights.map((values) => values.at(-1)));
    markCrossing(measured, heights[0], revealed);
    over.select(".sketch").attr("display", guess === null ? "none" : null);
    sketch.draw(guess ?? start, open);
    plot.describe(`Influence against lag on a log scale: ${revealed ? `measured, its bound, and what the spectral radius gives. ${lagText(measured)}.` : "its bound."}`);
  }

  /** Where it is first below 1 %. */
  function markCrossing({ lagBelow }, heights, revealed) {
    const shown = revealed && lagBelow !== null && heights[lagBelow] <= plot.y(BOTTOM);
    for (const mark of [crossing, drop, crossingLabel]) mark.attr("display", shown ? null : "none");
    const [cx, cy] = shown ? [plot.x(lagBelow), heights[lagBelow]] : [0, 0];
    const left = cx > plot.x(T) / 2;
    crossing.attr("cx", cx).attr("cy", cy);
    drop.attr("d", `M${cx},${cy}V${plot.y(BOTTOM)}`);
    crossingLabel.attr("x", cx + (left ? -8 : 8)).attr("y", plot.y(BOTTOM) - 6).attr("text-anchor", left ? "end" : "start").text(shown ? `lag ${lagBelow}` : "");
  }

  /** Labels stand to the right of the frame, where their curves end or left it, moved apart if they would overlap. */
  function placeLabels(ends) {
    const full = plot.y(BOTTOM);
    const placed = [];
    ends.forEach((end, i) => {
      const { group, rows } = labels[i];
      const tall = rows * LINE_HEIGHT;
      const free = (top) => placed.every((other) => top >= other.top + other.tall || top + tall <= other.top);
      const preferred = Math.min(full - tall, Math.max(0, end - LINE_HEIGHT / 2));
      const candidates = [preferred, ...placed.flatMap((other) => [other.top + other.tall, other.top - tall])];
      const fits = candidates.filter((top) => top >= 0 && top + tall <= full && free(top));
      const top = fits.sort((a, b) => Math.abs(a - preferred) - Math.abs(b - preferred))[0] ?? preferred;
      placed.push({ top, tall });
      group.attr("transform", `translate(${plot.x(T)},${top + LINE_HEIGHT / 2})`);
    });
  }

  function layout(width, height) {
    x.ticks = Math.max(2, Math.floor((width - 158) / 45));
    plot.layout(width, height);
  }

  return { node: plot.node, layout, draw };
}
