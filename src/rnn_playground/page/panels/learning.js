// Loss beside chance and the least that is possible, and the share of right answers.
import { short, whole } from "../words.js";
import { createPanel, some } from "./panel.js";
import { createPlane } from "./plane.js";

const title = "Loss and accuracy";

export function learning({ app, palette }) {
  const loss = createPlane({ label: "Loss of each batch", palette, height: 190 });
  const right = createPlane({ label: "Share of right answers", palette, height: 120 });
  const { history } = app;
  const panel = createPanel({
    name: "learning",
    title,
    caption: "Means over the updates since the row before",
    columns: ["Update", "Loss per step", "Right"],
    rowsOf: () => some(history.update.length).map((i) => [whole(history.update[i]), short(history.per_step[i]), short(history.accuracy[i])]),
  });
  panel.figure.append(loss.node, right.node);

  function draw() {
    const { state, task } = app;
    if (!state) return;
    const [chance, floor] = [state.chance / state.steps, state.floor === null ? null : state.floor / state.steps];
    const last = Math.max(10, history.update.at(-1) ?? 0);
    const x = { domain: [0, last], title: "update", format: whole };
    let top = 0;
    for (const value of history.per_step) if (Number.isFinite(value)) top = Math.max(top, value);
    // What is far above chance leaves the plane: else one bad batch would flatten all others.
    const most = Math.max(1.3 * chance, Math.min(1.05 * top, 3 * chance)) || 1;
    loss.draw({
      x,
      y: { domain: [0, most], title: "" },
      marks(pen) {
        pen.level(chance, { colour: "vermillion" }, `chance ${short(chance)}`);
        if (floor !== null && floor > 0) pen.level(floor, { colour: "green" }, `least possible ${short(floor)}`);
        pen.line(history.update, history.per_step, { colour: "blue" });
      },
    });
    right.draw({ x, y: { domain: [0, 1.02], title: "", count: 2, format: (value) => `${Math.round(100 * value)} %` }, marks: (pen) => pen.line(history.update, history.accuracy, { colour: "green" }) });
    const least = floor === null ? "The least possible for this text is not known." : floor === 0 ? "The least possible is 0." : "";
    panel.say(`Above: ${task?.numbers ? "squared error" : "loss in nats"} per asked step, of each batch. Below: share of right answers in it${task?.numbers ? " (within 0.08)" : ""}. ${least}${top > most ? " Some batches are above what is drawn." : ""}`);
    loss.describe(`Loss of each batch: last ${short(state.per_step)}, chance ${short(chance)}, ${floor === null ? "least unknown" : `least ${short(floor)}`}, after ${whole(state.update)} updates`);
    right.describe(`Share of right answers of each batch: last ${short(state.accuracy)}`);
    panel.table();
  }
  return { ...panel, draw };
}
