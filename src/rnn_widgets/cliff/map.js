// Left panel of the clipping explorer: the loss over (w, b), the start to drag, and both descents.
import { axisBottom, axisLeft } from "d3-axis";
import { scaleLinear } from "d3-scale";
import { create } from "d3-selection";
import { area, line } from "d3-shape";
import { hasCliff, levelLines } from "./model.js";
import { insidePart, route } from "./route.js";
import { appendHandle, draggable } from "../kit/drag.js";

const COLUMNS = 30; // level lines are straight between the columns
const LOWER = [0.44, 0.38, 0.32, 0.26, 0.2, 0.14, 0.09, 0.06, 0.03, 0.01, 0.002]; // losses where h_T < target
const UPPER = [0.002, 0.01, 0.03, 0.06]; // and where h_T > target
const NAMED = [...LOWER.map((loss) => [0.2, 0.32, 0.44].includes(loss)), true, ...UPPER.map((loss) => loss >= 0.03)];
const [CLIFF_AT, FOOT] = [5.2, LOWER.indexOf(0.26)]; // the w and the line of its name
const MARGIN = { top: 10, right: 12, bottom: 40, left: 56 };
const [SMALL_STEP, LARGE_STEP] = [0.01, 0.1];

/** `onMove({w, b})` is called for each movement of the start. */
export function createMap({ problem, onMove, signal }) {
  const { target, w_range, b_range } = problem;
  const losses = [...LOWER, 0, ...UPPER];
  const levels = losses.map((loss, i) => target + (i < LOWER.length ? -1 : 1) * Math.sqrt(loss));
  const columns = Array.from({ length: COLUMNS + 1 }, (_, i) => w_range[0] + ((w_range[1] - w_range[0]) * i) / COLUMNS);
  const x = scaleLinear(w_range, [0, 1]);
  const y = scaleLinear(b_range, [1, 0]);
  let last;
  let lines = { T: null };
  let width = 0;
  let height = 0;

  const svg = create("svg:svg").attr("class", "map").attr("role", "group");
  const frame = svg.append("g").attr("transform", `translate(${MARGIN.left},${MARGIN.top})`);
  const inside = frame.append("svg").attr("class", "clip"); // clips without needing an id
  // Each band is painted over all that lies above its lower line, so that no gap shows between two bands.
  const ground = inside.append("rect").attr("class", "band").style("--loss", "100%");
  const bands = losses.map((loss, i) => {
    const mean = (loss + (losses[i + 1] ?? 0.09)) / 2;
    return inside.append("path").attr("class", "band").style("--loss", `${Math.round((100 * mean) / 0.49)}%`);
  });
  const valley = inside.append("path").attr("class", "valley");
  const numbers = losses.map((loss, i) => {
    return NAMED[i] ? inside.append("text").attr("class", "small halo").text(loss || "loss 0") : null;
  });
  const cliff = inside.append("text").attr("class", "halo region-label").text("the cliff");
  const paths = ["clipped", "without"].map((name) => {
    const group = inside.append("g").attr("class", `descent ${name}`);
    return ["under", "line", "dots"].map((part) => group.append("path").attr("class", part));
  });
  const ends = ["clipped", "without"].map((name) => inside.append("path").attr("class", `end ${name}`));
  const surface = frame.append("rect").attr("class", "surface");
  const away = frame.append("text").attr("class", "halo small away").text("off the map");
  const xAxis = frame.append("g").attr("class", "axis").attr("aria-hidden", "true");
  const yAxis = frame.append("g").attr("class", "axis").attr("aria-hidden", "true");
  const xTitle = frame.append("text").attr("class", "axis-title").text("w, the recurrent weight");
  const yTitle = frame.append("text").attr("class", "axis-title").text("b, the bias");
  const label = "Start of both descents: left and right change w, up and down change b, Shift makes the step large";
  const handle = appendHandle(frame, label).attr("aria-valuemin", w_range[0]).attr("aria-valuemax", w_range[1]);
  const startLabel = frame.append("text").attr("class", "halo start-label").attr("aria-hidden", "true").text("start");

  const inRange = (value, [least, greatest]) => Math.min(greatest, Math.max(least, Math.round(value * 100) / 100));
  const move = (w, b) => onMove({ w: inRange(w, w_range), b: inRange(b, b_range) });
  draggable({
    handle,
    surface,
    onPlace: (right, up) => move(x.invert(right * width), y.invert((1 - up) * height)),
    onStep([right, up], large) {
      const step = large ? LARGE_STEP : SMALL_STEP;
      move(last.settings.w + step * right, last.settings.b + step * up);
    },
    signal,
  });

  function layout(available, tallest) {
    width = Math.max(120, available - MARGIN.left - MARGIN.right);
    height = Math.min(tallest, 0.9 * width);
    svg.attr("width", width + MARGIN.left + MARGIN.right).attr("height", height + MARGIN.top + MARGIN.bottom);
    x.range([0, width]);
    y.range([height, 0]);
    for (const box of [inside, ground, surface]) box.attr("width", width).attr("height", height);
    xAxis.attr("transform", `translate(0,${height})`).call(axisBottom(x).ticks(6).tickSizeOuter(0));
    yAxis.call(axisLeft(y).ticks(5).tickSizeOuter(0));
    xTitle.attr("x", width / 2).attr("y", height + 36);
    yTitle.attr("transform", `translate(-44,${height / 2}) rotate(-90)`);
    drawSurface();
    if (last) draw(last.measured, last.settings);
  }

  function drawSurface() {
    if (lines.T === null || !width) return;
    const curve = line((b, i) => x(columns[i]), (b) => y(b));
    const above = area((b, i) => x(columns[i]), -2, (b) => y(b));
    lines.b.forEach((values, i) => bands[i].attr("d", above(values)));
    valley.attr("d", curve(lines.b[LOWER.length]));
    numbers.forEach((text, i) => text && placeNumber(text, lines.b[i], i - LOWER.length));
    const at = columns.findIndex((w) => w >= CLIFF_AT);
    const low = lines.b[FOOT][at];
    const named = hasCliff(lines.T) && low > b_range[0];
    const slope = y(lines.b[FOOT][at + 1]) - y(low);
    const turn = (Math.atan2(slope, x(columns[at + 1]) - x(columns[at])) * 180) / Math.PI;
    cliff.attr("display", named ? null : "none");
    cliff.attr("transform", `translate(${x(columns[at])},${y(low)}) rotate(${turn}) translate(0,18)`);
  }

  /** A loss stands on its line near the left edge, or near the right one if h_T > target; 0 stands beside its line. */
  function placeNumber(text, values, side) {
    const right = side > 0;
    const nearest = side === 0 ? 0.15 * width : 8;
    const order = right ? columns.map((_, i) => COLUMNS - i) : columns.map((_, i) => i);
    const at = order.find((i) => {
      const far = right ? width - x(columns[i]) : x(columns[i]);
      return far >= nearest && y(values[i]) > 14 && y(values[i]) < height - 6;
    });
    text.attr("display", at === undefined ? "none" : null);
    if (at === undefined) return;
    text.attr("x", x(columns[at]) + (side ? 0 : 8)).attr("y", y(values[at]) + (side ? 4 : -4));
    text.attr("text-anchor", right ? "end" : "start");
  }

  function draw(measured, settings) {
    last = { measured, settings };
    if (settings.T !== lines.T) {
      lines = { T: settings.T, b: levelLines(levels, columns, settings.T, problem) };
      drawSurface();
    }
    const descents = [measured.clipped, measured.without];
    descents.forEach(({ path, leaves }, i) => {
      const points = path.map(({ w, b }) => [x(w), y(b)]);
      const { line: d, dots: corners } = route(points, [width, height]);
      const [under, visible, dots] = paths[i];
      under.attr("d", d);
      visible.attr("d", d);
      dots.attr("d", corners);
      const end = points.at(-1);
      const gone = insidePart(end, end, [width, height]) === null;
      ends[i].attr("d", gone ? null : (i ? cross : square)(...end));
      if (i) drawAway(points, leaves);
    });
    const [px, py] = [x(settings.w), y(settings.b)];
    handle.attr("transform", `translate(${px},${py})`);
    handle.attr("aria-valuenow", settings.w).attr("aria-valuetext", `w ${settings.w.toFixed(2)}, b ${settings.b.toFixed(2)}`);
    const left = settings.w > w_range[1] - 0.5;
    startLabel.attr("text-anchor", left ? "end" : "start").attr("x", px + (left ? -14 : 14)).attr("y", py + (py > height - 20 ? -8 : 18));
  }

  /** Where the descent without clipping crosses the map's edge. */
  function drawAway(points, leaves) {
    const [, exit] = (leaves && insidePart(points[leaves - 1], points[leaves], [width, height])) || [];
    if (!exit) {
      away.attr("display", "none");
      return;
    }
    const [px, py] = exit;
    const crowded = Math.hypot(px - points[0][0], py - points[0][1]) < 60; // the start's own label stands there
    const left = px > width / 2;
    away.attr("display", crowded ? "none" : null).attr("text-anchor", left ? "end" : "start");
    away.attr("x", px + (left ? -8 : 8)).attr("y", Math.min(height - 8, Math.max(16, py)));
  }

  return { node: svg.node(), layout, draw };
}

const square = (x, y) => `M${x - 5},${y - 5}h10v10h-10Z`;
const cross = (x, y) => `M${x - 5},${y - 5}l10,10m0,-10l-10,10`;
