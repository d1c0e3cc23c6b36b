// The curve of −log p, and on it what happened.
import { line } from "d3-shape";
import { range } from "d3-array";
import { createPlot } from "../kit/plot.js";
import { plain } from "./columns.js";
import { WORDS } from "./model.js";

const MOST = 11; // nats
const COSTS = range(0, MOST + 0.01, 0.05);
const MARGIN = { top: 14, right: 10, bottom: 40, left: 30 };

export function createCost() {
  const plot = createPlot({
    name: "cost",
    label: "The loss",
    margin: MARGIN,
    x: { domain: [0, 1], title: "probability of ✓", ticks: [0, 0.5, 1], format: plain },
    y: { domain: [0, MOST], title: "", ticks: [0, 5, 10] },
  });
  const { x, y, inside, over } = plot;
  const curve = inside.append("path").attr("class", "curve loss-curve");
  const lead = inside.append("path").attr("class", "lead");
  const ghost = over.append("circle").attr("class", "ghost").attr("r", 6);
  const guessing = over.append("circle").attr("class", "guessing").attr("r", 4.5);
  const dot = over.append("circle").attr("class", "now").attr("r", 6);
  const value = over.append("text").attr("class", "halo nats").attr("text-anchor", "end");

  function draw({ settings: { happened }, measured, before, revealed }) {
    const p = measured.y[WORDS.indexOf(happened)];
    const put = (circle, share, nats) => circle.attr("cx", x(share)).attr("cy", y(nats));
    curve.attr("d", line((nats) => x(Math.exp(-nats)), (nats) => y(nats))(COSTS));
    put(guessing, 1 / 3, Math.log(3));
    for (const mark of [dot, lead, value]) mark.attr("display", revealed ? null : "none");
    put(dot, p, measured.loss);
    lead.attr("d", `M${x(p)},${y(0)}V${y(measured.loss)}`);
    value.attr("x", x.range()[1] - 4).attr("y", y(MOST) + 18).text(`${measured.loss.toFixed(2)} nats`);
    const old = before && revealed ? before.measured.y[WORDS.indexOf(before.settings.happened)] : null;
    ghost.attr("display", old === null ? "none" : null);
    if (old !== null) put(ghost, old, before.measured.loss);
    plot.describe(`The loss, minus the logarithm of a probability${revealed ? `: ${measured.loss.toFixed(2)} nats` : ""}.`);
  }

  return { node: plot.node, layout: plot.layout, draw };
}
