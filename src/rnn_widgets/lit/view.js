// The lit text in the browser: an anywidget front-end module.
import { button } from "../kit/dom.js";
import { addNote, explorer } from "../kit/explorer.js";
import { createPlayer } from "../kit/play.js";
import { createCurve } from "./curve.js";
import { createLetters } from "./letters.js";
import { measure } from "./model.js";
import { data, table } from "./table.js";
import { TASKS } from "./tasks.js";
import { gap, summary, verdict } from "./words.js";

const HEIGHT = { phone: 150, desk: 180 };
const INTERVAL = 90; // ms for a letter

function build({ panels, controls, bind, commit, get, signal, prediction }) {
  const text = get("text");
  const networks = get("networks").length;
  const letters = createLetters({ text, prediction, signal });
  const curve = createCurve({ text });
  const above = panels.append("div").attr("class", "panel");
  above.append(() => letters.node);
  addNote(above, "A letter's light: how much the error at the dashed letter depends on the network's state there; the last one's is 1. Below a hundredth a letter is dark and has no bar.");
  const below = panels.append("div").attr("class", "panel");
  below.append(() => curve.node);
  addNote(below, "Solid: the light. Dashed: ρ multiplied by itself, the most it can be. Dotted: a hundredth. The network is untrained: 16 units, random weights. Grey: before.");

  controls.append(() => bind.slider("rho", { label: "most per step, ρ", title: "most per step, ρ" }));
  const player = createPlayer({ label: "letters back", most: () => get("schema").back.max, interval: INTERVAL, onStep: (back) => commit({ back }), signal });
  controls.append(() => player.node);
  const another = button({ text: "", onClick: () => commit({ draw: (get("draw") + 1) % networks }), signal });
  controls.append(() => another);

  const draw = (now) => {
    letters.draw(now);
    curve.draw(now);
  };
  return {
    update(now) {
      draw(now);
      player.set(now.settings.back);
      another.textContent = `Network ${now.settings.draw + 1} of ${networks} ▸`;
    },
    layout(width, wide, now) {
      letters.layout(width);
      curve.layout(width, wide ? HEIGHT.desk : HEIGHT.phone);
      draw(now);
    },
  };
}

const prediction = {
  text: "Each step back leaves at most nine tenths of the light. Going back from the lit space before “are”, which letter is the first with less than a hundredth of its light? Move the frame there.",
  start: 30,
  first: "Move the frame first",
  gap,
};

export default explorer({ kind: "lit", measure, build, words: { verdict, summary }, tasks: TASKS, prediction, table, data });
