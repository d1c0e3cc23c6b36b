// The Hawkes explorer's view of time: intensity and events, the hidden state, and N(t) beside Λ(t).
import { axisBottom, axisLeft } from "d3-axis";
import { scaleLinear } from "d3-scale";
import { create } from "d3-selection";
import { increase, rate } from "./model.js";

const MARGIN = { left: 40, right: 10, bottom: 40 };
const HEAD = 24; // a row of words above each part
const TICK = 12; // the strip of events
const PARTS = { intensity: 140, state: 56, count: 110 };
const FINE = 3; // px between the points of a curve
const STEPS = [1, 2, 3, 5, 10, 15, 20, 30, 50, 80, 120, 200, 300, 500, 800, 1200, 2000, 3000, 5000];

/** The end of an axis: one of few values, so that the axis stays while the point moves. */
const axisEnd = (most) => STEPS.find((step) => step >= most) ?? most;

/** Whether an axis stands there as described already, for it costs as much as all curves; if not, it will be. */
function isDrawn(axis, description) {
  const same = axis.attr("data-drawn") === description;
  axis.attr("data-drawn", description);
  return same;
}

export function createTimeline() {
  const x = scaleLinear();
  let last;
  const svg = create("svg:svg").attr("class", "timeline").attr("role", "img");
  const top = { intensity: HEAD, state: 2 * HEAD + PARTS.intensity + TICK };
  top.count = top.state + PARTS.state + HEAD;
  const bottom = top.count + PARTS.count;
  svg.attr("height", bottom + MARGIN.bottom);

  const part = (name, words) => {
    const frame = svg.append("g").attr("transform", `translate(${MARGIN.left},${top[name]})`);
    const y = scaleLinear([0, 1], [PARTS[name], 0]);
    const grid = frame.append("path").attr("class", "grid");
    const axis = frame.append("g").attr("class", "axis");
    const inside = frame.append("svg").attr("class", "clip").attr("height", PARTS[name]); // clips without an id
    let room = 0;
    const keys = words.map(([sample, text]) => {
      const key = frame.append("g").attr("class", "key").attr("transform", `translate(${room},-8)`);
      if (sample === "dots") key.append("path").attr("class", "rejected-proposals").attr("d", "M13,0h0");
      else key.append("path").attr("class", `curve ${sample}`).attr("d", "M0,0H17");
      key.append("text").attr("class", "small").attr("x", 21).attr("dy", "0.32em").text(text);
      room += 31 + 6.4 * text.length; // about as wide as the text
      return key;
    });
    return { frame, y, grid, axis, inside, keys };
  };
  const intensity = part("intensity", [["measured", "intensity λ(t)"], ["dots", "proposals"], ["model", "model’s λ(t)"]]);
  const state = part("state", [["measured", "hidden state R(t)"], ["model", "model’s R(t)"]]);
  const count = part("count", [["measured", "events so far, N(t)"], ["model", "model’s Λ(t)"]]);
  const xAxis = svg.append("g").attr("class", "axis").attr("transform", `translate(${MARGIN.left},${bottom})`);
  const xTitle = svg.append("text").attr("class", "axis-title").text("time t").attr("y", bottom + 36);
  const ticks = intensity.frame.append("path").attr("class", "events");
  const rejected = intensity.inside.append("path").attr("class", "rejected-proposals");
  for (const { inside } of [intensity, state]) inside.append("path").attr("class", "jumps");
  for (const { inside } of [intensity, state, count]) {
    inside.append("path").attr("class", "curve measured");
    inside.append("path").attr("class", "curve model");
  }
  const accepted = intensity.inside.append("path").attr("class", "accepted-proposals");

  function layout(width, measured = last) {
    const inner = Math.max(160, width - MARGIN.left - MARGIN.right);
    svg.attr("width", inner + MARGIN.left + MARGIN.right);
    x.range([0, inner]);
    for (const { inside } of [intensity, state, count]) inside.attr("width", inner);
    xTitle.attr("x", MARGIN.left + inner / 2);
    draw(measured);
  }

  /**
   * A curve that is smooth between events; f(i, elapsed) is its value after the i-th. Where it jumps it may be
   * drawn in pieces; dashes need one whole line.
   */
  function smooth({ events, end }, y, f, whole = true) {
    const breaks = [0, ...events, end];
    const pieces = [];
    for (let i = 0; i + 1 < breaks.length; i++) {
      const [from, to] = [breaks[i], breaks[i + 1]];
      const points = Math.max(1, Math.ceil((x(to) - x(from)) / FINE));
      for (let k = 0; k <= points; k++) {
        const elapsed = ((to - from) * k) / points;
        pieces.push(`${k || (whole && i) ? "L" : "M"}${x(from + elapsed).toFixed(2)},${y(f(i, elapsed)).toFixed(2)}`);
      }
    }
    return pieces.join("");
  }

  /** The jumps of such a curve, at each event from the value before to the value after. */
  function jumps({ events }, y, f) {
    const from = (i) => f(i, events[i] - (events[i - 1] ?? 0));
    return events.map((t, i) => `M${x(t).toFixed(2)},${y(from(i)).toFixed(2)}V${y(f(i + 1, 0)).toFixed(2)}`).join("");
  }

  function scale({ y, grid, axis }, most) {
    const [, inner] = x.range();
    const end = axisEnd(most);
    if (isDrawn(axis, `${end} ${inner}`)) return;
    y.domain([0, end]);
    const marks = y.ticks(y.range()[0] < 80 ? 2 : 4);
    axis.call(axisLeft(y).tickValues(marks).tickSizeOuter(0).tickFormat(String));
    grid.attr("d", marks.map((mark) => `M0,${y(mark)}H${inner}`).join(""));
  }

  function draw(measured) {
    last = measured;
    const { events, end, truth, model, proposed, peak } = measured;
    x.domain([0, end]);
    const [, inner] = x.range();
    if (!isDrawn(xAxis, `${end} ${inner}`)) xAxis.call(axisBottom(x).ticks(inner / 55).tickSizeOuter(0));
    const wrong = model !== truth;
    const set = ({ inside }, name, d) => inside.select(`.${name}`).attr("d", d);

    // A model that is far too high leaves the frame; else the true curve would shrink to nothing.
    const modelPeak = model.R.slice(1).reduce((most, R) => Math.max(most, rate(model.process, R, 0)), 0);
    scale(intensity, Math.max(peak, Math.min(modelPeak, 2 * peak)));
    const lambda = (process) => (i, elapsed) => rate(process.process, process.R[i], elapsed);
    set(intensity, "measured", smooth(measured, intensity.y, lambda(truth), false));
    set(intensity, "jumps", jumps(measured, intensity.y, lambda(truth)));
    set(intensity, "model", wrong ? smooth(measured, intensity.y, lambda(model)) : null);
    ticks.attr("d", events.map((t) => `M${x(t).toFixed(2)},${PARTS.intensity + 4}v${TICK}`).join(""));
    const shown = intensity.y.domain()[1];
    const kept = new Set(events);
    const dots = { accepted: [], rejected: [] };
    proposed.times.forEach((t, i) => {
      if (t > end || proposed.heights[i] > shown) return;
      dots[kept.has(t) ? "accepted" : "rejected"].push(`M${x(t).toFixed(1)},${intensity.y(proposed.heights[i]).toFixed(1)}h0`);
    });
    accepted.attr("d", dots.accepted.join(""));
    rejected.attr("d", dots.rejected.join(""));

    const remembered = (process) => (i, elapsed) => process.R[i] * Math.exp(-process.process.beta * elapsed);
    const other = wrong && model.process.alpha > 0 && model.process.beta !== truth.process.beta;
    scale(state, Math.max(1, ...truth.R, ...(other ? model.R : [])));
    set(state, "measured", smooth(measured, state.y, remembered(truth), false));
    set(state, "jumps", jumps(measured, state.y, remembered(truth)));
    set(state, "model", other ? smooth(measured, state.y, remembered(model)) : null);

    scale(count, Math.max(events.length, model.atEnd));
    const stairs = events.map((t, i) => `H${x(t).toFixed(2)}V${count.y(i + 1).toFixed(2)}`).join("");
    set(count, "measured", `M0,${count.y(0)}${stairs}H${inner}`);
    const total = (i, elapsed) => (model.compensator[i - 1] ?? 0) + increase(model.process, model.R[i], elapsed);
    set(count, "model", smooth(measured, count.y, total));

    intensity.keys[2].attr("display", wrong ? null : "none");
    state.keys[1].attr("display", other ? null : "none");
  }

  return { node: svg.node(), layout, draw };
}
