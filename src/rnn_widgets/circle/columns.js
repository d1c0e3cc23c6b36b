// Left: the matrix, as the places to which it sends (1, 0) and (0, 1), and the circle after one step.
import { line } from "d3-shape";
import { range } from "d3-array";
import { appendHandle, draggable } from "../kit/drag.js";
import { createPlot } from "../kit/plot.js";

const MOST = 1.5;
const ANGLES = range(0, 121).map((i) => (i * Math.PI) / 60);
const NAMES = ["first", "second"];

/** The image of the unit circle under a matrix, as a path on the scales of a plot. */
export const imagePath = ([a, b, c, d], { x, y }) => {
  const image = ANGLES.map((angle) => [Math.cos(angle), Math.sin(angle)]);
  return line(([u, v]) => x(a * u + b * v), ([u, v]) => y(c * u + d * v))(image);
};

const within = (value) => Math.min(MOST, Math.max(-MOST, Math.round(value * 100) / 100)) + 0; // no −0
export const signed = (value) => value.toFixed(2).replace("-", "−");

export function createColumns({ commit, get, signal }) {
  const axis = { domain: [-1.6, 1.6], ticks: [-1, 0, 1], title: "", format: (value) => String(value).replace("-", "−") };
  const plot = createPlot({
    name: "columns",
    label: "The two columns of W as arrows",
    x: axis,
    y: axis,
    margin: { top: 8, right: 8, bottom: 24, left: 24 },
    interactive: true,
  });
  const { x, y, inside, over, surface } = plot;
  const unit = inside.append("path").attr("class", "unit");
  const image = inside.append("path").attr("class", "image once");
  const arrows = NAMES.map((name) => inside.append("path").attr("class", `column ${name}`));
  const handles = NAMES.map((name, i) => {
    const label = `${name} column of W, where (${i ? "0, 1" : "1, 0"}) goes: left and right change its upper entry, up and down its lower one, Shift makes the step large`;
    const handle = appendHandle(over, label).classed(name, true).attr("aria-valuemin", -MOST).attr("aria-valuemax", MOST);
    draggable({
      handle,
      surface,
      areas: [],
      onPlace: (right, up) => commit({ [name]: [within(x.domain()[0] + 3.2 * right), within(y.domain()[0] + 3.2 * up)] }),
      onStep([right, up], large) {
        const [upper, lower] = get(name);
        const step = large ? 0.1 : 0.01;
        commit({ [name]: [within(upper + step * right), within(lower + step * up)] });
      },
      signal,
    });
    return handle;
  });

  function draw({ settings, measured: { W, powers }, open }) {
    unit.attr("d", imagePath(powers[0], plot));
    image.attr("d", imagePath(W, plot));
    NAMES.forEach((name, i) => {
      const [upper, lower] = settings[name];
      arrows[i].attr("d", `M${x(0)},${y(0)}L${x(upper)},${y(lower)}`);
      // Before the guess is made there is nothing to move here.
      const handle = handles[i].attr("transform", `translate(${x(upper)},${y(lower)})`).node();
      if (open) handle.remove();
      else if (!handle.parentNode) over.append(() => handle);
      handles[i].attr("aria-valuenow", upper).attr("aria-valuetext", `${signed(upper)}, ${signed(lower)}`);
    });
  }

  return { node: plot.node, layout: plot.layout, draw };
}
