// The strip into which the darts fall: the ceiling, the curve, and what became of each dart.
import { range } from "d3-array";
import { line } from "d3-shape";
import { createPlot } from "../kit/plot.js";
import { echo, END, HIGHEST, wave } from "./model.js";

const FINE = 240; // pieces of the curve
const SHOWN = 3; // darts that a reader sees before the guess

export function createStrip() {
  const plot = createPlot({
    name: "strip",
    label: "Darts under a ceiling",
    x: { domain: [0, END], title: "time t", ticks: [0, 2, 4, 6, 8, 10] },
    y: { domain: [0, HIGHEST + 0.5], title: "height", ticks: [0, 2, 4, 6], format: String },
  });
  const { x, y, inside } = plot;
  const area = inside.append("path").attr("class", "below");
  const roof = inside.append("path").attr("class", "above");
  const ghost = inside.append("path").attr("class", "ghost");
  const ceilingLine = inside.append("path").attr("class", "ceiling");
  const future = inside.append("path").attr("class", "curve future");
  const curveLine = inside.append("path").attr("class", "curve rate-curve");
  const flight = inside.append("path").attr("class", "flight");
  const dropped = inside.append("path").attr("class", "dropped");
  const kept = inside.append("path").attr("class", "kept");
  const path = line((p) => x(p[0]), (p) => y(p[1]));

  /** Points of λ between two times, whose events are known. */
  function course({ events, R }, curve, from, to) {
    if (curve === "wave") return range(FINE + 1).map((k) => from + ((to - from) * k) / FINE).map((t) => [t, wave(t)]);
    const breaks = [0, ...events, END];
    return breaks.slice(0, -1).flatMap((start, i) => {
      const [a, b] = [Math.max(start, from), Math.min(breaks[i + 1], to)];
      if (a > b) return [];
      const pieces = Math.max(1, Math.ceil((FINE * (b - a)) / END));
      return range(pieces + 1).map((k) => a + ((b - a) * k) / pieces).map((t) => [t, echo(R[i], t - start)]);
    });
  }

  function draw({ settings: { curve, ceiling }, measured, before, open }) {
    const { times, heights, count } = measured;
    const [right] = x.range().slice(1);
    const whole = course(measured, curve, 0, END);
    const all = count === times.length;
    // What a curve that each hit lifts will do is not known yet: it goes on as if nothing more were kept.
    const now = curve === "wave" || all ? END : count ? times[count - 1] : 0;
    curveLine.attr("d", path(course(measured, curve, 0, now)));
    future.attr("d", now < END ? path(course(measured, curve, now, END)) : null);
    area.attr("d", `${path(whole.map(([t, v]) => [t, Math.min(v, ceiling)]))}L${x(END)},${y(0)}L0,${y(0)}Z`);
    ceilingLine.attr("d", `M0,${y(ceiling)}H${right}`);
    roof.attr("d", `M0,0H${right}V${y(ceiling)}H0Z`);
    ghost.attr("d", before && !open && before.settings.ceiling !== ceiling ? `M0,${y(before.settings.ceiling)}H${right}` : null);
    const marks = { kept: [], dropped: [] };
    const seen = open ? Math.min(SHOWN, count) : count;
    for (let i = 0; i < seen; i++) {
      const at = `M${x(times[i]).toFixed(1)},${y(heights[i]).toFixed(1)}`;
      if (measured.kept[i]) marks.kept.push(`${at}h0`);
      else marks.dropped.push(`${at}m-3.5,-3.5l7,7m0,-7l-7,7`);
    }
    kept.attr("d", marks.kept.join(""));
    dropped.attr("d", marks.dropped.join(""));
    flight.attr("d", !open && count && !all ? `M${x(times[count - 1])},0V${y(heights[count - 1])}` : null);
    plot.describe(`Darts under a ceiling at ${ceiling.toFixed(2)}${open ? "" : `: ${count} of ${times.length} have fallen, ${measured.events.length} lie under the curve`}.`);
  }

  return { node: plot.node, layout: plot.layout, draw };
}
