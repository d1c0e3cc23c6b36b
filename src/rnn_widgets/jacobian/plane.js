// Left: the (γ, ρ) plane and the point to drag.
import { range } from "d3-array";
import { line } from "d3-shape";
import { appendHandle, draggable } from "../kit/drag.js";
import { factor } from "../kit/format.js";
import { createPlot } from "../kit/plot.js";
import { MAX, place, set } from "./lock.js";

const SMALL_STEP = 0.01;
const LARGE_STEP = 0.1;

/** `onMove({ gamma, rho })` is called for each movement of the point. */
export function createPlane({ onMove, signal }) {
  const plot = createPlot({
    name: "plane",
    label: "Plane of γ and ρ, each from 0 to 2",
    x: { domain: [0, MAX], ticks: [0, 1, 2], format: String, title: "γ, largest slope of φ" },
    y: { domain: [0, MAX], ticks: [0, 1, 2], format: String, title: "ρ = ‖W‖₂, norm" },
    margin: { right: 10, left: 38, bottom: 40 },
    interactive: true,
  });
  const { x, y, inside, over, surface } = plot;
  const vanishing = inside.append("path").attr("class", "vanishing");
  const border = inside.append("path").attr("class", "border");
  const level = inside.append("path").attr("class", "level");
  const guides = inside.append("path").attr("class", "guides");
  const regions = [
    regionLabel(over, "must", "γρ < 1", "must vanish", [[0.56, 0.36], [1.42, 0.26]]),
    regionLabel(over, "may", "γρ > 1", "may explode", [[1.42, 1.78], [1.42, 1.3]]),
  ];
  const handle = appendHandle(over, "γ and ρ: left and right change γ, up and down change ρ, Shift makes the step large")
    .attr("aria-valuemin", 0)
    .attr("aria-valuemax", MAX * MAX);
  let now = { gamma: 0, rho: 0, lock: false };

  /** The curve γρ = constant, inside the plane. */
  function hyperbola(constant) {
    const from = constant / MAX;
    const curve = line((gamma) => x(gamma), (gamma) => y(constant / gamma));
    return constant > 0 ? curve(range(0, 49).map((i) => from * (MAX / from) ** (i / 48))) : null;
  }

  function draw({ settings, open }) {
    now = settings;
    const { gamma, rho, lock } = settings;
    const [px, py] = [x(gamma), y(rho)];
    const product = gamma * rho;
    border.attr("d", hyperbola(1));
    vanishing.attr("d", `${hyperbola(1)}L${x(MAX)},${y(0)}L0,${y(0)}L0,0Z`);
    guides.attr("d", `M0,${py}H${px}V${y(0)}`);
    level.attr("d", hyperbola(product)).classed("kept", lock);
    for (const { label, places } of regions) {
      const free = places.find(([g, r]) => Math.abs(g - gamma) > 0.8 || Math.abs(r - rho) > 0.4) ?? places[0];
      label.attr("transform", `translate(${x(free[0])},${y(free[1])})`);
    }
    handle.attr("transform", `translate(${px},${py})`).attr("aria-valuenow", product.toFixed(4));
    handle.attr("aria-valuetext", `γ ${gamma.toFixed(2)}, ρ ${rho.toFixed(2)}, product ${factor(product)}`);
    // Before the guess is made there is nothing to move here.
    const node = handle.node();
    if (open) node.remove();
    else if (!node.parentNode) over.append(() => node);
  }

  draggable({
    handle,
    surface,
    areas: [surface, vanishing],
    onPlace: (right, up) => onMove(place(now, MAX * right, MAX * up, now.lock)),
    onStep([right, up], large) {
      const step = large ? LARGE_STEP : SMALL_STEP;
      if (right) onMove(set(now, "gamma", now.gamma + step * right, now.lock));
      else onMove(set(now, "rho", now.rho + step * up, now.lock));
    },
    signal,
  });

  return { node: plot.node, layout: plot.layout, draw };
}

/** A label with two places: it takes the second when the point comes near the first. */
function regionLabel(parent, name, condition, consequence, places) {
  const label = parent.append("text").attr("class", `region-label halo ${name}`);
  label.append("tspan").text(condition);
  label.append("tspan").attr("x", 0).attr("dy", "1.25em").text(consequence);
  return { label, places };
}
