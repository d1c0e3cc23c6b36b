// Right panel of the Jacobian explorer: norms of Jacobian products against lag, on a log scale.
import { axisBottom, axisLeft } from "d3-axis";
import { scaleLinear } from "d3-scale";
import { create } from "d3-selection";
import { line } from "d3-shape";
import { superscript } from "../kit/format.js";
import { FALLEN, logPower } from "./model.js";
import { radiusLabel } from "./words.js";

// The axis stays where it is while the point moves, so that it is the curves that move. In decades.
const TOP = 4;
const BOTTOM = -8;
const HEIGHT = 300;
const MARGIN = { top: 10, right: 112, bottom: 40, left: 44 };
const LINE_HEIGHT = 16;

const CURVES = [
  { name: "measured", label: ["measured"] },
  { name: "bound", label: ["bound (γρ)ˡᵃᵍ"] },
  { name: "radius", label: ["γ·radius:", ""] }, // see radiusLabel()
];

export function createDecay() {
  const x = scaleLinear();
  const y = scaleLinear([BOTTOM, TOP], [HEIGHT, 0]);
  let last;

  const svg = create("svg:svg").attr("class", "decay").attr("role", "img");
  svg.attr("height", HEIGHT + MARGIN.top + MARGIN.bottom);
  const frame = svg.append("g").attr("transform", `translate(${MARGIN.left},${MARGIN.top})`);
  const grid = frame.append("path").attr("class", "grid");
  const xAxis = frame.append("g").attr("class", "axis");
  const yAxis = frame.append("g").attr("class", "axis");
  const xTitle = frame.append("text").attr("class", "axis-title").text("lag t, in steps").attr("y", HEIGHT + 36);
  const inside = frame.append("svg").attr("class", "clip").attr("height", HEIGHT); // clips without needing an id
  const threshold = inside.append("path").attr("class", "threshold");
  const thresholdLabel = frame.append("text").attr("class", "halo small").attr("text-anchor", "end").text("1 %");
  const drop = inside.append("path").attr("class", "drop");
  const curves = CURVES.map(({ name }) => inside.append("path").attr("class", `curve ${name}`));
  const crossing = inside.append("circle").attr("class", "crossing").attr("r", 5);
  const crossingLabel = frame.append("text").attr("class", "halo small");
  const labels = CURVES.map(({ name, label }) => {
    const group = frame.append("g").attr("class", "curve-label");
    group.append("path").attr("class", `curve ${name}`).attr("d", "M4,0H22");
    const text = group.append("text").attr("class", "halo").attr("dy", "0.32em");
    label.forEach((row, i) => text.append("tspan").attr("x", 26).attr("dy", i ? LINE_HEIGHT : null).text(row));
    return { group, text, rows: label.length };
  });

  function layout(width, measured) {
    const inner = Math.max(120, width - MARGIN.left - MARGIN.right);
    svg.attr("width", inner + MARGIN.left + MARGIN.right);
    x.range([0, inner]).domain([0, measured.T]);
    inside.attr("width", inner);
    xTitle.attr("x", inner / 2);
    xAxis.attr("transform", `translate(0,${HEIGHT})`).call(axisBottom(x).ticks(inner / 45).tickSizeOuter(0));
    const decades = axisLeft(y).tickValues(y.ticks(7)).tickSizeOuter(0);
    yAxis.call(decades.tickFormat((d) => (d === 0 ? "1" : `10${superscript(d)}`)));
    grid.attr("d", y.ticks(7).map((d) => `M0,${y(d)}H${inner}`).join(""));
    const fallen = y(Math.log10(FALLEN));
    threshold.attr("d", `M0,${fallen}H${inner}`);
    thresholdLabel.attr("x", inner - 4).attr("y", fallen - 4);
    draw(measured);
  }

  function draw(measured) {
    last = measured;
    const { logNorms, bound, radius, lagBelow } = measured;
    const heights = [
      logNorms.map(height),
      logNorms.map((_, lag) => height(logPower(bound, lag))),
      logNorms.map((_, lag) => height(logPower(radius, lag))),
    ];
    const path = line((_, lag) => x(lag), (value) => value);
    heights.forEach((values, i) => curves[i].attr("d", path(values)));
    labels[2].text.select("tspan:last-child").text(radiusLabel(measured));
    placeLabels(heights.map((values) => values.at(-1)));
    const shown = lagBelow !== null && heights[0][lagBelow] <= HEIGHT;
    crossing.attr("display", shown ? null : "none");
    drop.attr("display", shown ? null : "none");
    crossingLabel.attr("display", shown ? null : "none");
    if (shown) {
      const [cx, cy] = [x(lagBelow), heights[0][lagBelow]];
      crossing.attr("cx", cx).attr("cy", cy);
      drop.attr("d", `M${cx},${cy}V${HEIGHT}`);
      crossingLabel.attr("x", cx + 8).attr("y", cy - 8).text(`lag ${lagBelow}`);
    }
  }

  /** Pixel height of exp(logValue); −∞ and other far-off values are taken to a place well outside the frame. */
  function height(logValue) {
    return y(Math.min(4 * TOP, Math.max(4 * BOTTOM, logValue / Math.LN10)));
  }

  /** Labels stand to the right of the frame, where their curves end or left it, moved apart if they would overlap. */
  function placeLabels(ends) {
    const placed = [];
    ends.forEach((end, i) => {
      const { group, rows } = labels[i];
      const tall = rows * LINE_HEIGHT;
      const free = (top) => placed.every((other) => top >= other.top + other.tall || top + tall <= other.top);
      const preferred = Math.min(HEIGHT - tall, Math.max(0, end - LINE_HEIGHT / 2));
      const candidates = [preferred, ...placed.flatMap((other) => [other.top + other.tall, other.top - tall])];
      const fits = candidates.filter((top) => top >= 0 && top + tall <= HEIGHT && free(top));
      const top = fits.sort((a, b) => Math.abs(a - preferred) - Math.abs(b - preferred))[0] ?? preferred;
      placed.push({ top, tall });
      group.attr("transform", `translate(${x.range()[1]},${top + LINE_HEIGHT / 2})`);
    });
  }

  return { node: svg.node(), layout: (width, measured = last) => layout(width, measured), draw };
}
