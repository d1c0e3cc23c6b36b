// Below: of a change of the cell at step k, how much arrives at the present step.
import { createPlot } from "../kit/plot.js";
import { ACROSS } from "./gates.js";
import { product } from "./words.js";

export function createGradient() {
  const plot = createPlot({
    name: "gradient",
    label: "How much of a change at each step arrives",
    x: { ...ACROSS, title: "step k" },
    y: { domain: [0, 1.05], title: "∂cₜ/∂cₖ", ticks: [0, 0.5, 1] },
    margin: { top: 8, left: 64 },
  });
  const { x, y, inside, over } = plot;
  const bars = inside.append("g").attr("class", "arrives");
  const ghost = inside.append("path").attr("class", "curve ghost");
  const now = over.append("path").attr("class", "now-line");

  function draw({ settings: { step }, measured: { gradient, kept }, before, revealed, open }) {
    const width = 0.7 * (x(2) - x(1));
    const base = y(0);
    bars.selectAll("rect").data(revealed ? gradient : []).join("rect").attr("x", (_, index) => x(index + 1) - width / 2).attr("width", width)
      .attr("y", (value) => y(value)).attr("height", (value) => base - y(value));
    const old = before && revealed && before.settings.step === step ? before.measured.gradient : [];
    ghost.attr("d", old.length ? `M${old.map((value, index) => `${x(index + 1)},${y(value)}`).join("L")}` : null);
    now.attr("d", `M${x(step)},0V${base}`).attr("display", open ? "none" : null);
    plot.describe(`How much of a change at each step arrives${revealed ? `: of one at step 1, ${product(kept)} arrives at step ${step}` : ""}.`);
  }

  return { node: plot.node, layout: plot.layout, draw };
}
