// The game of darts in the browser: an anywidget front-end module.
import { addNote, explorer, GAP } from "../kit/explorer.js";
import { createPlayer } from "../kit/play.js";
import { createCounts } from "./counts.js";
import { measure } from "./model.js";
import { createStrip } from "./strip.js";
import { data, table } from "./table.js";
import { TASKS } from "./tasks.js";
import { gap, summary, verdict } from "./words.js";

const PHONE = { strip: 214, counts: 156 };
const DESK = { strip: 290, counts: 290 };
const INTERVAL = 300; // ms between two darts

function build({ panels, controls, bind, commit, get, signal, prediction }) {
  const strip = createStrip();
  const counts = createCounts({ prediction, signal });
  const left = panels.append("div").attr("class", "panel");
  left.append("p").attr("class", "title").text("Darts under a ceiling");
  left.append(() => strip.node);
  addNote(left, "Dots lie under the curve λ(t) and are kept; crosses are dropped. Grey: before.");
  const right = panels.append("div").attr("class", "panel");
  right.append("p").attr("class", "title").text("Kept so far");
  right.append(() => counts.node);

  controls.append(() => bind.slider("ceiling", { label: "ceiling B", title: "ceiling", step: 0.05 }));
  controls.append(() => bind.choice("curve", { label: "curve λ", options: { wave: "wave 2 + 1.5 sin t", hawkes: "Hawkes process" } }));
  let darts = 0;
  const all = get("schema").fallen.max;
  const player = createPlayer({
    label: "darts fallen",
    most: () => darts,
    interval: INTERVAL,
    onStep: (step) => commit({ fallen: step >= darts ? all : step }),
    signal,
  });
  controls.append(() => player.node);

  return {
    update(now) {
      darts = now.measured.times.length;
      player.set(now.measured.count);
      strip.draw(now);
      counts.draw(now);
    },
    layout(width, wide, now) {
      const first = wide ? Math.round(0.62 * width) : width;
      const second = wide ? width - first - GAP : width;
      left.style("width", `${first}px`);
      right.style("width", `${second}px`);
      const heights = wide ? DESK : PHONE;
      strip.layout(first, heights.strip);
      counts.layout(second, heights.counts);
      strip.draw(now);
      counts.draw(now);
    },
  };
}

const prediction = {
  text: "Darts fall anywhere alike under the ceiling at 5. Of 53 three are down. How many of the 53 will lie under the curve? Drag the point at the right end.",
  start: 5,
  gap,
};

export default explorer({ kind: "thinning", measure, build, words: { verdict, summary }, tasks: TASKS, prediction, table, data });
