// The window in the browser: an anywidget front-end module.
import { addNote, explorer, GAP } from "../kit/explorer.js";
import { createPlayer } from "../kit/play.js";
import { createBars } from "./bars.js";
import { createLengths } from "./lengths.js";
import { measure } from "./model.js";
import { createStrip } from "./strip.js";
import { data, table } from "./table.js";
import { TASKS } from "./tasks.js";
import { gap, summary, verdict } from "./words.js";

const PHONE = 150;
const DESK = 200;

function build({ panels, controls, bind, commit, get, signal, prediction }) {
  const strip = createStrip();
  const below = [createBars({ prediction, signal }), createLengths()];
  const add = (title, drawing) => {
    const panel = panels.append("div").attr("class", "panel");
    panel.append("p").attr("class", "title").text(title);
    panel.append(() => drawing.node);
    return panel;
  };
  const top = add("The sentence, and the window", strip);
  addNote(top, "Below: how many words back. Bold: the subject.");
  const rest = [add("This sentence: which verb?", below[0]), add("All sentences: verbs guessed right", below[1])];

  const { min, max } = get("schema").adjectives;
  const player = createPlayer({ label: "adjectives", least: min, most: () => max, interval: 700, onStep: (adjectives) => commit({ adjectives }), signal });
  controls.append(() => player.node);
  controls.append(() => bind.slider("tau", { label: "window τ (words)", title: "window τ, in words", step: 1 }));
  controls.append(() => bind.choice("subject", { label: "subject", options: { dog: "dog", dogs: "dogs" } }));
  controls.append(() => bind.choice("noun", { label: "second noun", options: { cat: "cat", cats: "cats" } }));
  controls.append(() => bind.slider("q", { label: "another adjective, q", title: "probability q of one more adjective" }));
  controls.append(() => bind.slider("clue", { label: "nouns agree", title: "probability that the second noun has the number of the subject" }));
  addNote(controls, "q: how often one more adjective follows. Nouns agree: how often both have the same number. Grey: before.");

  const draw = (now) => [strip, ...below].forEach((part) => part.draw(now));
  return {
    update(now) {
      draw(now);
      player.set(now.settings.adjectives);
    },
    layout(width, wide, now) {
      const each = wide ? (width - GAP) / 2 : width;
      top.style("width", `${width}px`);
      strip.layout(width);
      rest.forEach((panel, i) => {
        panel.style("width", `${each}px`);
        below[i].layout(each, wide ? DESK : PHONE);
      });
      draw(now);
    },
  };
}

const prediction = {
  text: "You see only “near the old small cats”. The two nouns agree in number half the time. How probable is a singular verb? Drag the point.",
  start: 0.2,
  gap,
};

export default explorer({ kind: "window", measure, build, words: { verdict, summary }, tasks: TASKS, prediction, table, data });
