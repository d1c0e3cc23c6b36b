// A grid of numbers: each cell coloured by its sign and size, with its number in it.
import { set } from "./set.js";
import { sup } from "./words.js";

const PALEST = 0.06; // what is not zero has some colour
const DEEPEST = 0.36; // and is light enough for words

/** `label` is { base, sub?, sup? }: a name above the grid; `sup(step)` is the step whose number stands above the line. */
export function createGrid(parent, { name, label, rows, cols }) {
  const root = parent.append("g").attr("class", `grid-of ${name}`);
  const title = root.append("text").attr("class", "name").attr("text-anchor", "middle");
  title.append("tspan").attr("class", "base").text(label.base);
  if (label.sub) title.append("tspan").attr("dy", 3).attr("class", "small").text(label.sub);
  const above = label.sup ? title.append("tspan").attr("class", "base").node() : null;
  const brackets = root.append("path").attr("class", "brackets").node();
  const cells = Array.from({ length: rows * cols }, (_, k) => {
    const node = root.append("g");
    const number = node.append("text").attr("class", "small").attr("text-anchor", "middle").attr("dy", "0.34em");
    return { i: Math.floor(k / cols), j: k % cols, node: node.node(), box: node.insert("rect", "text").node(), number: number.node() };
  });

  /** `values` row by row; `text(value, k)` is null for what is not to be seen; `lit` is the row that the sum is about. */
  function draw({ left, top, cw, ch, values, text, scale, lit = -1, step }) {
    if (above) set(above, { text: sup(label.sup(step)) });
    set(title.node(), { x: left + (cols * cw) / 2, y: top - 8 });
    const [right, bottom] = [left + cols * cw, top + rows * ch];
    set(brackets, { d: `M${left + 3},${top - 2}H${left - 2}V${bottom + 2}H${left + 3}M${right - 3},${top - 2}H${right + 2}V${bottom + 2}H${right - 3}` });
    cells.forEach(({ i, j, node, box, number }, k) => {
      const value = values[k];
      const shown = text(value, k);
      const sign = shown === null || value === 0 ? "none" : value < 0 ? "minus" : "plus";
      const size = Math.min(1, Math.abs(value) / scale);
      set(node, { class: `cell ${sign}${i === lit ? " lit" : ""}` });
      set(box, { x: left + j * cw + 1, y: top + i * ch + 1, width: cw - 2, height: ch - 2, "fill-opacity": sign === "none" ? 0 : PALEST + (DEEPEST - PALEST) * size });
      set(number, { x: left + (j + 0.5) * cw, y: top + (i + 0.5) * ch, text: shown ?? "?" });
    });
  }

  return { draw };
}
