// The units: a press flips one. By keys, the arrows go from unit to unit, Enter flips.
import { create } from "d3-selection";
import { SIDE, UNITS } from "./model.js";
import { place } from "./words.js";

const KEYS = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };
const EDGE = 1.5; // px around, for the frame

/** `onFlip(i)` and `onChoose(i)` are told of a unit, counted from 0. */
export function createUnits({ onFlip, onChoose, signal }) {
  const svg = create("svg:svg").attr("class", "units").attr("role", "group").attr("aria-label", "The units");
  let open = false; // whether a press does anything
  let state = [];
  let painting = null; // what a mouse that is held down makes of the units

  const nodes = Array.from({ length: UNITS }, (_, i) => {
    const node = svg.append("rect").attr("role", "button").node();
    const listen = (type, listener) => node.addEventListener(type, listener, { signal });
    node.dataset.lmSuppressShortcuts = "true";
    listen("pointerdown", (event) => {
      if (!open || event.pointerType !== "mouse" || event.button !== 0) return;
      event.preventDefault();
      painting = -state[i];
      onFlip(i);
    });
    listen("pointerenter", (event) => {
      if (!open || painting === null || event.pointerType !== "mouse") return;
      if (!(event.buttons & 1)) painting = null;
      else if (state[i] !== painting) onFlip(i);
    });
    // A finger may as well want to scroll: it flips at a tap only. Neither has a reading aid a pointer.
    listen("click", (event) => open && (event.pointerType !== "mouse" || event.detail === 0) && onFlip(i));
    listen("keydown", (event) => {
      if (!open || event.ctrlKey || event.metaKey || event.altKey) return;
      const by = KEYS[event.key];
      if (!by && event.key !== " " && event.key !== "Enter") return;
      event.preventDefault();
      event.stopPropagation();
      if (!by) return onFlip(i);
      const column = Math.min(SIDE - 1, Math.max(0, (i % SIDE) + by[0]));
      const row = Math.min(SIDE - 1, Math.max(0, Math.floor(i / SIDE) + by[1]));
      nodes[SIDE * row + column].focus({ preventScroll: true });
      onChoose(SIDE * row + column);
    });
    return node;
  });
  const halo = svg.append("path").attr("class", "crosses under");
  const crosses = svg.append("path").attr("class", "crosses");
  const edge = svg.append("rect").attr("class", "frame under").attr("rx", 2);
  const frame = svg.append("rect").attr("class", "frame").attr("rx", 2);
  addEventListener("pointerup", () => (painting = null), { signal });

  let side = 20;
  const corner = (i) => [EDGE + side * (i % SIDE), EDGE + side * Math.floor(i / SIDE)];

  function draw({ settings: { unit }, measured, picture, isOpen }) {
    open = isOpen;
    state = measured.state;
    const arm = 0.22 * side;
    let path = "";
    nodes.forEach((node, i) => {
      const wrong = state[i] !== picture[i];
      const looks = `${state[i] > 0 ? "up" : "down"} ${wrong} ${i === unit - 1} ${open}`;
      if (wrong) {
        const [x, y] = corner(i).map((edge) => edge + side / 2);
        path += `M${x - arm},${y - arm}l${2 * arm},${2 * arm}m0,${-2 * arm}l${-2 * arm},${2 * arm}`;
      }
      if (node.looks === looks) return;
      node.looks = looks;
      node.setAttribute("class", `unit ${state[i] > 0 ? "up" : "down"}${wrong ? " wrong" : ""}`);
      node.setAttribute("aria-pressed", String(state[i] > 0));
      node.setAttribute("aria-label", `${place(i + 1)}${wrong ? ", wrong" : ""}`);
      node.setAttribute("aria-disabled", String(!open));
      node.setAttribute("tabindex", open && i === unit - 1 ? 0 : -1); // from one of them, keys reach the others
    });
    for (const mark of [halo, crosses]) mark.attr("d", path || null);
    const [x, y] = corner(unit - 1);
    for (const mark of [edge, frame]) mark.attr("x", x).attr("y", y).attr("width", side).attr("height", side);
    svg.attr("aria-label", `The units, ${SIDE} by ${SIDE}; ${measured.wrong} of them are wrong`);
  }

  /** Fit the units to a square of so many px. */
  function layout(size) {
    side = Math.floor((size - 2 * EDGE) / SIDE);
    const whole = SIDE * side + 2 * EDGE;
    svg.attr("width", whole).attr("height", whole);
    nodes.forEach((node, i) => {
      const [x, y] = corner(i);
      for (const [name, value] of Object.entries({ x: x + 0.5, y: y + 0.5, width: side - 1, height: side - 1, rx: 2 })) node.setAttribute(name, value);
    });
    return whole;
  }

  return { node: svg.node(), layout, draw };
}
