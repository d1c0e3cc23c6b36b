// What the network answers at every step, and what its states are: two pictures, and the bars of one step.
import { element } from "../elements.js";
import { createHeat, ROOM } from "../panels/heat.js";
import { addTable, some } from "../panels/panel.js";
import { createPlane } from "../panels/plane.js";
import { short } from "../words.js";
import { called } from "./sequences.js";
import { likeliest, share, visible } from "./said.js";

const BARS = 6;
const NAMED = 14; // answers at most whose rows are named
const ROW = 14; // px of a name

/** draw({ name, task, steps, right, prediction, m, t }); `onPick(t)` is told a step that is pointed at. */
export function createAnswers({ palette, onPick }) {
  let likely = createHeat({ label: "Probabilities of the answers", palette, height: 150 });
  let count = 0;
  const number = createPlane({ label: "Answer at each step", palette, height: 150 });
  const states = createHeat({ label: "Hidden states", palette, height: 170 });
  const bars = element("ul", { className: "pg-bars" });
  const node = element("div", { className: "pg-grid pg-answers" });
  const left = element("div", {}, likely.node, number.node, bars);
  const words = element("p", { className: "pg-note" });
  const right = element("div", {}, states.node, words);
  node.append(left, right);
  let shown = null;
  const fill = addTable(right, { title: "Answers", caption: "Step by step", columns: ["Step", "Input", "Answer", "Its probability", "Right"], rowsOf: () => rows(shown) });

  node.addEventListener("click", ({ target, clientX }) => {
    if (target !== likely.node && target !== states.node) return;
    const box = target.getBoundingClientRect();
    const t = Math.floor(((clientX - box.left - ROOM.left) / (box.width - ROOM.left - ROOM.right)) * shown.steps.length);
    onPick(Math.min(shown.steps.length - 1, Math.max(0, t)));
  });

  /** A picture in which the names of so many answers have room. */
  function fit(k) {
    if (k === count) return;
    count = k;
    const next = createHeat({ label: "Probabilities of the answers", palette, height: 34 + Math.max(6, Math.min(k, NAMED)) * ROW });
    likely.node.replaceWith(next.node);
    likely = next;
  }

  function draw(next) {
    shown = next;
    const { name, task, steps, prediction: { y, h }, m, t } = shown;
    words.textContent = `Above: the states${h.length > 1 ? " of the upper layer" : ""}, as they come; vermillion is positive, blue negative.`;
    const isNumber = name === "adding";
    if (!isNumber) fit(task.k);
    likely.node.hidden = bars.hidden = isNumber;
    number.node.hidden = !isNumber;
    if (isNumber) drawNumber(shown);
    else {
      likely.draw({ values: y, rows: task.k, columns: steps.length, most: 1, xTitle: "step", yTitle: task.k > NAMED ? "answer" : "", at: (row, column) => column * task.k + row, names: task.k > NAMED ? null : task.answers.map(visible), marked: t });
      likely.describe(`Probabilities of ${task.k} answers at ${steps.length} steps; the sentence and the table say them`);
      drawBars(shown);
    }
    const own = h.at(-1);
    const most = own.reduce((top, value) => Math.max(top, Math.abs(value)), 1);
    states.draw({ values: own, rows: m, columns: steps.length, most, xTitle: "step", yTitle: "unit", at: (unit, column) => column * m + unit, marked: t });
    states.describe(`Hidden states of ${m} units at ${steps.length} steps`);
    fill();
  }

  function drawNumber({ steps, right: answers, prediction: { y }, t }) {
    const sum = answers.at(-1);
    const high = Math.max(1, ...y, sum ?? 0);
    const low = Math.min(0, ...y);
    number.draw({
      x: { domain: [0.5, steps.length + 0.5], title: "step", whole: true },
      y: { domain: [low, 1.1 * high], title: "" },
      marks(pen) {
        if (sum !== null) pen.level(sum, { colour: "green" }, `sum ${short(sum)}`);
        pen.line(steps.map((_, i) => i + 1), y, { colour: "blue" });
        pen.dots([t + 1], [y[t]], { colour: "blue", size: 4 });
      },
    });
    number.describe(`The answer after the last of ${steps.length} steps is ${short(y.at(-1))}${sum === null ? "" : `, the sum ${short(sum)}`}`);
  }

  function drawBars({ task, right: answers, prediction: { y }, t }) {
    const row = y.subarray(t * task.k, (t + 1) * task.k);
    bars.replaceChildren(
      ...likeliest(row, Math.min(BARS, task.k), answers[t]).map((code) => {
        const bar = element("span", { className: "pg-bar" });
        bar.style.setProperty("--share", row[code]);
        const name = visible(task.answers[code]);
        return element("li", {}, element("span", { className: "pg-bar-name" }, answers[t] === code ? `${name} ✓` : name), bar, element("span", { className: "pg-bar-share" }, share(row[code])));
      }),
    );
  }

  return { node, draw };
}

function rows({ name, task, steps, right, prediction: { y } }) {
  return some(steps.length, 24).map((t) => {
    const input = visible(called(name, task, steps[t]));
    if (name === "adding") return [String(t + 1), input, short(y[t]), "–", short(right[t])];
    const row = y.subarray(t * task.k, (t + 1) * task.k);
    const [best] = likeliest(row, 1);
    return [String(t + 1), input, visible(task.answers[best]), share(row[best]), right[t] === null ? "–" : visible(task.answers[right[t]])];
  });
}
