// The intensity in time: its jumps and its decay, the events, a point that reads it, and the reader's guess.
import { line } from "d3-shape";
import { appendHandle, draggable } from "../kit/drag.js";
import { counted } from "../kit/format.js";
import { rate } from "../kit/hawkes.js";
import { createPlot } from "../kit/plot.js";
import { createSketch } from "../kit/sketch.js";
import { END } from "./model.js";
import { amount } from "./words.js";

const FINE = 60; // points of the curve between two events
const TICK = 14; // px
const TOPS = [1, 1.5, 2, 3, 4, 6, 8, 12, 16, 24, 40];
const STEP = 0.1; // of an arrow key

/** `onTap(t)`: the reader wants an event there, or the one that is there away; `onRead(t)`: to read λ there. */
export function createCurve({ get, prediction, onTap, onRead, signal }) {
  const plot = createPlot({
    name: "intensity",
    label: "The intensity in time",
    x: { domain: [0, END], title: "time t", ticks: [0, 2, 4, 6, 8, 10] },
    y: { domain: [0, 1], title: "intensity λ(t)", ticks: 4 },
    interactive: true,
  });
  const { x, y, inside, over, surface } = plot;
  const base = inside.append("path").attr("class", "base");
  const ghost = inside.append("path").attr("class", "curve ghost");
  const jumps = inside.append("path").attr("class", "jumps");
  const curve = inside.append("path").attr("class", "curve rate-curve");
  const tops = inside.append("g").attr("class", "tops");
  const guide = inside.append("path").attr("class", "guides");
  const ticks = over.append("g").attr("class", "events");
  const label = over.append("text").attr("class", "halo reading").attr("text-anchor", "end").attr("y", 16);
  const place = get("initial").at;
  const sketch = createSketch({
    group: over, surface, x, y, places: [place], step: 0.02, format: amount,
    label: () => `your guess of λ at ${place.toFixed(2)}`, onChange: ([value]) => prediction.change(value), signal,
  });
  const handle = appendHandle(over, "time at which λ is read; Enter makes an event there");
  handle.attr("aria-roledescription", null).attr("aria-valuemin", 0).attr("aria-valuemax", END);
  const within = (t) => Math.min(END, Math.max(0, Math.round(100 * t) / 100));
  draggable({ handle, surface, areas: [], onPlace: (right) => onRead(within(END * right)), onStep: ([right, up], large) => onRead(within(get("at") + (right + up) * STEP * (large ? 10 : 1))), signal });
  handle.node().addEventListener(
    "keydown",
    (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      event.stopPropagation();
      onTap(get("at"));
    },
    { signal },
  );
  surface.node().addEventListener(
    "click",
    (event) => {
      if (prediction.stage() === "asked") return;
      const box = surface.node().getBoundingClientRect();
      onTap(within((END * (event.clientX - box.left)) / box.width), (8 * END) / box.width);
    },
    { signal },
  );

  /** The curve up to a time, in pieces from event to event. */
  function course({ process, R }, events, until) {
    const path = line((p) => x(p[0]), (p) => y(p[1]));
    const breaks = [0, ...events, END].filter((t, i, all) => i === all.length - 1 || t <= until);
    return breaks.slice(0, -1).map((from, i) => {
      const to = Math.min(breaks[i + 1], until);
      if (to <= from) return "";
      return path(Array.from({ length: FINE + 1 }, (_, k) => [from + ((to - from) * k) / FINE, rate(process, R[i], ((to - from) * k) / FINE)]));
    }).join("");
  }

  function draw({ settings: { events, at, mu }, measured, before, revealed, guess, open }) {
    const { before: low, after, here, peak } = measured;
    const [width, height] = [x.range()[1], y.range()[0]];
    const top = TOPS.find((value) => value >= 1.05 * peak) ?? peak;
    if (y.domain()[1] !== top) {
      y.domain([0, top]);
      plot.axes();
    }
    const until = revealed ? END : (events.at(-1) ?? 0);
    base.attr("d", `M0,${y(mu)}H${width}`);
    curve.attr("d", course(measured, events, until));
    jumps.attr("d", events.map((t, i) => `M${x(t)},${y(low[i])}V${y(after[i])}`).join(""));
    tops.selectAll("circle").data(events).join("circle").attr("r", 3).attr("cx", x).attr("cy", (_, i) => y(after[i]));
    ghost.attr("d", before && revealed ? course(before.measured, before.settings.events, END) : null);
    ticks.selectAll("path").data(events).join("path").attr("d", (t) => `M${x(t)},${height}v${-TICK}`);
    guide.attr("d", revealed ? `M${x(at)},${height}V${y(here)}` : null);
    label.attr("display", revealed ? null : "none").attr("x", width - 6).text(`λ(${at.toFixed(2)}) = ${amount(here)}`);
    handle.attr("display", revealed ? null : "none").attr("transform", `translate(${x(at)},${y(here)})`);
    handle.attr("aria-valuenow", at).attr("aria-valuetext", `time ${at.toFixed(2)}, λ is ${amount(here)}`);
    over.select(".sketch").attr("display", guess === null ? "none" : null);
    sketch.draw([guess ?? 0], open);
    plot.describe(`The intensity over ten units of time, with ${counted(events.length, "event")}${revealed ? `; it reaches ${amount(peak)}` : ""}.`);
  }

  return { node: plot.node, layout: plot.layout, draw };
}
