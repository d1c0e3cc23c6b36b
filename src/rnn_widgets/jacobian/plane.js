// Left panel of the Jacobian explorer: the (γ, ρ) plane and the point to drag.
import { axisBottom, axisLeft } from "d3-axis";
import { range } from "d3-array";
import { scaleLinear } from "d3-scale";
import { create } from "d3-selection";
import { line } from "d3-shape";
import { appendHandle, draggable } from "../kit/drag.js";
import { factor } from "../kit/format.js";

const MAX = 2;
const SMALL_STEP = 0.01;
const LARGE_STEP = 0.1;
const MARGIN = { top: 10, right: 12, bottom: 40, left: 44 };

const inRange = (value) => Math.min(MAX, Math.max(0, Math.round(value * 100) / 100));

/** `onMove({gamma, rho})` is called for each movement of the point. */
export function createPlane({ onMove, signal }) {
  const x = scaleLinear([0, MAX], [0, 1]);
  const y = scaleLinear([0, MAX], [1, 0]);
  let point = { gamma: 0, rho: 0 };

  const svg = create("svg:svg").attr("class", "plane").attr("role", "group");
  svg.attr("aria-label", "Plane of γ and ρ, each from 0 to 2");
  const frame = svg.append("g").attr("transform", `translate(${MARGIN.left},${MARGIN.top})`);
  const surface = frame.append("rect").attr("class", "surface");
  const vanishing = frame.append("path").attr("class", "vanishing");
  const border = frame.append("path").attr("class", "border");
  const level = frame.append("path").attr("class", "level");
  const xAxis = frame.append("g").attr("class", "axis").attr("aria-hidden", "true");
  const yAxis = frame.append("g").attr("class", "axis").attr("aria-hidden", "true");
  const guides = frame.append("path").attr("class", "guides");
  const must = regionLabel(frame, "must", "γρ < 1", "must vanish", [[0.5, 0.3], [1.4, 0.3]]);
  const may = regionLabel(frame, "may", "γρ > 1", "may explode", [[1.5, 1.75], [1.5, 1.15]]);
  const xTitle = frame.append("text").attr("class", "axis-title").text("γ, the largest slope of φ");
  const yTitle = frame.append("text").attr("class", "axis-title").text("ρ = ‖W‖₂, the spectral norm");
  const handle = appendHandle(frame, "γ and ρ: left and right change γ, up and down change ρ, Shift makes the step large")
    .attr("aria-valuemin", 0)
    .attr("aria-valuemax", MAX * MAX);
  const product = frame.append("text").attr("class", "halo product").attr("aria-hidden", "true");

  /** The product along γρ = constant, inside the plane. */
  function hyperbola(constant) {
    const from = constant / MAX;
    const curve = line((gamma) => x(gamma), (gamma) => y(constant / gamma));
    return constant > 0 ? curve(range(0, 49).map((i) => from * (MAX / from) ** (i / 48))) : null;
  }

  function layout(width, largest) {
    const side = Math.max(120, Math.min(width - MARGIN.left - MARGIN.right, largest));
    svg.attr("width", side + MARGIN.left + MARGIN.right).attr("height", side + MARGIN.top + MARGIN.bottom);
    x.range([0, side]);
    y.range([side, 0]);
    surface.attr("width", side).attr("height", side);
    border.attr("d", hyperbola(1));
    vanishing.attr("d", `${hyperbola(1)}L${side},${side}L0,${side}L0,0Z`);
    xAxis.attr("transform", `translate(0,${side})`).call(axisBottom(x).ticks(4).tickSizeOuter(0));
    yAxis.call(axisLeft(y).ticks(4).tickSizeOuter(0));
    xTitle.attr("x", side / 2).attr("y", side + 36);
    yTitle.attr("transform", `translate(-32,${side / 2}) rotate(-90)`);
    draw(point);
  }

  function draw({ gamma, rho }) {
    point = { gamma, rho };
    const [px, py] = [x(gamma), y(rho)];
    handle.attr("transform", `translate(${px},${py})`);
    guides.attr("d", `M0,${py}H${px}V${y(0)}`);
    const value = gamma * rho;
    level.attr("d", hyperbola(value));
    // The label keeps inside the frame: left of the point on the right side, below it at the top.
    for (const { label, places } of [must, may]) {
      const [gx, ry] = places.find(([g, r]) => Math.abs(g - gamma) > 0.8 || Math.abs(r - rho) > 0.35) ?? places[0];
      label.attr("transform", `translate(${x(gx)},${y(ry)})`);
    }
    const left = gamma > MAX * 0.62;
    product
      .text(`γρ = ${factor(value)}`)
      .attr("text-anchor", left ? "end" : "start")
      .attr("x", px + (left ? -16 : 16))
      .attr("y", py + (rho > MAX * 0.9 ? 24 : -12));
    handle
      .attr("aria-valuenow", value.toFixed(4))
      .attr("aria-valuetext", `γ ${gamma.toFixed(2)}, ρ ${rho.toFixed(2)}, product ${factor(value)}`);
  }

  draggable({
    handle,
    surface,
    areas: [surface, vanishing],
    onPlace: (right, up) => onMove({ gamma: inRange(MAX * right), rho: inRange(MAX * up) }),
    onStep([right, up], large) {
      const step = large ? LARGE_STEP : SMALL_STEP;
      onMove({ gamma: inRange(point.gamma + step * right), rho: inRange(point.rho + step * up) });
    },
    signal,
  });

  return { node: svg.node(), layout, draw };
}

/** A label with two places: it takes the second when the point comes near the first. */
function regionLabel(parent, name, condition, consequence, places) {
  const label = parent.append("text").attr("class", `region-label halo ${name}`);
  label.append("tspan").text(condition);
  label.append("tspan").attr("x", 0).attr("dy", "1.25em").text(consequence);
  return { label, places };
}
