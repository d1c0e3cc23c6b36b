// All states, a column for each step: what the network keeps.
import { create } from "d3-selection";
import { createGrid } from "./cells.js";
import { M, T } from "./model.js";
import { sub, sup } from "./words.js";

const MOVED = 0.005;
const NAMES = 24; // px, above the columns and beside the rows
const HEIGHT = { wide: 26, narrow: 21 };

/** `onStep(t)` is told a column that was pressed. */
export function createStrip({ onStep, signal }) {
  const svg = create("svg:svg").attr("class", "strip").attr("role", "img");
  const grid = createGrid(svg, { name: "states", label: { base: "" }, rows: M, cols: T + 1 });
  const columns = svg.append("g");
  const rows = svg.append("g");
  const frame = svg.append("path").attr("class", "frame");
  const ghost = svg.append("path").attr("class", "ghost");
  const press = svg.append("rect").attr("class", "press");
  press.node().addEventListener(
    "click",
    (event) => {
      const box = press.node().getBoundingClientRect();
      onStep(Math.min(T, Math.max(1, Math.floor(((event.clientX - box.left) / box.width) * (T + 1)))));
    },
    { signal },
  );
  let [cw, ch] = [40, HEIGHT.wide];

  function layout(width, wide) {
    cw = (width - NAMES - 4) / (T + 1);
    ch = wide ? HEIGHT.wide : HEIGHT.narrow;
    svg.attr("width", width).attr("height", NAMES + M * ch + 4);
    press.attr("x", NAMES).attr("y", 0).attr("width", cw * (T + 1)).attr("height", NAMES + M * ch);
  }

  function draw({ settings: { step }, measured: { h, put }, before, revealed }, held) {
    const values = Array.from({ length: M * (T + 1) }, (_, k) => h[k % (T + 1)][Math.floor(k / (T + 1))]);
    grid.draw({ left: NAMES, top: NAMES, cw, ch, values, text: (value, k) => (revealed || k % (T + 1) === 0 ? value.toFixed(2).replace("-", "−").replace("−0.00", "0.00") : null), scale: 1 });
    columns.selectAll("text").data(h).join("text").attr("text-anchor", "middle").attr("x", (_, t) => NAMES + (t + 0.5) * cw).attr("y", 15)
      .text((_, t) => `h${sup(t)}${put && held === t ? "*" : ""}`).attr("class", (_, t) => (t === step ? "present" : null));
    rows.selectAll("text").data(h[0]).join("text").attr("class", "small").attr("x", 2).attr("y", (_, i) => NAMES + (i + 0.5) * ch + 4).text((_, i) => `h${sub(i + 1)}`);
    const around = (t) => `M${NAMES + t * cw},${NAMES - 1}h${cw}v${M * ch + 2}h${-cw}Z`;
    frame.attr("d", around(step));
    const old = before && revealed && before.measured.h;
    const moved = !old ? [] : h.flatMap((state, t) => state.flatMap((value, i) => (Math.abs(value - old[t][i]) >= MOVED ? [[t, i]] : [])));
    ghost.attr("d", moved.length ? moved.map(([t, i]) => `M${NAMES + (t + 1) * cw - 9},${NAMES + i * ch + 2}h7v7Z`).join("") : null);
    svg.attr("aria-label", `The states of the four units after each step${revealed ? "" : ", not yet shown"}.`);
  }

  return { node: svg.node(), layout, draw };
}
