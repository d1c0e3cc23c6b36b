// The valley in the browser: an anywidget front-end module.
import { addNote, explorer, GAP } from "../kit/explorer.js";
import { createPlayer } from "../kit/play.js";
import { createLoss } from "./loss.js";
import { createMap, heightFor } from "./map.js";
import { measure, STEPS } from "./model.js";
import { data, table } from "./table.js";
import { TASKS } from "./tasks.js";
import { gap, summary, verdict } from "./words.js";

const SEEN = 5; // steps that are drawn before the guess
const LOSS_ON_PHONE = 176; // px
const PRESETS = [0.5, 1, 1.5, 2].map((product) => ({ text: String(product), settings: { eta: product / 10, kappa: 10 } }));

function build({ panels, controls, bind, commit, get, signal, prediction }) {
  const map = createMap({ get, commit, signal });
  const loss = createLoss({ get, prediction, signal });
  const [left, right] = ["The valley ½(u² + κv²) from above", "The loss at each step"].map((title) => {
    const panel = panels.append("div").attr("class", "panel");
    panel.append("p").attr("class", "title").text(title);
    return panel;
  });
  left.append(() => map.node);
  right.append(() => loss.node);
  addNote(left, "Cross: the minimum. Λ, the larger of 1 and κ, is the steepest curvature. Grey: before.");

  controls.append(() => bind.slider("eta", { label: "learning rate η", title: "learning rate η" }));
  controls.append(() => bind.slider("kappa", { label: "steepness κ", title: "steepness κ", step: 0.1 }));
  const player = createPlayer({ label: "step", least: 0, most: () => STEPS, interval: 250, onStep: (step) => commit({ step }), signal });
  controls.append(() => player.node);
  controls.append(() => bind.presets(PRESETS, "κ = 10, ηΛ ="));

  function draw(now) {
    for (const part of [map, loss]) part.draw({ ...now, seen: SEEN });
    player.set(now.settings.step);
  }

  return {
    update: draw,
    layout(width, wide, now) {
      const first = wide ? Math.floor(0.6 * (width - GAP)) : width;
      const second = wide ? width - GAP - first : width;
      left.style("width", `${first}px`);
      right.style("width", `${second}px`);
      map.layout(first, heightFor(first));
      loss.layout(second, wide ? heightFor(first) : LOSS_ON_PHONE);
      draw(now);
    },
  };
}

const prediction = {
  text: "Five steps have brought the loss from 8.45 down to 1.92. The next follow the same rule. Where is the loss after 20 steps? Drag the point.",
  start: 0,
  gap,
};

export default explorer({ kind: "valley", measure, build, words: { verdict, summary }, tasks: TASKS, prediction, table, data });
