// Left: the loss over (w, b), the start to drag, and both descents.
import { appendHandle, draggable } from "../kit/drag.js";
import { createPlot } from "../kit/plot.js";
import { createLandscape } from "./landscape.js";
import { createNames } from "./names.js";
import { levelLines, lossAt } from "./model.js";
import { levelsOf } from "./relief.js";
import { createWalks } from "./walks.js";

const COLUMNS = 25; // level lines are straight between the columns
const [SMALL_STEP, LARGE_STEP] = [0.01, 0.1];
const MARGIN = { top: 8, right: 12, left: 56 };

/** `onMove({w, b})` is called for each movement of the start. */
export function createMap({ problem, onMove, signal }) {
  const { target, w_range, b_range } = problem;
  const levels = levelsOf(target);
  const columns = Array.from({ length: COLUMNS + 1 }, (_, i) => w_range[0] + ((w_range[1] - w_range[0]) * i) / COLUMNS);
  const plot = createPlot({
    name: "map",
    label: "The loss over w and b, with both descents",
    x: { domain: w_range, title: "w, the recurrent weight" },
    y: { domain: b_range, title: "b, the bias" },
    margin: MARGIN,
    interactive: true,
  });
  const { x, y, surface, inside, over } = plot;
  const landscape = createLandscape(inside);
  const names = createNames(inside, over);
  const walks = createWalks(inside);
  const window = inside.append("rect").attr("class", "window");
  const still = over.append("circle").attr("class", "start").attr("r", 6);
  const label = "Start of both descents: left and right change w, up and down change b, Shift makes the step large";
  const handle = appendHandle(over, label).attr("aria-valuemin", w_range[0]).attr("aria-valuemax", w_range[1]);
  let last;
  let lines = { T: null };

  const inRange = (value, [least, greatest]) => Math.min(greatest, Math.max(least, Math.round(value * 100) / 100));
  const move = (w, b) => last.revealed && onMove({ w: inRange(w, w_range), b: inRange(b, b_range) });
  draggable({
    handle,
    surface,
    areas: [surface, inside],
    onPlace: (right, up) => move(x.invert(right * x.range()[1]), y.invert((1 - up) * y.range()[0])),
    onStep([right, up], large) {
      const step = large ? LARGE_STEP : SMALL_STEP;
      move(last.settings.w + step * right, last.settings.b + step * up);
    },
    signal,
  });

  const place = () => ({ x, y, size: [x.range()[1], y.range()[0]] });

  function drawLandscape() {
    const [width, height] = place().size;
    landscape.draw({ x, y, width, height, columns, lines: lines.b, range: b_range, lossAt: (w, b) => lossAt(w, b, lines.T, problem) });
  }

  function layout(width, height, now) {
    plot.layout(width, height);
    if (lines.b) drawLandscape();
    draw(now);
  }

  function draw(now) {
    last = now;
    const { settings, revealed } = now;
    if (settings.T !== lines.T) {
      lines = { T: settings.T, b: levelLines(levels, columns, settings.T, problem) };
      drawLandscape();
    }
    walks.draw(place(), now);
    const [px, py] = [x(settings.w), y(settings.b)];
    still.attr("cx", px).attr("cy", py).attr("display", revealed ? "none" : null);
    // Before the answer is seen there is nothing to drag here but the guess.
    handle.attr("display", revealed ? null : "none").classed("handle", revealed).attr("transform", `translate(${px},${py})`);
    handle.attr("aria-valuenow", settings.w).attr("aria-valuetext", `w ${settings.w.toFixed(2)}, b ${settings.b.toFixed(2)}`);
    names.draw(place(), { columns, lines: lines.b, b_range }, now);
  }

  /** Frame what is shown enlarged. */
  function frame({ w, b }) {
    window.attr("x", x(w[0])).attr("y", y(b[1])).attr("width", x(w[1]) - x(w[0])).attr("height", y(b[0]) - y(b[1]));
  }

  return { node: plot.node, layout, draw, frame, place };
}
