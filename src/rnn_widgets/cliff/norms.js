// Right panel of the clipping explorer: the length of the gradient at every update, on a log scale.
import { axisBottom, axisLeft } from "d3-axis";
import { scaleLinear } from "d3-scale";
import { create } from "d3-selection";
import { line } from "d3-shape";
import { superscript } from "../kit/format.js";

// The axis stays where it is while the start moves, so that it is the curves that move. In decades.
const TOP = 4;
const BOTTOM = -4;
const HEIGHT = 200;
const MARGIN = { top: 10, right: 24, bottom: 40, left: 44 };
const CURVES = [
  { name: "clipped", label: "with clipping" },
  { name: "without", label: "without clipping" },
];

export function createNorms() {
  const x = scaleLinear();
  const y = scaleLinear([BOTTOM, TOP], [HEIGHT, 0]);
  let last;
  let inner = 0;

  const svg = create("svg:svg").attr("class", "norms").attr("role", "img");
  svg.attr("height", HEIGHT + MARGIN.top + MARGIN.bottom);
  const frame = svg.append("g").attr("transform", `translate(${MARGIN.left},${MARGIN.top})`);
  const grid = frame.append("path").attr("class", "grid");
  const xAxis = frame.append("g").attr("class", "axis");
  const yAxis = frame.append("g").attr("class", "axis");
  const xTitle = frame.append("text").attr("class", "axis-title").text("update").attr("y", HEIGHT + 36);
  const inside = frame.append("svg").attr("class", "clip").attr("height", HEIGHT); // clips without needing an id
  const curves = CURVES.map(({ name }) => inside.append("path").attr("class", `curve ${name}`));
  const threshold = inside.append("path").attr("class", "threshold");
  const thresholdLabel = frame.append("text").attr("dy", "0.32em").text("c");
  const thrower = inside.append("circle").attr("class", "thrower").attr("r", 5);
  const throwerLabel = frame.append("text").attr("class", "halo small");
  // The names stand at the top, where gradients are longest and rarest.
  CURVES.forEach(({ name, label }, i) => {
    const group = frame.append("g").attr("transform", `translate(8,${i * 18 + 8})`);
    group.append("path").attr("class", `curve ${name}`).attr("d", "M0,0H24");
    group.append("text").attr("class", "halo").attr("x", 30).attr("dy", "0.32em").text(label);
  });

  function layout(width) {
    inner = Math.max(120, width - MARGIN.left - MARGIN.right);
    svg.attr("width", inner + MARGIN.left + MARGIN.right);
    x.range([0, inner]);
    inside.attr("width", inner);
    xTitle.attr("x", inner / 2);
    xAxis.attr("transform", `translate(0,${HEIGHT})`);
    const ticks = y.ticks(5);
    yAxis.call(axisLeft(y).tickValues(ticks).tickSizeOuter(0).tickFormat((d) => (d === 0 ? "1" : `10${superscript(d)}`)));
    grid.attr("d", ticks.map((d) => `M0,${y(d)}H${inner}`).join(""));
    if (!last) return;
    drawAxis(last.settings.updates);
    draw(last.measured, last.settings);
  }

  function drawAxis(updates) {
    x.domain([0, updates]);
    xAxis.call(axisBottom(x).ticks(inner / 55).tickFormat((d) => (Number.isInteger(d) ? d : "")).tickSizeOuter(0));
  }

  /** Pixel height of a length; what is far off, such as zero, is taken to a place well outside the frame. */
  const height = (length) => y(Math.min(2 * TOP, Math.max(2 * BOTTOM, Math.log10(length))));

  function draw(measured, settings) {
    if (settings.updates !== last?.settings.updates) drawAxis(settings.updates);
    last = { measured, settings };
    const route = line((_, i) => x(i), ({ norm }) => height(norm)).digits(1);
    CURVES.forEach(({ name }, i) => curves[i].attr("d", route(measured[name].path)));
    const c = y(Math.log10(settings.clip));
    threshold.attr("d", `M0,${c}H${inner}`);
    thresholdLabel.attr("x", inner + 8).attr("y", c);
    const { path, leaves } = measured.without;
    thrower.attr("display", leaves ? null : "none");
    throwerLabel.attr("display", leaves ? null : "none");
    if (!leaves) return;
    const [px, py] = [x(leaves - 1), height(path[leaves - 1].norm)];
    const left = px > inner * 0.6;
    thrower.attr("cx", px).attr("cy", py);
    // Above the curves, unless the names stand there.
    const up = py > 56 ? -10 : 4;
    throwerLabel.attr("x", px + (left ? -9 : 9)).attr("y", py + up).attr("text-anchor", left ? "end" : "start");
    throwerLabel.text("leads off the map");
  }

  return { node: svg.node(), layout, draw };
}
