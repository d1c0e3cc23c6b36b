// Unrolled in the browser: an anywidget front-end module.
import { addNote, explorer, GAP } from "../kit/explorer.js";
import { createPlayer } from "../kit/play.js";
import { createBars } from "./bars.js";
import { formula } from "./formula.js";
import { createGraph } from "./graph.js";
import { appears, measure, ORDER, shownNumber } from "./model.js";
import { written } from "./names.js";
import { data, table } from "./table.js";
import { TASKS } from "./tasks.js";
import { agrees, gap, summary, verdict } from "./words.js";

const LAST = ORDER.length - 1;
const ERRORS = {
  none: "none",
  direct: "own loss left out",
  twice: "slope twice",
  late: "slope a step late",
  printed: "the printed (10)",
};

/** What can be seen: while a guess is open, nothing from ∂L/∂h₁ on. */
const visibleStep = ({ settings, open }) => (open ? Math.min(settings.step, appears("dh1") - 1) : settings.step);

/** Write W_hh with its index below the line. */
function write(node, text) {
  for (const [i, part] of text.split(/_(h[hx])/).entries()) node.append(i % 2 ? "sub" : "span").text(part);
}

function createFormula(panel) {
  const root = panel.append("div").attr("class", "formula");
  function draw(now) {
    const step = visibleStep(now);
    const name = shownNumber({ ...now.settings, step });
    const { name: left, steps } = formula(name, now.measured, now.settings);
    const lines = steps.map((text, i) => (i ? `= ${text}` : `${left} = ${text}`));
    root.selectAll("p").remove();
    for (const text of lines) write(root.append("p"), text);
    const { central } = now.measured;
    if (!(name in central)) return;
    const judged = `central difference ${written(central[name])} ${agrees(now.measured, name) ? "✓" : "✗"}`;
    root.select("p:last-child").append("span").attr("class", "beside").text(judged);
  }
  return { draw };
}

function build({ panels, controls, bind, commit, get, signal, prediction }) {
  const graph = createGraph({ commit, get, signal });
  const bars = createBars({ prediction, signal });
  const left = panels.append("div").attr("class", "panel");
  left.append(() => graph.node);
  addNote(left, "Blue: values. Vermillion: gradients; δ₂ is ∂L/∂a₂.");
  const right = panels.append("div").attr("class", "panel");
  const lines = createFormula(right);
  right.append(() => controls.node()); // between what they move
  right.append(() => bars.node);
  addNote(right, "Arrows: what its own loss brings, then what later ones bring. Green line: central difference. y: P(class 0). Grey: before.");

  const player = createPlayer({ label: "numbers computed", title: "step", most: () => LAST, interval: 450, onStep: (step) => commit({ step, shown: ORDER[step] }), signal });
  controls.append(() => player.node);
  controls.append(() => bind.choice("error", { label: "error", options: ERRORS }));
  const weight = controls.append(() => bind.slider("W_hh", { label: "", title: "recurrent weight W_hh" }));
  write(weight.select(".control-name").insert("span", ".value"), "W_hh");

  function draw(now) {
    controls.attr("hidden", now.open ? "" : null);
    const step = visibleStep(now);
    graph.draw(now, step);
    lines.draw(now);
    bars.draw(now, step);
    player.set(now.settings.step);
  }

  return {
    update: draw,
    layout(width, wide, now) {
      const first = wide ? Math.min(0.56 * width, 500) : width;
      const second = wide ? width - first - GAP : width;
      left.style("width", `${first}px`);
      right.style("width", `${second}px`);
      graph.layout(first);
      bars.layout(second, wide ? 200 : 138);
      draw(now);
    },
  };
}

const prediction = {
  text: "The way back has come to δ₂ = −1.030, and ∂L/∂o₁ is 0.750. The recurrent weight is 2 and w is 2.197. Where is ∂L/∂h₁? Drag the point in the chart to it.",
  start: 0,
  gap,
};

export default explorer({ kind: "unrolled", measure, build, words: { verdict, summary }, tasks: TASKS, prediction, table, data });
