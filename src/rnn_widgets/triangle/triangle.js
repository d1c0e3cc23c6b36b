// The triangle of the terms with the network above it: choose a term, see what is added up and what is cut away.
import { scaleLinear } from "d3-scale";
import { appendHandle, draggable } from "../kit/drag.js";
import { createPlot } from "../kit/plot.js";
import { createSketch } from "../kit/sketch.js";
import { keeps } from "./model.js";
import { createNetwork, HEIGHT } from "./network.js";
import { opacity, side } from "./squares.js";
import { long, shortest } from "./words.js";

const MARGIN = { top: HEIGHT, right: 6, bottom: 42, left: 74 };
const LEGEND = [1, 0.1, 0.01];
const HIDDEN = 0.2; // side of a square while the reader guesses

export function createTriangle({ T, text, prediction, commit, signal }) {
  const axis = { domain: [0.5, T + 0.5], ticks: Array.from({ length: T }, (_, i) => i + 1) };
  const plot = createPlot({
    name: "terms",
    label: "The terms of the gradient",
    x: { ...axis, title: "step k at which W_hh is used" },
    y: { ...axis, domain: [T + 0.5, 0.5], title: "step t of the loss" },
    margin: MARGIN,
    interactive: true,
  });
  const { x, y, inside, over, surface } = plot;
  const network = createNetwork(over, { text, T, x });
  const legend = inside.append("g").attr("class", "legend");
  const told = inside.append("g").attr("class", "told");
  const asked = inside.append("g").attr("class", "asked");
  const ghosts = inside.append("g");
  const squares = inside.append("g");
  const frames = inside.append("g");
  const formerCut = inside.append("path").attr("class", "ghost");
  const answer = inside.append("path").attr("class", "answer");
  const line = inside.append("path").attr("class", "cut-line");
  const guessed = inside.append("path").attr("class", "sketch-line").attr("fill", "none");
  const pairs = axis.ticks.flatMap((t) => axis.ticks.slice(0, t).map((k) => [t, k]));

  // --- the guess is a cut: how many lags it drops, upwards
  const dropped = scaleLinear().domain([0, T]);
  const sketch = createSketch({
    group: over, surface, x, y: dropped, places: [1], step: 1, signal,
    format: (drops) => `τ = ${T - drops}: ${drops === 0 ? "nothing is dropped" : `the lags from ${T - drops} on are dropped`}`,
    label: () => "your cut",
    onChange: ([drops]) => prediction.change(Math.min(T, Math.max(1, T - Math.round(drops)))),
  });

  // --- a term is chosen anywhere on the plane
  const area = over.append("rect").attr("class", "area").attr("fill", "transparent");
  const handle = appendHandle(over, "The chosen term").classed("pick", true);
  handle.append("rect").attr("class", "frame");
  let chosen = { t: 1, k: 1 };
  const within = (step) => Math.min(T, Math.max(1, step));
  function choose(t, k) {
    const next = { t: within(t), k: within(k) };
    if (next.t !== chosen.t || next.k !== chosen.k) commit(next);
  }
  draggable({
    handle,
    surface: area,
    onPlace: (right, up) => choose(Math.ceil((1 - up) * T), Math.ceil(right * T)),
    onStep: ([right, up], large) => choose(chosen.t - up * (large ? 3 : 1), chosen.k + right * (large ? 3 : 1)),
    signal,
  });

  /** The edge between what a cut keeps and what it drops. */
  function edge(cut, tau) {
    const step = cut === "band" ? 1 : tau;
    let path = `M${x(0.5)},${y(Math.min(tau, T) + 0.5)}`;
    for (let at = tau; at < T; at += step) path += `H${x(at - tau + step + 0.5)}V${y(Math.min(at + step, T) + 0.5)}`;
    return tau < T ? path : null;
  }

  const square = (selection, sizeOf) => {
    const cell = x(2) - x(1);
    selection.attr("x", (d) => x(d[1]) - (sizeOf(d) * cell) / 2).attr("y", (d) => y(d[0]) - (sizeOf(d) * cell) / 2);
    return selection.attr("width", (d) => sizeOf(d) * cell).attr("height", (d) => sizeOf(d) * cell);
  };

  function draw(now) {
    const { settings, measured, before, revealed, guess, open } = now;
    const { t, k, tau, cut } = settings;
    const { norms, cells } = measured;
    chosen = { t, k };
    const norm = ([row, column]) => norms[row - 1][column - 1];
    square(squares.selectAll("rect").data(pairs).join("rect"), (d) => (revealed ? side(norm(d)) : HIDDEN))
      .attr("class", ([row, column]) => {
        if (!revealed) return row - column < guess ? "term hidden-term" : "term gone";
        return keeps(cut, tau, row, column) ? "term" : "term gone";
      })
      .attr("fill-opacity", (d) => (revealed && keeps(cut, tau, ...d) ? opacity(norm(d)) : null));
    const former = before && revealed && before.settings.network !== settings.network ? before.measured.norms : null;
    square(ghosts.selectAll("rect").data(former ? pairs : []).join("rect").attr("class", "ghost"), ([row, column]) => former && side(former[row - 1][column - 1]));
    const cell = Math.max(4, x(2) - x(1)); // less only before it was laid out
    square(frames.selectAll("rect").data(revealed && cells.length > 1 ? cells : []).join("rect").attr("class", "in-sum"), () => 1 - 3 / cell);
    handle.attr("display", revealed ? null : "none").attr("transform", `translate(${x(k)},${y(t)})`);
    handle.select(".frame").attr("x", -cell / 2 + 1).attr("y", -cell / 2 + 1).attr("width", cell - 2).attr("height", cell - 2);
    handle.attr("aria-valuemin", 1).attr("aria-valuemax", T).attr("aria-valuenow", t);
    handle.attr("aria-valuetext", `loss ${t}, step ${k}: ${k > t ? "no path" : long(norms[t - 1][k - 1])}`);
    area.attr("display", revealed ? null : "none");
    line.attr("d", revealed ? edge(cut, tau) : null);
    const moved = before && revealed && (before.settings.tau !== tau || before.settings.cut !== cut);
    formerCut.attr("d", moved ? edge(before.settings.cut, before.settings.tau) : null);
    over.select(".sketch").attr("display", guess === null ? "none" : null);
    guessed.attr("d", guess === null ? null : edge("band", guess));
    const least = guess === null || open ? null : shortest(measured.lost.band);
    answer.attr("d", least === null ? null : edge("band", least));
    told.selectAll("text").data(least === null ? [] : [`your cut: τ = ${guess}`, `shortest: τ = ${least}`]).join("text")
      .attr("class", (_, i) => ["yours", "least"][i]).attr("text-anchor", "end").attr("x", x(T + 0.4)).attr("y", (_, i) => y(4.1) + 18 * i).text(String);
    sketch.draw([T - (guess ?? T)], open); // without a guess as it is drawn on a page that never asked
    legend.attr("display", revealed ? null : "none");
    const away = pairs.filter(([row, column]) => row - column >= guess).length;
    asked.selectAll("text").data(revealed ? [] : [`τ = ${guess}`, `cuts away ${away} of ${pairs.length} terms`])
      .join("text").attr("text-anchor", "end").attr("x", x(T + 0.4)).attr("y", (_, i) => y(1.2) + 20 * i).text(String);
    network.draw(now);
    plot.describe(revealed ? `The terms of the gradient, a square for each; the gradient is ${long(measured.size)} long` : "The terms of the gradient, still to be measured");
  }

  function layout(width, height) {
    plot.layout(width, height);
    const [right, bottom] = [x.range()[1], y.range()[0]];
    area.attr("width", right).attr("height", bottom);
    dropped.range(y.range());
    legend.selectAll("*").remove();
    const cell = x(2) - x(1);
    LEGEND.forEach((norm, i) => {
      const size = side(norm) * cell;
      legend.append("rect").attr("class", "term").attr("x", x(T) - size / 2).attr("y", y(i + 1) - size / 2).attr("width", size).attr("height", size).attr("fill-opacity", opacity(norm));
      legend.append("text").attr("text-anchor", "end").attr("x", x(T - 0.6)).attr("y", y(i + 1) + 4).text(i === 0 ? "length 1" : norm);
    });
    network.layout();
  }

  return { node: plot.node, layout, draw };
}
