// Right: the state after each letter, and the point that a reader puts where the last will be.
import { line } from "d3-shape";
import { createPlot } from "../kit/plot.js";
import { createSketch } from "../kit/sketch.js";
import { state } from "./words.js";

const LETTER_WIDTH = 12; // px: with less room, only some letters are written, the markers first

/** Which letters there is room to write: the markers from the right, then what stands free between them. */
function written(letters, width) {
  const shown = [];
  const free = (i) => shown.every((other) => Math.abs(other - i) * width >= LETTER_WIDTH);
  for (const wanted of [(letter) => letter < "c", () => true]) {
    for (let i = letters.length - 1; i >= 0; i--) if (wanted(letters[i]) && free(i)) shown.push(i);
  }
  return new Set(shown);
}

export function createStates({ prediction, signal }) {
  const plot = createPlot({
    name: "states",
    label: "The state after each letter",
    x: { domain: [0, 1], title: "letters read", ticks: [] },
    y: { domain: [-1, 1], title: "state h", ticks: [-1, 0, 1] },
    interactive: true,
  });
  const { x, y, inside, over, surface } = plot;
  const zero = inside.append("path").attr("class", "zero");
  const ghost = over.append("path").attr("class", "curve ghost");
  const curve = over.append("path").attr("class", "curve state-curve");
  const dots = over.append("g").attr("class", "dots");
  const letters = over.append("g").attr("class", "letters");
  let sketch;
  let places = 0;

  function draw({ settings, measured: { h }, before, revealed, guess, open }) {
    const T = settings.letters.length;
    x.domain([0, Math.max(1, T)]);
    const [right] = x.range().slice(1);
    const [bottom] = y.range();
    zero.attr("d", `M0,${y(0)}H${right}`);
    const path = line((_, t) => x(t), (value) => y(value));
    const shown = revealed ? h : h.slice(0, 2);
    curve.attr("d", path(shown));
    ghost.attr("d", before && revealed && before.settings.letters === settings.letters ? path(before.measured.h) : null);
    dots.selectAll("circle").data(shown).join("circle").attr("r", T > 30 ? 2.5 : 4).attr("cx", (_, t) => x(t)).attr("cy", y);
    const shownLetters = written(settings.letters, right / Math.max(1, T));
    letters.selectAll("text").data([...settings.letters]).join("text").attr("text-anchor", "middle")
      .attr("x", (_, i) => x(i + 1)).attr("y", bottom + 15).attr("class", (letter) => `letter ${letter}`)
      .text((letter, i) => (shownLetters.has(i) ? letter : ""));
    if (!sketch || places !== T) {
      over.selectAll(".sketch").remove();
      places = T;
      sketch = createSketch({ group: over, surface, x, y, places: [T], step: 0.02, format: state, label: () => "your guess of the last state", onChange: ([value]) => prediction.change(value), signal });
    }
    over.select(".sketch").attr("display", guess === null ? "none" : null);
    if (guess !== null) sketch.draw([guess], open);
    plot.describe(`The state after each letter${revealed ? `; the last is ${state(h.at(-1))}` : ""}.`);
  }

  return { node: plot.node, layout: plot.layout, draw };
}
