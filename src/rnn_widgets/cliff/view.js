// ClippingExplorer in the browser: an anywidget front-end module.
import { select } from "d3-selection";
import { createMap } from "./map.js";
import { measure } from "./model.js";
import { createNorms } from "./norms.js";
import * as contents from "./table.js";
import { digits, leavesText, summary, verdict } from "./words.js";
import { slider } from "../kit/dom.js";
import { createTable } from "../kit/table.js";
import { addNote, createView, GAP } from "../kit/view.js";

const SETTINGS = ["w", "b", "learning_rate", "clip", "updates", "T"];

function render({ model, el }) {
  const label = "Clipping explorer: descent on the loss of one unit, with and without clipping";
  const { root, signal, settings, commit, addFoot, start } = createView({ model, el, kind: "cliff", names: SETTINGS, label });
  const problem = model.get("problem");

  // --- the two panels
  const panels = root.append("div").attr("class", "panels");
  const map = createMap({ problem, onMove: commit, signal });
  const norms = createNorms();
  const leftPanel = panels.append("div").attr("class", "panel");
  leftPanel.append("p").attr("class", "title").html("Loss (h<sub>T</sub> − 0.7)²: drag the start");
  leftPanel.append(() => map.node);
  const control = (name, scale) =>
    slider({ step: 0.01, digits: 2, onInput: (value) => commit({ [name]: value }), signal, ...scale });
  const between = ([min, max]) => ({ min, max, inline: true });
  const sliders = {
    w: control("w", { ...between(problem.w_range), label: "w", title: "w, the recurrent weight" }),
    b: control("b", { ...between(problem.b_range), label: "b", title: "b, the bias" }),
    learning_rate: control("learning_rate", { label: "learning rate η", title: "learning rate η", min: 0.01, max: 1 }),
    clip: control("clip", { label: "threshold c", title: "threshold c of clipping", min: 0.05, max: 2 }),
    updates: control("updates", { label: "updates", title: "updates of each descent", min: 1, max: 300, step: 1, digits: 0 }),
    T: control("T", { label: "steps T of the network", title: "steps T of the network", min: 1, max: 100, step: 1, digits: 0 }),
  };
  for (const name of ["w", "b"]) leftPanel.append(() => sliders[name].node);
  addNote(leftPanel, "Thin lines: equal loss. A dot for each update. □ ends the descent with clipping, × the one without.");
  const rightPanel = panels.append("div").attr("class", "panel");
  rightPanel.append("p").attr("class", "title").text("Gradient length before clipping");
  rightPanel.append(() => norms.node);

  // --- what it says
  const says = rightPanel.append("p").attr("class", "verdict tall");
  const list = rightPanel.append("table").attr("class", "readout");
  const heads = ["", "longest gradient", "loss at the end", "leaves the map"];
  const head = list.append("thead").append("tr");
  for (const text of heads) head.append(text ? "th" : "td").attr("scope", text ? "col" : null).text(text);
  const body = list.append("tbody");
  const cells = Object.fromEntries(
    [["without", "without clipping"], ["clipped", "with clipping"]].map(([name, text]) => {
      const row = body.append("tr");
      row.append("th").attr("scope", "row").append("span").attr("class", name).text(text);
      return [name, heads.slice(1).map(() => row.append("td"))];
    }),
  );

  // --- choices
  const controls = root.append("div").attr("class", "controls");
  for (const name of SETTINGS.slice(2)) controls.append(() => sliders[name].node);
  const table = createTable({ ...contents, signal });
  addFoot(table.node);

  // --- drawing
  let measured;
  function update() {
    const now = settings();
    measured = measure(now, problem);
    map.draw(measured, now);
    norms.draw(measured, now);
    table.draw(measured);
    for (const name of SETTINGS) sliders[name].set(now[name]);
    const words = verdict(measured, now);
    says.text(words);
    for (const [name, [longest, loss, leaves]] of Object.entries(cells)) {
      longest.text(digits(measured[name].largest));
      loss.text(digits(measured[name].loss));
      leaves.text(leavesText(measured[name]));
    }
    select(norms.node).attr("aria-label", `Log scale against updates: length of the gradient with and without clipping. ${words}`);
  }

  function layout(width, wide) {
    const left = wide ? Math.min(0.5 * width, 430) : width;
    const right = wide ? width - left - GAP : width;
    leftPanel.style("width", `${left}px`);
    rightPanel.style("width", `${right}px`);
    map.layout(left, wide ? 330 : 256); // one above the other, both should fit on a phone
    norms.layout(right);
  }

  return start({ update, layout, summary: () => summary(measured, settings()) });
}

export default { render };
