// Left: the valley from above, its contours, the start to drag and the path.
import { appendHandle, draggable } from "../kit/drag.js";
import { createPlot } from "../kit/plot.js";

const HALF = 4.5; // of the map's width in units of u
const RINGS = Array.from({ length: 18 }, (_, k) => 0.5 * (k + 1)); // half axes along u
const FAR = 2000; // px from the middle: no line needs to be longer
const MARGIN = { left: 44, right: 10, top: 8, bottom: 42 };
const shown = (value) => String(value).replace("-", "−");
const places = (value) => value.toFixed(2).replace("-", "−");

/** The height of a map so wide on which u and v have the same scale. */
export const heightFor = (width) => (width - MARGIN.left - MARGIN.right) / 2 + MARGIN.top + MARGIN.bottom;

/** A path in px as far as it is near, and its first corner that is not, drawn towards the middle. */
function withinReach(points, [cx, cy]) {
  const kept = [];
  for (const [px, py] of points) {
    const distance = Math.max(Math.abs(px - cx), Math.abs(py - cy));
    const scale = Math.min(1, FAR / distance);
    kept.push(scale < 1 ? [cx + scale * (px - cx), cy + scale * (py - cy)] : [px, py]);
    if (scale < 1) break;
  }
  return kept;
}

export function createMap({ get, commit, signal }) {
  const plot = createPlot({
    name: "valley-map",
    label: "The valley from above",
    x: { domain: [-HALF, HALF], title: "u", ticks: [-4, -2, 0, 2, 4], format: shown },
    y: { domain: [-HALF / 2, HALF / 2], title: "v", ticks: [-2, -1, 0, 1, 2], format: shown },
    margin: MARGIN,
    interactive: true,
  });
  const { x, y, inside, over, surface } = plot;
  const rings = inside.append("g").attr("class", "rings");
  const bottom = inside.append("path").attr("class", "bottom");
  const ghost = inside.append("path").attr("class", "curve ghost");
  const line = inside.append("path").attr("class", "curve walk");
  const dots = inside.append("g").attr("class", "dots");
  const handle = appendHandle(over, "start of the descent: the arrow keys move it, Shift makes the step large");
  const bounded = (value, name) => {
    const { min, max } = get("schema")[name];
    return Math.min(max, Math.max(min, Math.round(20 * value) / 20)) + 0; // no −0
  };
  draggable({
    handle,
    surface,
    onPlace: (right, up) => handle.node().parentNode && commit({ u: bounded(HALF * (2 * right - 1), "u"), v: bounded(HALF * (up - 0.5), "v") }),
    onStep: ([right, up], large) => commit({ u: bounded(get("u") + right * (large ? 1 : 0.1), "u"), v: bounded(get("v") + up * (large ? 0.5 : 0.05), "v") }),
    signal,
  });

  /** The corners of a path in px, up to a step. */
  const corners = ({ path }, step) => withinReach(path.slice(0, step + 1).map(([u, v]) => [x(u), y(v)]), [x(0), y(0)]);
  const drawn = (points) => (points.length > 1 ? `M${points.join("L")}` : null);

  function draw({ settings: { u, v, kappa, step }, measured, before, open, seen }) {
    const root = Math.sqrt(kappa);
    rings.selectAll("ellipse").data(RINGS).join("ellipse").attr("cx", x(0)).attr("cy", y(0))
      .attr("rx", (half) => x(half) - x(0)).attr("ry", (half) => y(0) - y(half / root));
    bottom.attr("d", `M${x(0) - 7},${y(0)}h14m-7,-7v14`);
    const points = corners(measured, open ? seen : step);
    line.attr("d", drawn(points));
    dots.selectAll("circle").data(points).join("circle").attr("cx", ([px]) => px).attr("cy", ([, py]) => py)
      .attr("r", (_, t) => (t === step ? 6 : 3.5)).attr("class", (_, t) => (t === step ? "now" : "past"));
    const old = before && !open && before.measured.path !== measured.path && before.settings.step === step ? corners(before.measured, step) : [];
    ghost.attr("d", drawn(old));
    // Before the guess is made there is nothing to move here.
    const node = handle.attr("transform", `translate(${x(u)},${y(v)})`).node();
    if (open) node.remove();
    else if (!node.parentNode) over.append(() => node);
    handle.attr("aria-valuemin", -4).attr("aria-valuemax", 4).attr("aria-valuenow", u).attr("aria-valuetext", `u ${places(u)}, v ${places(v)}`);
    plot.describe(`The valley from above for κ = ${kappa.toFixed(2)}, and ${open ? seen : step} steps from u = ${places(u)}, v = ${places(v)}.`);
  }

  return { node: plot.node, layout: plot.layout, draw };
}
