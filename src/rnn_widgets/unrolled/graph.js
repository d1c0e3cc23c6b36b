// The unrolled graph: boxes with numbers to press, blue arrows forth, vermillion arrows back.
import { create } from "d3-selection";
import { arrows, path, place } from "./layout.js";
import { appears, GRADIENTS, ORDER, shownNumber, STEPS, T } from "./model.js";
import { shortly, shortName } from "./names.js";
import { agrees } from "./words.js";

const KEYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** A name in a text of an SVG: W_hx has an index that is not a character. */
export function writeName(text, name) {
  const [head, index] = name.split("_");
  text.text(head);
  if (index) text.append("tspan").attr("class", "index").attr("dy", 3).text(index);
}

export function createGraph({ commit, get, signal }) {
  const svg = create("svg:svg").attr("class", "graph").attr("role", "group").attr("aria-label", "The network's numbers over three steps");
  const edges = svg.append("g").attr("class", "edges");
  const nodes = svg.append("g");
  const items = {}; // by name
  const drawn = {}; // what each item shows
  let places = 3; // decimals: fewer where a box is small
  let last; // what was drawn last
  const press = (name) => last && !last.open && commit({ shown: name });
  const onKeys = (node, act) =>
    node.addEventListener(
      "keydown",
      (event) => {
        if (event.ctrlKey || event.metaKey || event.altKey) return;
        const press = event.key === "Enter" || event.key === " ";
        if (!press && !KEYS[event.key]) return;
        event.preventDefault();
        event.stopPropagation();
        act(press ? null : KEYS[event.key]);
      },
      { signal },
    );

  function button(className, act) {
    const item = nodes.append("g").attr("class", className).attr("role", "button");
    item.node().dataset.lmSuppressShortcuts = "true";
    item.node().addEventListener("click", () => act(null), { signal });
    onKeys(item.node(), act);
    return item;
  }

  /** The nearest number in a direction that is there already. */
  function neighbour(name, [right, down]) {
    const here = items[name].centre;
    let best = null;
    for (const other of Object.keys(items)) {
      if (other === name || appears(other) > last.settings.step) continue;
      const [dx, dy] = [items[other].centre[0] - here[0], items[other].centre[1] - here[1]];
      const along = dx * right + dy * down;
      const beside = Math.abs(dx * down) + Math.abs(dy * right);
      if (along > 2 && beside < along * 1.5 && (!best || along + 2 * beside < best.cost)) best = { other, cost: along + 2 * beside };
    }
    return best?.other;
  }

  for (const name of ["x1", "x2", "x3", ...ORDER]) {
    const gradient = GRADIENTS.includes(name);
    const item = button("number", (direction) => {
      const next = direction ? neighbour(name, direction) : name;
      if (!next || last.open || appears(next) > last.settings.step) return;
      press(next);
      items[next].item.node().focus({ preventScroll: true });
    });
    item.append("rect").attr("class", "field");
    items[name] = { item, name: item.append("text"), value: item.append("text"), wrong: gradient ? item.append("text").attr("class", "wrong halo") : null };
    writeName(items[name].name, shortName(name));
  }
  const classes = STEPS.map((t) => {
    const item = button("class", (direction) => {
      if (direction || last.open) return;
      const targets = get("targets");
      commit({ targets: targets.slice(0, t - 1) + (targets[t - 1] === "0" ? "1" : "0") + targets.slice(t) });
    });
    item.append("rect").attr("rx", 11);
    item.append("text").attr("text-anchor", "middle");
    return item;
  });
  const borders = svg.insert("g", ".edges").attr("class", "boxes");

  function layout(width) {
    const geometry = place(width);
    const { boxes, box, left, line, height } = geometry;
    places = box < 84 ? 2 : 3;
    const narrow = box < 106; // px: from here on a sign fits between a name and a number in the larger letters
    svg.attr("width", width).attr("height", height).classed("narrow", narrow);
    borders.selectAll("rect").data(Object.values(boxes)).join("rect").attr("rx", 4)
      .attr("x", (b) => b.x).attr("y", (b) => b.y).attr("width", (b) => b.width).attr("height", (b) => b.height);
    const inset = places < 3 ? 3 : 5;
    for (const { numbers, x, y, width: w, stacked } of Object.values(boxes)) {
      numbers.forEach((name, i) => {
        const one = items[name];
        const [tall, upper] = [stacked ? 2 * line : line, y + i * line];
        const base = upper + line / 2 + 4.5;
        one.centre = [x + w / 2, upper + tall / 2];
        one.item.select(".field").attr("x", x).attr("y", upper).attr("width", w).attr("height", tall).attr("rx", 4);
        one.name.attr("x", stacked ? x + w / 2 : x + inset).attr("y", base).attr("text-anchor", stacked ? "middle" : "start");
        one.value.attr("x", stacked ? x + w / 2 : x + w - inset).attr("y", base + (stacked ? line : 0)).attr("text-anchor", stacked ? "middle" : "end");
        one.wrong?.attr("x", numbers.length > 1 ? x + (places < 3 ? 29 : narrow ? 33 : 40) : x + w + 6).attr("y", base).attr("text-anchor", "middle");
      });
    }
    classes.forEach((item, i) => {
      item.select("rect").attr("x", left(i + 1) + box / 2 - 33).attr("y", 1).attr("width", 66).attr("height", 23);
      item.select("text").attr("x", left(i + 1) + box / 2).attr("y", 17);
    });
    edges.selectAll("g").data(arrows(geometry)).join((enter) => {
      const edge = enter.append("g");
      edge.append("path").attr("class", "shaft");
      edge.append("path").attr("class", "head");
      return edge;
    });
    edges.selectAll("g").each(function (arrow) {
      const { line, head } = path(arrow);
      this.children[0].setAttribute("d", line);
      this.children[1].setAttribute("d", head);
    });
  }

  function draw(now, step) {
    last = now;
    const { settings, measured, open } = now;
    const focus = shownNumber({ ...settings, step });
    const lost = settings.error === "direct" || settings.error === "printed";
    for (const [name, { item, value, wrong }] of Object.entries(items)) {
      const there = appears(name) <= step;
      const off = wrong && there && !agrees(measured, name);
      const state = [there, off, open, name === focus, measured.values[name], places].join();
      if (state === drawn[name]) continue;
      drawn[name] = state;
      const text = there ? shortly(measured.values[name], places) : "";
      value.text(` ${text}`); // the space is heard, not seen
      wrong?.text(off ? "✗" : "");
      item.attr("class", `number ${wrong ? "of-back" : "of-forth"}${there ? " there" : ""}${name === focus ? " chosen" : ""}`);
      item.attr("aria-disabled", there && !open ? "false" : "true").attr("aria-pressed", name === focus ? "true" : "false");
      item.attr("tabindex", name === focus ? 0 : -1);
      item.attr("aria-label", `${shortName(name).replace("_", "")} ${text || "not computed yet"}${off ? ", wrong" : ""}`);
    }
    edges.selectAll("g").attr("class", ({ to, kind, own }) => {
      const missing = own && lost && to !== `dh${T}`;
      return `edge ${kind}${appears(to) <= step ? " there" : ""}${to === focus ? " chosen" : ""}${missing ? " missing" : ""}`;
    });
    classes.forEach((item, i) => {
      item.attr("aria-disabled", open ? "true" : null).attr("tabindex", open ? -1 : 0);
      item.select("text").text(`c${"₁₂₃"[i]} = ${settings.targets[i]} ⇄`);
      item.attr("aria-label", `c${"₁₂₃"[i]} = ${settings.targets[i]}, the class of step ${i + 1}. Press to change it.`);
    });
  }

  return { node: svg.node(), layout, draw };
}
