// The triangle in the browser: an anywidget front-end module.
import { select } from "d3-selection";
import { addNote, explorer, GAP } from "../kit/explorer.js";
import { createFactors } from "./factors.js";
import { createKept } from "./kept.js";
import { measure } from "./model.js";
import { HEIGHT } from "./network.js";
import { data, table } from "./table.js";
import { TASKS } from "./tasks.js";
import { createTriangle } from "./triangle.js";
import { gap, summary, verdict } from "./words.js";

const OF_PLOT = { across: 80, down: HEIGHT + 42 }; // px around the triangle itself
const CELL = { phone: 29, desk: 37 }; // px at most
const KEPT = { phone: 104, desk: 140 }; // px

const NETWORKS = { untrained: "untrained", trained: "trained" };
const SUMS = { cell: "one term", row: "its row", column: "its column", diagonal: "its diagonal", all: "all terms" };
const CUTS = { band: "lags ≥ τ", windows: "across windows" };

function build({ panels, controls, bind, commit, get, signal, prediction }) {
  const { max: T } = get("schema").t;
  const triangle = createTriangle({ T, text: get("text"), prediction, commit, signal });
  const kept = createKept();
  const factors = createFactors();
  const left = panels.append("div").attr("class", "panel");
  left.append("p").attr("class", "title").text("Each square: what loss t asks of W_hh at step k");
  left.append(() => triangle.node);
  // The controls stand between the figures that they move, so that all of it fits into one view.
  const right = panels.append("div").attr("class", "panel");
  const tasks = controls.node().parentNode.querySelector(".tasks");
  controls.append(() => bind.choice("network", { label: "network", options: NETWORKS }));
  controls.append(() => bind.choice("sum", { label: "add up", options: SUMS }));
  controls.append(() => bind.choice("cut", { label: "cut away", options: CUTS }));
  controls.append(() => bind.slider("tau", { label: "τ", title: "cut τ, in steps", step: 1 }));
  right.append(() => controls.node());
  right.append(() => kept.node);
  addNote(select(factors.node), "Length is the square root of the sum of an array's squared entries; for Jacobians it is ‖·‖₂. Grey: before.");

  function update(now) {
    right.attr("inert", now.open ? "" : null).classed("waiting", now.open);
    triangle.draw(now);
    kept.draw(now);
    factors.draw(now);
  }

  function layout(width, wide, now) {
    const most = OF_PLOT.across + T * (wide ? CELL.desk : CELL.phone);
    const first = Math.min(width, most);
    const second = wide ? width - first - GAP : width;
    left.style("width", `${first}px`);
    right.style("width", `${second}px`);
    // Where all stands in one column, what is said comes before the long list.
    if (wide) right.node().append(factors.node);
    else tasks.before(factors.node);
    triangle.layout(first, first - OF_PLOT.across + OF_PLOT.down);
    kept.layout(Math.min(second, 420), wide ? KEPT.desk : KEPT.phone);
    update(now);
  }

  return { update, layout };
}

const prediction = {
  text: "This network has learnt nothing yet. Cut away the terms below a line: the lags from τ on. How high may the line lie if no more than a tenth of the gradient's length is to be lost? Drag the point.",
  start: 4,
  gap,
};

export default explorer({ kind: "triangle", measure, build, words: { verdict, summary }, tasks: TASKS, prediction, table, data });
