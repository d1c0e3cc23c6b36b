// Left: the events on the present clock, N and the model's Λ against it, and the reader's guess of Λ.
import { range } from "d3-array";
import { counted } from "../kit/format.js";
import { createPlot } from "../kit/plot.js";
import { createSketch } from "../kit/sketch.js";
import { END, reading, totalAt } from "./model.js";

const STEPS = [2, 4, 8, 12, 20, 30, 50, 80, 120, 200, 300, 500, 800, 1200, 2000, 3000, 5000];
const TICK = 12; // px, of an event
const MARKS = range(0, END + 1, 10); // times that are marked on every clock
const ROOM = 24; // px between two of their labels
const FINE = 4; // pieces of Λ between two marks, and between two events
const TITLES = { calendar: "time t", between: "between t and Λ(t); marked: t", own: "the model’s Λ(t); marked: t" };

export function createCount({ prediction, signal }) {
  const plot = createPlot({
    name: "count",
    label: "Events so far",
    x: { domain: [0, 1], title: "", ticks: [] },
    y: { domain: [0, 1], title: "events", ticks: 4, format: String },
    margin: { left: 58 }, // thousands of events
    interactive: true,
  });
  const { x, y, inside, over, surface } = plot;
  const title = over.append("text").attr("class", "axis-title");
  const marks = over.append("g").attr("class", "axis marks");
  const ghost = inside.append("path").attr("class", "curve ghost");
  const steps = inside.append("path").attr("class", "curve came");
  const total = inside.append("path").attr("class", "curve model");
  const rug = over.append("path").attr("class", "events");
  const sketch = createSketch({
    group: over, surface, x, y, places: [0.5], step: 1, format: (value) => `${value.toFixed(1)} events expected`,
    label: () => "your guess of Λ(25)", onChange: ([value]) => prediction.change(value), signal,
  });

  /** The staircase of N on the clock on which it was measured. */
  function staircase({ readings, model: { atEnd } }) {
    const stairs = readings.map((value, i) => `H${x(value / atEnd).toFixed(2)}V${y(i + 1).toFixed(2)}`).join("");
    return `M0,${y(0)}${stairs}H${x(1)}`;
  }

  /** Λ, drawn from point to point: smooth between events. */
  function course({ events, model }, clock) {
    const breaks = [0, ...events, END];
    const times = breaks.slice(0, -1).flatMap((from, i) => {
      const pieces = Math.max(1, Math.ceil(((breaks[i + 1] - from) / 10) * 4 * FINE));
      return range(pieces).map((k) => [from + ((breaks[i + 1] - from) * k) / pieces, i]);
    });
    const points = times.map(([t, i]) => {
      const value = i && t === breaks[i] ? model.compensator[i - 1] : totalAt(model, events, t);
      return `${x(reading(clock, model, t, value) / model.atEnd).toFixed(2)},${y(value).toFixed(2)}`;
    });
    return `M${points.join("L")}L${x(1)},${y(model.atEnd)}`;
  }

  function draw({ settings: { clock }, measured, before, guess, open }) {
    const { events, readings, model } = measured;
    const [bottom] = y.range();
    const [width] = x.range().slice(1);
    const most = Math.max(events.length, model.atEnd, 1);
    const top = STEPS.find((step) => step >= most) ?? most;
    if (y.domain()[1] !== top) {
      y.domain([0, top]);
      plot.axes();
    }
    title.attr("x", width / 2).attr("y", bottom + 37).text(clock === 0 ? TITLES.calendar : clock === 1 ? TITLES.own : TITLES.between);
    let free = -Infinity;
    const places = MARKS.map((t) => x(reading(clock, model, t, totalAt(model, events, t)) / model.atEnd));
    const mark = marks.selectAll("g").data(places).join((enter) => {
      const added = enter.append("g").attr("class", "tick");
      added.append("path").attr("d", "M0,0v6");
      added.append("text").attr("text-anchor", "middle").attr("class", "small").attr("y", 18);
      return added;
    });
    mark.attr("transform", (place) => `translate(${place},${bottom})`);
    mark.select("text").text((place, i) => {
      if (place < free || (i < places.length - 1 && places.at(-1) - place < ROOM)) return "";
      free = place + ROOM;
      return String(MARKS[i]);
    });
    steps.attr("d", staircase(measured));
    total.attr("d", open ? null : course(measured, clock));
    ghost.attr("d", before && !open ? staircase(before.measured) : null);
    rug.attr("d", readings.map((value) => `M${x(value / model.atEnd).toFixed(2)},${bottom}v${-TICK}`).join(""));
    over.select(".sketch").attr("display", guess === null ? "none" : null);
    sketch.draw([guess ?? 0], open);
    plot.describe(`${counted(events.length, "event")} so far${open ? "" : `, of which the model expected ${model.atEnd.toFixed(1)}`}, against the clock.`);
  }

  return { node: plot.node, layout: plot.layout, draw };
}
