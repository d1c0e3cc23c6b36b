// The network that writes, in the browser: an anywidget front-end module.
import { button } from "../kit/dom.js";
import { addNote, explorer, GAP } from "../kit/explorer.js";
import { createPlayer } from "../kit/play.js";
import { createBars } from "./bars.js";
import { field } from "./field.js";
import { createLoss } from "./loss.js";
import { measure } from "./model.js";
import { data, table } from "./table.js";
import { TASKS } from "./tasks.js";
import { gap, question, summary, verdict } from "./words.js";

const HEIGHT = { phone: 132, desk: 190 };
const INTERVAL = 1600; // ms for a checkpoint: what it writes must be read

function build({ panels, controls, bind, commit, get, signal, prediction }) {
  const network = get("network");
  const { max } = get("schema").seed;
  const bars = createBars();
  const loss = createLoss({ network, prediction, signal });
  const add = (title, node) => {
    const panel = panels.append("div").attr("class", "panel");
    panel.append("p").attr("class", "title").text(title);
    if (node) panel.append(() => node);
    return panel;
  };
  const left = add("The next character", bars.node);
  const right = add("Loss per character, on text held back", loss.node);
  const below = add("What it writes").classed("below", true);
  const paper = below.append("p").attr("class", "paper");
  const beginning = paper.append("b");
  const written = paper.append("span");
  addNote(below, "␣ is a space, ↵ a new line, “rest” the other characters together. The weights are rounded to 8 bits. Grey lines: before.");

  const player = createPlayer({ label: "checkpoint", most: () => get("schema").checkpoint.max, interval: INTERVAL, onStep: (checkpoint) => commit({ checkpoint }), signal });
  controls.append(() => player.node);
  const typed = field({ label: "beginning", rule: get("schema").text, onText: (text) => commit({ text }), signal });
  controls.append(() => typed.node);
  controls.append(() => bind.slider("temperature", { label: "temperature", title: "temperature", step: 0.05 }));
  controls.append(() => button({ text: "Draw another text", onClick: () => commit({ seed: (get("seed") + 1) % (max + 1) }), signal }));

  const draw = (now) => {
    bars.draw(now);
    loss.draw(now);
  };
  return {
    update(now) {
      draw(now);
      player.set(now.settings.checkpoint);
      typed.set(now.settings.text);
      beginning.text(now.settings.text);
      written.text(now.measured.written.replaceAll("\n", "↵"));
    },
    layout(width, wide, now) {
      const each = wide ? (width - GAP) / 2 : width;
      left.style("width", `${each}px`);
      right.style("width", `${each}px`);
      for (const drawing of [bars, loss]) drawing.layout(each, wide ? HEIGHT.desk : HEIGHT.phone);
      draw(now);
    },
  };
}

const prediction = {
  text: (get) => question(get("network").checkpoints),
  start: 4,
  gap,
};

export default explorer({ kind: "writes", measure, build, words: { verdict, summary }, tasks: TASKS, prediction, table, data });
