// Middle: the circle after t steps, its longest half axis, and the radius to the power t as a circle beside it.
import { superscript } from "../kit/format.js";
import { createPlot } from "../kit/plot.js";
import { imagePath } from "./columns.js";
import { ellipse } from "./model.js";
import { length } from "./words.js";

const EDGE = 1.6; // half of the frame's width, in units of its scale

/** The smallest of 1, 2, 5, 10, 20, 50, … that shows a length within the frame. */
export function scaleFor(long) {
  const wanted = Math.max(1, (1.02 * long) / EDGE);
  const ten = 10 ** Math.floor(Math.log10(wanted) + 1e-12);
  return ten * [1, 2, 5, 10].find((step) => ten * step >= wanted * (1 - 1e-12));
}

export function createImage() {
  const across = { domain: [-EDGE, EDGE], ticks: [0, 1], title: "", format: (value) => (value < 1e4 ? String(value) : `${String(value)[0]}·10${superscript(Math.floor(Math.log10(value) + 1e-9))}`) };
  const plot = createPlot({
    name: "after",
    label: "The circle after t steps",
    x: across,
    y: { domain: [-EDGE, EDGE], ticks: [], title: "" },
    margin: { top: 8, right: 16, bottom: 24, left: 16 },
  });
  const { x, y, inside } = plot;
  const [unit, ghost, area, radius, first, second, axis] = ["unit", "ghost", "image", "radius", "column first", "column second", "half-axis"].map((name) =>
    inside.append("path").attr("class", name),
  );
  const tip = inside.append("circle").attr("class", "tip").attr("r", 4);
  const to = (u, v) => `M${x(0)},${y(0)}L${x(u)},${y(v)}`;

  function draw({ settings: { steps }, measured: { powers, norms, radius: r }, before, revealed }) {
    const scale = scaleFor(norms[steps]);
    across.ticks = [0, scale];
    for (const each of [x, y]) each.domain([-EDGE * scale, EDGE * scale]);
    plot.axes();
    const power = powers[steps];
    const { long, angle } = ellipse(power);
    unit.attr("d", imagePath(powers[0], plot));
    area.attr("d", imagePath(power, plot));
    ghost.attr("d", before ? imagePath(before.measured.powers[before.settings.steps], plot) : null);
    const s = r ** steps;
    radius.attr("d", revealed ? imagePath([s, 0, 0, s], plot) : null);
    const [a, b, c, d] = power;
    first.attr("d", to(a, c));
    second.attr("d", to(b, d));
    axis.attr("d", to(long * Math.cos(angle), long * Math.sin(angle)));
    tip.attr("cx", x(long * Math.cos(angle))).attr("cy", y(long * Math.sin(angle)));
    plot.describe(`The circle after ${steps} steps. Its longest half axis is ${length(long)}${revealed ? `; the spectral radius to that power is ${length(s)}` : ""}.`);
  }

  return { node: plot.node, layout: plot.layout, draw };
}
