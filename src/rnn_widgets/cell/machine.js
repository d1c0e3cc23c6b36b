// Equations (1) to (4) of one step: five arrays, and the vectors that pass through them.
import { create } from "d3-selection";
import { createGrid } from "./cells.js";
import { inputOf, M, N } from "./model.js";
import { createPicks } from "./picks.js";
import { placesFor, sizeOf } from "./places.js";
import { set } from "./set.js";
import { createSigns } from "./signs.js";
import { signed, short, sub, sup } from "./words.js";

const ROOM = 41; // px: a narrower cell has no room for a second decimal
const LABELS = {
  W_hx: { base: "W", sub: "hx" },
  x: { base: "x", sup: (t) => t },
  W_hh: { base: "W", sub: "hh" },
  before: { base: "h", sup: (t) => t - 1 },
  b_h: { base: "b", sub: "h" },
  a: { base: "a", sup: (t) => t },
  h: { base: "h", sup: (t) => t },
  W_yh: { base: "W", sub: "yh" },
  b_y: { base: "b", sub: "y" },
  o: { base: "o", sup: (t) => t },
  y: { base: "y", sup: (t) => t },
};
const LATER = new Set(["a", "h", "o", "y"]); // what is to be guessed
const ROWS = new Set(["W_hx", "W_hh", "b_h", "a", "h"]); // where a unit has a row
const WEIGHT = 1.5; // a weight of this size has the deepest colour

/** A number in a cell: one decimal for what has one, two for the rest if there is room. */
function written(value, cw, exact) {
  const digits = exact || cw < ROOM || Math.abs(value) >= 9.995 ? 1 : 2;
  return value.toFixed(digits).replace("-", "−").replace(/^−(0\.0+)$/, "$1");
}

export function createMachine({ arrays, onUnit, onEntry, onHover, signal }) {
  const svg = create("svg:svg").attr("class", "machine").attr("role", "group").attr("aria-label", "One step of the network");
  const hidden = svg.append("g").attr("aria-hidden", "true"); // the table says all numbers
  const grids = Object.fromEntries(
    Object.entries(LABELS).map(([name, label]) => [name, createGrid(hidden, { name, label, rows: sizeOf(name)[0], cols: sizeOf(name)[1] })]),
  );
  const signs = createSigns(hidden);
  const xs = createPicks(svg, { name: "entries", label: "entries of x, one of which can be changed", count: N, onPick: onEntry, signal });
  const hs = createPicks(svg, { name: "entries", label: "entries of the state before, one of which can be changed", count: M, onPick: (i) => onEntry(N + i), signal });
  const units = createPicks(svg, { name: "units", label: "entries of a, one of which is written out", count: M, onPick: (i) => onUnit(i + 1), onHover: (i) => onHover(i === null ? null : i + 1), signal });
  const yours = svg.append("rect").attr("class", "yours").attr("rx", 2);
  let { places } = placesFor(620, true); // until it is laid out

  function layout(width, wide) {
    const found = placesFor(width, wide);
    places = found.places;
    svg.attr("width", width).attr("height", found.height);
    signs.layout(places);
  }

  function draw({ settings: { step, x, entry }, measured, revealed, guess, open }, unit) {
    const now = step - 1;
    const vectors = { x: inputOf(x, step), before: measured.h[now], a: measured.a[now], h: measured.made[now], o: measured.o[now], y: measured.y[now] };
    for (const [name, grid] of Object.entries(grids)) {
      const vector = vectors[name];
      const { cw } = places[name];
      const text = LATER.has(name) && !revealed ? () => null : (value) => written(value, cw, !vector || name === "x");
      grid.draw({ ...places[name], values: vector ?? arrays[name].flat(), text, scale: !vector || name === "x" || name === "a" || name === "o" ? WEIGHT : 1, lit: revealed && ROWS.has(name) ? unit - 1 : -1, step });
    }
    signs.draw(step);
    xs.draw({ ...places.x, chosen: revealed && entry < N ? entry : null, isOpen: revealed, names: (i) => `x${sub(i + 1)}${sup(step)} = ${short(vectors.x[i])}` });
    hs.draw({ ...places.before, chosen: revealed && entry >= N ? entry - N : null, isOpen: revealed, names: (i) => `h${sub(i + 1)}${sup(now)} = ${signed(vectors.before[i])}` });
    const { left, top, cw, ch } = places.a;
    set(yours.node(), { visibility: guess === null || open ? "hidden" : "visible", x: left + 4, y: top + ((guess ?? 1) - 1) * ch + 4, width: cw - 8, height: ch - 8 });
    const chosen = open ? (guess === null ? null : guess - 1) : unit - 1;
    units.draw({ ...places.a, chosen, isOpen: true, mark: open ? "handle guess guessed" : "chosen", other: open ? "pick handle guess offered" : "pick", names: (i) => `a${sub(i + 1)}${revealed ? ` = ${signed(vectors.a[i])}` : ""}` });
  }

  return { node: svg.node(), layout, draw };
}
