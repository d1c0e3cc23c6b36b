// Circle to ellipse in the browser: an anywidget front-end module.
import { addNote, explorer, GAP } from "../kit/explorer.js";
import { counted } from "../kit/format.js";
import { createPlayer } from "../kit/play.js";
import { createColumns, signed } from "./columns.js";
import { createImage } from "./image.js";
import { createLengths, START } from "./lengths.js";
import { measure, STEPS } from "./model.js";
import { data, table } from "./table.js";
import { TASKS } from "./tasks.js";
import { gap, summary, verdict } from "./words.js";

const LENGTHS = 236; // px, the least that the curves and their labels take beside the squares
const PRESETS = [
  { text: "Turns and shrinks", settings: { first: [0.78, 0.45], second: [-0.45, 0.78] } },
  { text: "Grows, then shrinks", settings: { first: [0.8, 0], second: [1.2, 0.6] } },
  { text: "Symmetric", settings: { first: [0.9, 0.4], second: [0.4, 0.5] } },
  { text: "Shear", settings: { first: [1, 0], second: [0.8, 1] } },
];

function build({ panels, controls, bind, commit, get, signal, prediction }) {
  const columns = createColumns({ commit, get, signal });
  const image = createImage();
  const lengths = createLengths({ prediction, signal });
  const [left, middle, right] = ["The matrix W", "", "How long it is"].map((title) => {
    const panel = panels.append("div").attr("class", "panel");
    panel.append("p").attr("class", "title").text(title);
    return panel;
  });
  const after = middle.select(".title");
  left.append(() => columns.node);
  middle.append(() => image.node);
  right.append(() => lengths.node);
  const matrix = left.append("p").attr("class", "matrix");
  matrix.append("span").attr("aria-hidden", "true").text("W =");
  const grid = matrix.append("span").attr("class", "entries").attr("role", "img");
  const entries = ["first", "second", "first", "second"].map((name) => grid.append("span").attr("class", name));
  addNote(middle, "Bold: the longest half axis. Dots: a circle of radius rᵗ. Grey: before.");

  addNote(right, "‖W‖, the norm: the longest half axis after one step. r, the spectral radius: the largest |eigenvalue| of W.");

  const player = createPlayer({ label: "step t", title: "number of steps t", most: () => STEPS, interval: 600, onStep: (steps) => commit({ steps }), signal });
  controls.append(() => player.node);
  controls.append(() => bind.presets(PRESETS));

  function draw(now) {
    const { settings, measured: { W } } = now;
    for (const part of [columns, image, lengths]) part.draw(now);
    after.text(`After ${counted(settings.steps, "step")}: Wᵗ`);
    entries.forEach((entry, i) => entry.text(signed(W[i])));
    grid.attr("aria-label", `W with the rows ${signed(W[0])}, ${signed(W[1])} and ${signed(W[2])}, ${signed(W[3])}`);
    player.set(settings.steps);
  }

  return {
    update: draw,
    layout(width, wide, now) {
      const square = Math.floor(wide ? Math.min(252, (width - LENGTHS) / 2 - GAP) : (width - 8) / 2);
      const rest = wide ? width - 2 * (square + GAP) : width;
      for (const panel of [left, middle]) panel.style("width", `${square}px`);
      right.style("width", `${rest}px`);
      for (const part of [columns, image]) part.layout(square, square);
      lengths.layout(rest, wide ? square : 190);
      draw(now);
    },
  };
}

const prediction = {
  text: "One step makes the longest half axis of the circle 1.53 long. Repeat that step: how long is it after 4, 8 and 12 steps? Drag the three points.",
  start: START,
  gap,
};

export default explorer({ kind: "circle", measure, build, words: { verdict, summary }, tasks: TASKS, prediction, table, data });
