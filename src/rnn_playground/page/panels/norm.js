// The norm of the gradient at each update, and where it was clipped.
import { short, whole } from "../words.js";
import { createPanel, some } from "./panel.js";
import { createPlane, powers } from "./plane.js";

export function norm({ app, palette }) {
  const plane = createPlane({ label: "Norm of the gradient", palette });
  const { history } = app;
  const panel = createPanel({
    name: "norm",
    title: "Norm of the gradient",
    caption: "Largest norm, and share of clipped updates, since the row before",
    columns: ["Update", "Norm", "Clipped"],
    rowsOf: () => some(history.update.length).map((i) => [whole(history.update[i]), short(history.grad_norm[i]), `${Math.round(100 * history.clipped[i])} %`]),
  });
  panel.figure.append(plane.node);

  function draw() {
    if (!app.state) return;
    const { clip } = app.setup;
    const logs = history.grad_norm.map(Math.log10);
    const finite = logs.filter(Number.isFinite);
    if (clip > 0) finite.push(Math.log10(clip));
    const low = finite.reduce((least, value) => Math.min(least, value), -1);
    const high = finite.reduce((most, value) => Math.max(most, value), 0);
    const clipped = history.update.map((_, i) => i).filter((i) => history.clipped[i] > 0);
    plane.draw({
      x: { domain: [0, Math.max(10, history.update.at(-1) ?? 0)], title: "update", format: whole },
      y: { domain: [Math.max(low, -12) - 0.2, Math.min(high, 12) + 0.3], title: "", ...powers },
      marks(pen) {
        if (clip > 0) pen.level(Math.log10(clip), { colour: "vermillion" }, `clipped at ${short(clip)}`);
        pen.line(history.update, logs, { colour: "blue", width: 1.25 });
        pen.dots(clipped.map((i) => history.update[i]), clipped.map((i) => logs[i]), { colour: "vermillion", size: 1.75 });
      },
    });
    const { update } = app.state;
    const times = Math.round(history.clipped.reduce((sum, share, i) => sum + share * (history.update[i] - (history.update[i - 1] ?? 0)), 0));
    panel.say(update === 0 ? "Before clipping, of each update." : `Before clipping, of each update. ${clip > 0 || times > 0 ? `Dots: clipped, ${whole(times)} of ${whole(update)} updates.` : "Nothing is clipped."}`);
    plane.describe(`Norm of the gradient before clipping: last ${short(app.state.grad_norm)}; ${whole(times)} of ${whole(update)} updates were clipped`);
    panel.table();
  }
  return { ...panel, draw };
}
