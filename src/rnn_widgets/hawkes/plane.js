// The (α, β) plane of the Hawkes explorer and the point to drag.
import { range } from "d3-array";
import { axisBottom, axisLeft } from "d3-axis";
import { scaleLinear } from "d3-scale";
import { create } from "d3-selection";
import { appendHandle, draggable } from "../kit/drag.js";

export const ALPHA = { min: 0, max: 0.95, step: 0.01, large: 0.1 };
export const BETA = { min: 0.1, max: 3, step: 0.05, large: 0.5 };
const MARGIN = { top: 10, right: 12, bottom: 40, left: 44 };

/** The nearest value on a control's scale. */
function snap(value, { min, max, step }) {
  return Math.min(max, Math.max(min, Number((Math.round(value / step) * step).toFixed(2))));
}

/** `onMove({alpha, beta})` is called for each movement of the point. */
export function createPlane({ onMove, signal }) {
  const x = scaleLinear([0, 1], [0, 1]);
  const y = scaleLinear([0, BETA.max], [1, 0]);
  let point = { alpha: 0, beta: 1 };

  const svg = create("svg:svg").attr("class", "plane").attr("role", "group");
  svg.attr("aria-label", "Plane of α, from 0 to 1, and β, from 0 to 3");
  const frame = svg.append("g").attr("transform", `translate(${MARGIN.left},${MARGIN.top})`);
  const surface = frame.append("rect").attr("class", "surface");
  const excluded = frame.append("rect").attr("class", "excluded");
  const inside = frame.append("svg").attr("class", "clip"); // clips without needing an id
  const level = inside.append("path").attr("class", "level");
  const xAxis = frame.append("g").attr("class", "axis").attr("aria-hidden", "true");
  const yAxis = frame.append("g").attr("class", "axis").attr("aria-hidden", "true");
  const guides = frame.append("path").attr("class", "guides");
  const regions = [
    { text: "Poisson at α = 0", places: [[0.26, 2.8], [0.26, 2.05], [0.26, 1.2]] },
    { text: "bursts", places: [[0.8, 2.8], [0.8, 2.05], [0.8, 1.2]] },
    { text: "long swells", places: [[0.72, 0.25], [0.72, 1], [0.72, 1.4]] },
  ].map(({ text, places }) => ({ label: frame.append("text").attr("class", "region-label halo small").text(text), places }));
  const xTitle = frame.append("text").attr("class", "axis-title").text("α, the branching ratio");
  const yTitle = frame.append("text").attr("class", "axis-title").text("β, rate of decay");
  const handle = appendHandle(frame, "α and β: left and right change α, up and down change β, Shift makes the step large")
    .attr("aria-valuemin", ALPHA.min)
    .attr("aria-valuemax", ALPHA.max);
  const product = frame.append("text").attr("class", "halo product small").attr("text-anchor", "middle").attr("aria-hidden", "true");

  function layout(width, height) {
    const across = Math.max(120, width - MARGIN.left - MARGIN.right);
    svg.attr("width", across + MARGIN.left + MARGIN.right).attr("height", height + MARGIN.top + MARGIN.bottom);
    x.range([0, across]);
    y.range([height, 0]);
    surface.attr("width", across).attr("height", height);
    inside.attr("width", across).attr("height", height);
    excluded.attr("x", x(ALPHA.max)).attr("width", across - x(ALPHA.max)).attr("height", height);
    xAxis.attr("transform", `translate(0,${height})`).call(axisBottom(x).ticks(5).tickSizeOuter(0));
    yAxis.call(axisLeft(y).ticks(4).tickSizeOuter(0));
    xTitle.attr("x", across / 2).attr("y", height + 36);
    yTitle.attr("transform", `translate(-32,${height / 2}) rotate(-90)`);
    draw(point);
  }

  function draw({ alpha, beta }) {
    point = { alpha, beta };
    const [px, py] = [x(alpha), y(beta)];
    handle.attr("transform", `translate(${px},${py})`);
    guides.attr("d", `M0,${py}H${px}V${y(0)}`);
    // Along this curve the mean intensity has the same time constant.
    const speed = beta * (1 - alpha);
    level.attr("d", `M${range(0, 0.99, 0.02).map((a) => [x(a), y(speed / (1 - a))]).join("L")}`);
    // The regions' names keep clear of the point and of its label, which stands above it, or below it at the top.
    const high = beta > 0.85 * BETA.max;
    const [below, above] = high ? [0.9, 0.37] : [0.37, 0.75];
    for (const { label, places } of regions) {
      const [a, b] = places.find(([a, b]) => Math.abs(a - alpha) > 0.6 || b < beta - below || b > beta + above);
      label.attr("x", x(a)).attr("y", y(b)).attr("dy", "0.32em");
    }
    const words = `1/(β(1 − α)) = ${(1 / speed).toFixed(2)}`;
    const half = 3.4 * words.length; // about as wide as the text
    const middle = Math.max(half, Math.min(x(1) - half, px));
    product.text(words).attr("x", middle).attr("y", py + (high ? 26 : -16));
    handle
      .attr("aria-valuenow", alpha.toFixed(2))
      .attr("aria-valuetext", `α ${alpha.toFixed(2)}, β ${beta.toFixed(2)}, time constant ${(1 / speed).toFixed(2)}`);
  }

  const moved = (alpha, beta) => onMove({ alpha: snap(alpha, ALPHA), beta: snap(beta, BETA) });

  draggable({
    handle,
    surface,
    onPlace: (right, up) => moved(right, BETA.max * up),
    onStep([right, up], large) {
      const size = large ? "large" : "step";
      moved(point.alpha + ALPHA[size] * right, point.beta + BETA[size] * up);
    },
    signal,
  });

  return { node: svg.node(), layout, draw };
}
