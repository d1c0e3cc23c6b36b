// Above: the forget gate at each step, on the scale of its argument, and the stretch that a reader lifts or lowers.
import { appendHandle, draggable } from "../kit/drag.js";
import { factor } from "../kit/format.js";
import { createPlot } from "../kit/plot.js";
import { HIGHEST, lifted, LOWEST, STEPS } from "./model.js";

export const ACROSS = { domain: [0.4, STEPS + 0.6], ticks: [1, 10, 20, 30, 40] };
const SHOWN = [0.1, 0.5, 0.9, 0.99, 0.999];
const argument = (f) => Math.log(f / (1 - f));
const ENDS = ["left", "right"];
const bounded = (value, least, most) => Math.min(most, Math.max(least, value)) + 0; // no −0
const tenth = (value) => Math.round(10 * value) / 10;

export function createGates({ get, commit, prediction, signal }) {
  const plot = createPlot({
    name: "gates",
    label: "The forget gate at each step",
    x: { ...ACROSS, title: "" },
    y: { domain: [LOWEST - 0.5, HIGHEST + 0.5], title: "gate f", ticks: SHOWN.map(argument), format: (a) => String(Number((1 / (1 + Math.exp(-a))).toFixed(3))) },
    margin: { top: 8, bottom: 20, left: 64 },
    interactive: true,
  });
  const { x, y, inside, over, surface } = plot;
  const stretch = inside.append("rect").attr("class", "stretch");
  const ghost = inside.append("path").attr("class", "curve ghost");
  const curve = inside.append("path").attr("class", "curve gate-curve");
  const now = over.append("path").attr("class", "now-line");

  /** A stretch's end at a step, and its gate's argument at a height. */
  const liftTo = (height) => tenth(bounded(height, LOWEST, HIGHEST) - get("b"));
  const stepAt = (step) => bounded(Math.round(step), 2, STEPS);
  const under = (right, up) => {
    const [[from, to], [low, high]] = [x.domain(), y.domain()];
    return { step: stepAt(from + right * (to - from)), lift: liftTo(low + up * (high - low)) };
  };

  const handles = ENDS.map((name, i) => {
    const handle = appendHandle(over, `${i ? "other" : "one"} end of the stretch: left and right move it, up and down move the gate within the stretch, Shift makes the step large`);
    handle.attr("aria-valuemin", 2).attr("aria-valuemax", STEPS);
    draggable({
      handle,
      surface,
      areas: [],
      onPlace(right, up) {
        const { step, lift } = under(right, up);
        commit({ [name]: step, lift });
      },
      onStep([right, up], large) {
        if (right) commit({ [name]: stepAt(get(name) + right * (large ? 5 : 1)) });
        else commit({ lift: liftTo(lifted({ b: get("b"), lift: get("lift") }) + up * (large ? 1 : 0.1)) });
      },
      signal,
    });
    return handle;
  });

  // A mouse may draw a stretch anew, from where it is pressed.
  const area = surface.node();
  const place = (event) => {
    const box = area.getBoundingClientRect();
    return under((event.clientX - box.left) / box.width, 1 - (event.clientY - box.top) / box.height);
  };
  area.addEventListener(
    "pointerdown",
    (event) => {
      if (event.pointerType !== "mouse" || event.button !== 0 || prediction.stage() === "asked") return;
      event.preventDefault();
      area.setPointerCapture(event.pointerId);
      const { step, lift } = place(event);
      commit({ left: step, right: step, lift });
    },
    { signal },
  );
  area.addEventListener(
    "pointermove",
    (event) => {
      if (!area.hasPointerCapture(event.pointerId)) return;
      const { step, lift } = place(event);
      commit({ right: step, lift });
    },
    { signal },
  );

  function course({ f }) {
    const heights = f.map((value) => y(argument(value)));
    return heights.map((height, k) => `${k ? "L" : "M"}${x(k + 0.5)},${height}H${x(k + 1.5)}`).join("");
  }

  function draw({ settings, measured, before, open }) {
    const { first, last, outside, inside: within } = measured;
    const height = y.range()[0];
    stretch.attr("x", x(first - 0.5)).attr("width", x(last + 0.5) - x(first - 0.5)).attr("height", height).attr("display", open ? "none" : null);
    curve.attr("d", course(measured));
    ghost.attr("d", before ? course(before.measured) : null);
    now.attr("d", `M${x(settings.step)},0V${height}`).attr("display", open ? "none" : null);
    const up = y(lifted(settings));
    ENDS.forEach((name, i) => {
      const handle = handles[i].attr("transform", `translate(${x(settings[name])},${up})`).node();
      // Before the guess is made there is nothing to move here.
      if (open) handle.remove();
      else if (!handle.parentNode) over.append(() => handle);
      handles[i].attr("aria-valuenow", settings[name]).attr("aria-valuetext", `step ${settings[name]}, gate ${factor(within)}`);
    });
    plot.describe(`The forget gate at each step: ${factor(outside)}${within === outside ? "" : `, and ${factor(within)} in steps ${first} to ${last}`}.`);
  }

  return { node: plot.node, layout: plot.layout, draw };
}
