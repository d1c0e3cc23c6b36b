// The map around the present place, several times larger: there the foot of the cliff can be seen.
import { scaleLinear } from "d3-scale";
import { create } from "d3-selection";
import { createLandscape } from "./landscape.js";
import { levelLines, lossAt } from "./model.js";
import { levelsOf } from "./relief.js";
import { createWalks } from "./walks.js";
import { isShown } from "./words.js";

export const TIMES = 5;
const COLUMNS = 14;
const BELOW = 0.28; // of b: what lies so far below may throw its shadow into the picture
const RECENT = 5; // places whose mean is the centre, so that a descent that jumps to and fro does not shake the view
const REACH = 0.7; // of the half window: so far from the centre may the present place be

/** The last place on the map of the descent that is looked at, and a few before it. */
function recent({ measured, settings, revealed }) {
  const { path, leaves } = isShown.clipped(settings) ? measured.clipped : measured.without;
  const end = Math.min(leaves ?? path.length, revealed ? Infinity : measured.apart + 1);
  return path.slice(Math.max(0, end - RECENT), Math.max(1, end));
}

export function createLens({ problem }) {
  const levels = levelsOf(problem.target);
  const [x, y] = [scaleLinear(), scaleLinear()];
  const svg = create("svg:svg").attr("class", "lens").attr("role", "img").attr("aria-label", "The map around the descent, enlarged");
  const inside = svg.append("svg").attr("class", "clip");
  const landscape = createLandscape(inside);
  const walks = createWalks(inside);
  const start = inside.append("circle").attr("class", "start").attr("r", 6);
  const border = svg.append("rect").attr("class", "border");
  let [width, height] = [0, 0];

  function layout(outerWidth, outerHeight) {
    [width, height] = [outerWidth, outerHeight];
    for (const box of [svg, inside, border]) box.attr("width", width).attr("height", height);
    x.range([0, width]);
    y.range([height, 0]);
  }

  /** Draw, and say which part of the map it is: { w, b }; `map` has the scales of the whole. */
  function draw(map, now) {
    const places = recent(now);
    const here = places.at(-1);
    const half = (scale, size) => Math.abs(scale.invert(size) - scale.invert(0)) / TIMES / 2;
    const centre = (name, size) => {
      const mean = places.reduce((sum, place) => sum + place[name], 0) / places.length;
      return Math.min(here[name] + REACH * size, Math.max(here[name] - REACH * size, mean));
    };
    const [wide, high] = [half(map.x, width), half(map.y, height)];
    const [w, b] = [["w", wide], ["b", high]].map(([name, size]) => [centre(name, size) - size, centre(name, size) + size]);
    x.domain(w);
    y.domain(b);
    const columns = Array.from({ length: COLUMNS + 1 }, (_, i) => w[0] + ((w[1] - w[0]) * i) / COLUMNS);
    const { T } = now.settings;
    const range = [b[0] - BELOW, b[1]];
    const lines = levelLines(levels, columns, T, { ...problem, b_range: range });
    landscape.draw({ x, y, width, height, columns, lines, range, lossAt: (w, b) => lossAt(w, b, T, problem) });
    walks.draw({ x, y, size: [width, height] }, now);
    start.attr("cx", x(now.settings.w)).attr("cy", y(now.settings.b));
    return { w, b };
  }

  return { node: svg.node(), layout, draw };
}
