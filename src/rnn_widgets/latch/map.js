// Left: the map from a state to the next, and the staircase of the last steps between it and the diagonal.
import { range } from "d3-array";
import { line } from "d3-shape";
import { createPlot } from "../kit/plot.js";
import { INPUT } from "./model.js";

const POINTS = range(-1, 1.0001, 0.02);
const STEPS = 12; // of the staircase

export function createMap() {
  const axis = { domain: [-1, 1], ticks: [-1, -0.5, 0, 0.5, 1] };
  const plot = createPlot({ name: "map", label: "The next state against the state", x: { ...axis, title: "state h" }, y: { ...axis, title: "next state" } });
  const { x, y, inside, over } = plot;
  const curve = line((h) => x(h), (h) => y(h));
  const diagonal = inside.append("path").attr("class", "diagonal");
  const ghost = inside.append("path").attr("class", "curve ghost");
  const last = inside.append("path").attr("class", "curve driven");
  const map = inside.append("path").attr("class", "curve map-curve");
  const stairs = inside.append("path").attr("class", "stairs");
  const rests = over.append("g");
  const dot = over.append("circle").attr("class", "now").attr("r", 5);

  const mapped = (w, input) => line((h) => x(h), (h) => y(Math.tanh(w * h + input)))(POINTS);

  function draw({ settings: { w, letters }, measured: { h, rest }, before, revealed }) {
    diagonal.attr("d", curve([-1, 1]));
    map.attr("d", mapped(w, 0));
    const input = INPUT[letters.at(-1)] ?? 0;
    last.attr("d", input === 0 || !revealed ? null : mapped(w, input));
    ghost.attr("d", before && before.settings.w !== w ? mapped(before.settings.w, 0) : null);
    // From the diagonal up or down to the map, then across to the diagonal.
    const from = Math.max(0, h.length - 1 - STEPS);
    const path = h.slice(from, -1).flatMap((state, i) => [[state, state], [state, h[from + i + 1]], [h[from + i + 1], h[from + i + 1]]]);
    stairs.attr("d", revealed && path.length ? line((p) => x(p[0]), (p) => y(p[1]))(path) : null);
    dot.attr("display", revealed ? null : "none").attr("cx", x(h.at(-1))).attr("cy", y(h.at(-1)));
    const places = rest > 0 ? [-rest, 0, rest] : [0];
    rests.selectAll("circle").data(places).join("circle").attr("r", 6).attr("cx", x).attr("cy", y)
      .attr("class", (place) => (place === 0 && rest > 0 ? "rest leaving" : "rest"));
    plot.describe(`The next state against the state for w = ${w.toFixed(2)}. It rests at ${rest > 0 ? `0, and at ±${rest.toFixed(3)}` : "0"}.`);
  }

  return { node: plot.node, layout: plot.layout, draw };
}
