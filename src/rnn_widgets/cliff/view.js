// ClippingExplorer in the browser: an anywidget front-end module.
import { addNote, explorer, GAP } from "../kit/explorer.js";
import { createPlayer } from "../kit/play.js";
import { createLens, TIMES } from "./lens.js";
import { createMap } from "./map.js";
import { measure } from "./model.js";
import { createNorms } from "./norms.js";
import { createReadout } from "./readout.js";
import { data, table } from "./table.js";
import { TASKS } from "./tasks.js";
import { gap, summary, verdict } from "./words.js";

const PHONE = { map: 268, lens: 168, norms: 168 };
const DESK = { map: 372, lens: 150, norms: 184 };

function build({ panels, controls, bind, commit, get, signal, prediction }) {
  const problem = get("problem");
  const map = createMap({ problem, onMove: commit, signal });
  const lens = createLens({ problem });
  const norms = createNorms({ prediction, signal });
  const readout = createReadout();
  const left = panels.append("div").attr("class", "panel");
  left.append("p").attr("class", "title").html("The loss (h<sub>T</sub> − 0.7)², from above");
  left.append(() => map.node);
  const right = panels.append("div").attr("class", "panel pair");
  const [near, long] = [[`${TIMES} times closer`, lens], ["Gradient length", norms]].map(([title, { node }]) => {
    const part = right.append("div").attr("class", "part");
    part.append("p").attr("class", "title").text(title);
    part.append(() => node);
    return part;
  });

  const player = createPlayer({
    label: "update",
    title: "updates shown",
    most: () => get("updates"),
    interval: 120,
    onStep: (update) => commit({ update }),
    signal,
  });
  controls.append(() => player.node);
  controls.append(() => bind.slider("clip", { label: "threshold c", title: "threshold c of clipping" }));
  controls.append(() => bind.slider("learning_rate", { label: "learning rate η", title: "learning rate η" }));
  controls.append(() => bind.slider("T", { label: "steps T", title: "steps T of the network", step: 1 }));
  controls.append(() => bind.choice("paths", { label: "descents", options: { both: "both", unclipped: "without clipping", clipped: "with clipping" } }));
  controls.append(() => readout.node);
  addNote(controls, "Thin lines: equal loss, 0 on the dotted one. A dot for each update. □ with clipping, × without; ● the gradient that led off the map. Grey: before.");

  function draw(now) {
    map.draw(now);
    map.frame(lens.draw(map.place(), now));
    norms.draw(now);
  }

  return {
    update(now) {
      draw(now);
      player.set(now.measured.k);
      readout.draw(now);
      norms.describe(`Log scale against updates: length of the gradient.${now.revealed ? ` ${verdict(now.measured, now.settings)}` : ""}`);
    },
    layout(width, wide, now) {
      const first = wide ? Math.min(0.52 * width, 460) : width;
      const second = wide ? width - first - GAP : width;
      left.style("width", `${first}px`);
      right.style("width", `${second}px`);
      const heights = wide ? DESK : PHONE;
      const [small, rest] = wide ? [second, second] : [0.4 * width, 0.6 * width - GAP];
      near.style("width", `${small}px`);
      long.style("width", `${rest}px`);
      map.layout(first, heights.map, now);
      lens.layout(small, heights.lens);
      norms.layout(rest, heights.norms, now);
      map.frame(lens.draw(map.place(), now));
    },
  };
}

const prediction = {
  text: "Fifteen updates lead both descents to the foot of the cliff; their gradients are at most 0.2 long. How long is the longest of the next 85, without clipping? Drag the point in “Gradient length”.",
  start: 0,
  gap,
};

export default explorer({ kind: "cliff", measure, build, words: { verdict, summary }, tasks: TASKS, prediction, table, data });
