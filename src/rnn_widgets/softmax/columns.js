// One bar for each word, on an axis of its own, with the word and the number beneath.
import { createPlot } from "../kit/plot.js";
import { WORDS } from "./model.js";

export const CENTRES = WORDS.map((_, i) => i + 0.5);
const HALF = 0.28; // of a column's width
const MARGIN = { top: 14, right: 6, bottom: 40, left: 30 };

/** A tick as short as can be: −1, 0, 0.5. */
export const plain = (value) => String(value).replace("-", "−");

export function createColumns({ name, label, domain, ticks, interactive = false }) {
  const plot = createPlot({ name, label, margin: MARGIN, interactive, x: { domain: [0, WORDS.length], title: "", ticks: [] }, y: { domain, title: "", ticks, format: plain } });
  const { x, y, inside, over } = plot;
  const zero = inside.append("path").attr("class", "zero");
  const bars = inside.append("g").attr("class", "bars");
  const marks = over.append("path").attr("class", "ghost");
  const names = over.append("g").attr("class", "names").attr("aria-hidden", interactive ? "true" : null);

  /** A box around a column, from one value to another. */
  function box(i, from, to, half = HALF) {
    const [left, right] = [x(CENTRES[i] - half), x(CENTRES[i] + half)];
    return { left, width: right - left, top: y(Math.max(from, to)), height: Math.abs(y(from) - y(to)) };
  }

  /** `shown` are the values, or null for what is not to be seen yet; `texts` are written beneath. */
  function draw({ shown, texts, ghost, happened }) {
    zero.attr("d", `M0,${y(0)}H${x.range()[1]}`);
    const boxes = (shown ?? []).map((value, i) => ({ ...box(i, 0, value), sign: value < 0 ? "falls" : "rises" }));
    bars.selectAll("rect").data(boxes).join("rect").attr("class", ({ sign }) => `bar ${sign}`)
      .attr("x", ({ left }) => left).attr("y", ({ top }) => top).attr("width", ({ width }) => width).attr("height", ({ height }) => height);
    const at = (value, i) => `M${x(CENTRES[i] - 0.4)},${y(value)}H${x(CENTRES[i] + 0.4)}`;
    marks.attr("d", ghost ? ghost.map(at).join("") : null);
    const below = y.range()[0];
    const place = (selection, down) => selection.attr("text-anchor", "middle").attr("x", (_, i) => x(CENTRES[i])).attr("y", below + down);
    place(names.selectAll(".word").data(WORDS).join("text"), 16).text((word) => (word === happened ? `${word} ✓` : word))
      .attr("class", (word) => (word === happened ? "word happened" : "word"));
    place(names.selectAll(".number").data(texts ?? WORDS.map(() => "?")).join("text"), 33).attr("class", "number small").text(String);
  }

  return { ...plot, box, draw };
}
