// The change of clock in the browser: an anywidget front-end module.
import { addNote, explorer, GAP } from "../kit/explorer.js";
import { createCount } from "./count.js";
import { measure } from "./model.js";
import { createQQ } from "./qq.js";
import { data, table } from "./table.js";
import { TASKS } from "./tasks.js";
import { gap, summary, verdict } from "./words.js";

const PHONE = { count: 190, qq: 190 };
const DESK = { count: 300, qq: 300 };

const MODELS = {
  true: "the true process",
  poisson: "Poisson process",
  half_beta: "β halved",
  no_beta: "factor β forgotten",
};

function build({ panels, controls, bind, signal, prediction }) {
  const count = createCount({ prediction, signal });
  const qq = createQQ();
  const left = panels.append("div").attr("class", "panel");
  left.append("p").attr("class", "title").text("Events, one by one");
  left.append(() => count.node);
  addNote(left, "Steps: N, the events so far. Dashed: the model’s Λ. Grey: before.");
  const right = panels.append("div").attr("class", "panel");
  right.append("p").attr("class", "title").text("Gaps against unit exponentials");
  right.append(() => qq.node);

  controls.append(() => bind.slider("clock", { label: "from t to Λ(t)", title: "clock, from t to Λ(t)" }));
  controls.append(() => bind.choice("evaluation", { label: "whose Λ", options: MODELS }));
  controls.append(() => bind.slider("alpha", { label: "branching ratio α", title: "branching ratio α" }));
  controls.append(() => bind.slider("beta", { label: "decay β", title: "decay β", step: 0.05 }));
  controls.append(() => bind.slider("mu", { label: "base rate μ", title: "base rate μ" }));

  return {
    update(now) {
      count.draw(now);
      qq.draw(now);
    },
    layout(width, wide, now) {
      const first = wide ? Math.round(0.58 * width) : width;
      const second = wide ? width - first - GAP : width;
      left.style("width", `${first}px`);
      right.style("width", `${second}px`);
      const heights = wide ? DESK : PHONE;
      count.layout(first, heights.count);
      qq.layout(second, heights.qq);
      count.draw(now);
      qq.draw(now);
    },
  };
}

const prediction = {
  text: "Λ(t) is how many events the process itself expected up to t, given those before. What was Λ at the time 25? Drag the point.",
  start: 20,
  gap,
};

export default explorer({ kind: "clock", measure, build, words: { verdict, summary }, tasks: TASKS, prediction, table, data });
