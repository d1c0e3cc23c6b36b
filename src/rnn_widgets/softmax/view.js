// Softmax in the browser: an anywidget front-end module.
import { addNote, explorer, GAP } from "../kit/explorer.js";
import { createCost } from "./cost.js";
import { measure, moved, WORDS } from "./model.js";
import { createScores } from "./scores.js";
import { createShares } from "./shares.js";
import { createSlopes } from "./slopes.js";
import { data, table } from "./table.js";
import { TASKS } from "./tasks.js";
import { gap, summary, verdict } from "./words.js";

const PHONE = 172;
const DESK = 190;
const EXAMPLES = [
  { text: "sure, and right", settings: { logits: [-1, 3, 0], happened: "are" } },
  { text: "undecided", settings: { logits: [1, 1, 1], happened: "are" } },
];

function build({ panels, controls, bind, commit, get, signal, prediction }) {
  const move = (i, value) => commit({ logits: moved(get("logits"), i, value, get("together"), get("schema").logits.of) });
  const parts = [
    { title: "Logits ", symbol: "o", drawing: createScores({ bounds: get("schema").logits.of, onMove: move, signal }) },
    { symbol: "y = softmax(o)", drawing: createShares({ prediction, signal }) },
    { title: "Gradient ", symbol: "y − e", of: "c", drawing: createSlopes() },
    { title: "Loss ", symbol: "−log y", of: "c", drawing: createCost() },
  ];
  for (const { title, symbol, of, drawing } of parts) {
    const panel = panels.append("div").attr("class", "panel");
    const name = panel.append("p").attr("class", "title").text(title ?? "");
    name.append("span").attr("class", "symbol").text(symbol);
    if (of) name.append("sub").text(of);
    panel.append(() => drawing.node);
  }
  addNote(panels, "✓ is what happened, c. Dashed: all the probability on it, e. Ring: the cost of guessing, log 3. Grey: before.");
  controls.append(() => bind.choice("happened", { label: "what happened", options: Object.fromEntries(WORDS.map((word) => [word, word])) }));
  controls.append(() => bind.toggle("together", { label: "move all three together" }));
  controls.append(() => bind.presets(EXAMPLES));

  return {
    update(now) {
      for (const { drawing } of parts) drawing.draw(now);
    },
    layout(width, wide, now) {
      for (const { drawing } of parts) {
        drawing.layout((width - GAP) / 2, wide ? DESK : PHONE);
        drawing.draw(now);
      }
    },
  };
}

const prediction = {
  text: "The scores are 2 for “is”, 1 for “are” and 0 for “was”. Softmax makes probabilities of them. Which does “are” get? Drag the point above “are”.",
  start: 0.5,
  gap,
};

export default explorer({ kind: "softmax", measure, build, words: { verdict, summary }, tasks: TASKS, prediction, table, data });
