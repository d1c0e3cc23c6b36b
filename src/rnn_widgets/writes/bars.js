// Left: the probabilities of the next character, the largest first, and of all the others together.
import { createPlot } from "../kit/plot.js";
import { SHOWN } from "./model.js";
import { fine, named } from "./words.js";

const short = { " ": "␣", "\n": "↵" };
const WIDTH = 0.7; // of a column
const ROOM = 18; // px from the axis to the middle of a label, which must not reach its numbers

export function createBars() {
  const plot = createPlot({
    name: "bars",
    label: "The probabilities of the next character",
    x: { domain: [-0.5, SHOWN + 0.5], title: "", ticks: [] },
    y: { domain: [0, 1], title: "probability", ticks: [0, 0.5, 1], format: String },
    margin: { bottom: 24 },
  });
  const { x, y, inside, over } = plot;
  const bars = inside.append("g");
  const old = inside.append("g");
  const label = over.append("text").attr("class", "small halo").attr("text-anchor", "middle");
  const names = over.append("g");

  function draw({ settings: { text }, measured, before }) {
    const { symbols } = measured;
    // A space always has a bar, with its share: much of what is learnt first is where spaces belong.
    const space = symbols.indexOf(" ");
    const order = measured.order.includes(space) ? measured.order : [...measured.order.slice(0, -1), space];
    const values = (each) => {
      const own = order.map((c) => each.y[c]);
      return [...own, Math.max(0, 1 - own.reduce((sum, value) => sum + value, 0))];
    };
    const [bottom] = y.range();
    const column = x(1) - x(0);
    const shown = values(measured);
    bars.selectAll("rect").data(shown).join("rect").attr("class", (_, i) => (i < SHOWN ? "bar" : "bar others"))
      .attr("x", (_, i) => x(i) - (WIDTH / 2) * column).attr("width", WIDTH * column).attr("y", y).attr("height", (value) => bottom - y(value));
    const ghosts = before && before.measured !== measured ? values(before.measured) : [];
    old.selectAll("path").data(ghosts).join("path").attr("class", "ghost").attr("d", (value, i) => `M${x(i) - column / 2 + 1},${y(value)}h${column - 2}`);
    const at = order.indexOf(space);
    label.attr("x", Math.max(ROOM, x(at))).attr("y", y(shown[at]) - 4).text(fine(shown[at]));
    names.selectAll("text").data([...order.map((c) => short[symbols[c]] ?? symbols[c]), "rest"]).join("text")
      .attr("class", "small").attr("text-anchor", "middle").attr("x", (_, i) => x(i)).attr("y", bottom + 16).text(String);
    plot.describe(`The probabilities of the next character ${text ? `after “${text}”` : "at the beginning"}; the largest is ${shown[0].toFixed(2)}, of ${named(symbols[order[0]])}.`);
  }

  return { node: plot.node, layout: plot.layout, draw };
}
