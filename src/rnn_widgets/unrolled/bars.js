// The two parts of each ∂L/∂h as arrows, the weights' gradients as bars, and what central differences say of them.
import { createPlot } from "../kit/plot.js";
import { createSketch } from "../kit/sketch.js";
import { path } from "./layout.js";
import { appears } from "./model.js";
import { nameOf, shortName, written } from "./names.js";
import { agrees } from "./words.js";
import { writeName } from "./graph.js";

const PLACES = ["dh1", "dh2", "dh3", "dW_hx", "dW_hh", "dw"];
const TOPS = [3, 6, 12, 24, 48]; // what the axis may reach to: it changes by leaps, not at every movement

export function createBars({ prediction, signal }) {
  const plot = createPlot({
    name: "bars",
    label: "Gradients by the backward pass and by central differences",
    x: { domain: [0.4, 6.6], title: "", ticks: [] },
    y: { domain: [-3, 3], title: "gradient", ticks: 5, format: (value) => String(value).replace("-", "−") },
    margin: { bottom: 24, top: 18, right: 6 },
    interactive: true,
  });
  const { x, y, over, surface } = plot;
  const back = over.append("g").attr("class", "below");
  const zero = back.append("path").attr("class", "zero");
  const parts = back.append("g");
  const ticks = back.append("g");
  const ghosts = back.append("g");
  const marks = back.append("g");
  const names = back.append("g");
  const sketch = createSketch({ group: over, surface, x, y, places: [1], step: 0.05, format: written, label: () => "your guess of ∂L/∂h₁", onChange: ([value]) => prediction.change(value), signal });

  function arrowsOf({ values, parts: of }, name) {
    const at = PLACES.indexOf(name) + 1;
    if (!of[name]) return [{ kind: "sum", from: [x(at), y(0)], at: [x(at), y(values[name])] }];
    const { own, later } = of[name];
    const list = [{ kind: "own", from: [x(at) - 7, y(0)], at: [x(at) - 7, y(own)] }];
    if (name !== "dh3") list.push({ kind: "later", from: [x(at) + 1, y(own)], at: [x(at) + 1, y(own + later)] });
    return list;
  }

  function draw({ measured, before, guess, open }, step) {
    const { values, central } = measured;
    const seen = PLACES.filter((name) => appears(name) <= step);
    const most = Math.max(...seen.flatMap((name) => [values[name], central[name], measured.parts[name]?.own ?? 0]).map(Math.abs), 0);
    const reach = TOPS.find((top) => most <= top);
    if (reach !== y.domain()[1]) {
      y.domain([-reach, reach]);
      plot.axes(); // costs more than all the rest
    }
    const place = (name) => PLACES.indexOf(name) + 1;
    zero.attr("d", `M0,${y(0)}H${x.range()[1]}`);
    parts.selectAll("g").data(seen.flatMap((name) => arrowsOf(measured, name))).join((enter) => {
      const part = enter.append("g");
      part.append("path").attr("class", "shaft");
      part.append("path").attr("class", "head");
      return part;
    }).attr("class", ({ kind }) => `part ${kind}`).each(function (arrow) {
      const length = Math.abs(arrow.at[1] - arrow.from[1]);
      const { line, head } = length > 0.01 ? path(arrow, Math.min(6, length)) : { line: null, head: null };
      for (const [i, d] of [line, head].entries()) d === null ? this.children[i].removeAttribute("d") : this.children[i].setAttribute("d", d);
    });
    ticks.selectAll("path").data(seen).join("path").attr("class", "judge").attr("d", (name) => `M${x(place(name)) - 15},${y(central[name])}h30`);
    const moved = before && !open ? seen.filter((name) => before.measured.values[name] !== values[name]) : [];
    const old = moved.filter((name) => Math.abs(before.measured.values[name]) <= reach);
    ghosts.selectAll("path").data(old).join("path").attr("class", "ghost").attr("d", (name) => `M${x(place(name)) - 11},${y(before.measured.values[name])}h22`);
    const wrong = seen.filter((name) => !agrees(measured, name));
    marks.selectAll("text").data(wrong).join("text").attr("class", "wrong").attr("text-anchor", "middle").text("✗")
      .attr("x", (name) => x(place(name))).attr("y", -4);
    names.selectAll("text").data(PLACES).join("text").attr("class", "small").attr("text-anchor", "middle")
      .attr("x", (name) => x(place(name))).attr("y", y.range()[0] + 15).each(function (name) {
        if (!this.firstChild) writeName(names.selectAll("text").filter((other) => other === name), shortName(name));
      });
    over.select(".sketch").attr("display", guess === null ? "none" : null);
    sketch.draw([guess ?? 0], open);
    plot.describe(`Gradients by the backward pass${seen.map((name) => `, ${nameOf(name)} ${written(values[name])} (central difference ${written(central[name])})`).join("")}.`);
  }

  return { node: plot.node, layout: plot.layout, draw };
}
