// The memory cell in the browser: an anywidget front-end module.
import { addNote, explorer } from "../kit/explorer.js";
import { createPlayer } from "../kit/play.js";
import { createCell } from "./cell.js";
import { createGates } from "./gates.js";
import { createGradient } from "./gradient.js";
import { measure, STEPS } from "./model.js";
import { data, table } from "./table.js";
import { TASKS } from "./tasks.js";
import { gap, summary, verdict } from "./words.js";

const HEIGHTS = { phone: [124, 128, 128], desk: [118, 138, 134] };
const PRESETS = [0, 1, 3, 6].map((b) => ({ text: `b = ${b}`, settings: { b, lift: 0 } }));

function build({ panels, controls, bind, commit, get, signal, prediction }) {
  const parts = [createGates({ get, commit, prediction, signal }), createCell({ prediction, signal }), createGradient()];
  const titles = ["How much the cell keeps at each step", "What it holds (bars), what it shows, h (rings)", "How much of a change at step k arrives"];
  const list = parts.map((part, i) => {
    const panel = panels.append("div").attr("class", "panel");
    panel.append("p").attr("class", "title").text(titles[i]);
    panel.append(() => part.node);
    return panel;
  });
  addNote(list[2], "Step 1 writes the bit. Triangles: distractors, of the other sign; the input gate i says how much of them comes in. Grey: before.");

  controls.append(() => bind.slider("b", { label: "forget bias b", title: "forget bias b", step: 0.1 }));
  controls.append(() => bind.slider("i", { label: "input gate i", title: "input gate i at steps 10, 20 and 30" }));
  const player = createPlayer({ label: "step t", least: 1, most: () => STEPS, interval: 120, onStep: (step) => commit({ step }), signal });
  controls.append(() => player.node);
  controls.append(() => bind.presets(PRESETS, "Gate"));
  controls.append(() => bind.choice("bit", { label: "the bit", options: { plus: "+1", minus: "−1" } }));
  controls.append(() => bind.toggle("late", { label: "output gate q: open at step 40 only" }));

  const draw = (now) => parts.forEach((part) => part.draw(now));
  return {
    update(now) {
      draw(now);
      player.set(now.settings.step);
    },
    layout(width, wide, now) {
      const heights = wide ? HEIGHTS.desk : HEIGHTS.phone;
      parts.forEach((part, i) => {
        list[i].style("width", `${width}px`);
        part.layout(width, heights[i]);
      });
      draw(now);
    },
  };
}

const prediction = {
  text: "The cell keeps 0.95 of what it holds at every step, and nothing else comes in. How much of the bit, +1, is left at step 40? Drag the point at the right.",
  start: 0.7,
  gap,
};

export default explorer({ kind: "hold", measure, build, words: { verdict, summary }, tasks: TASKS, prediction, table, data });
