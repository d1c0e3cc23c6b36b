// The loss in a strip that stays in view where the screen is small: what a change of the set-up does is seen beside it.
import { createCanvas } from "./canvas.js";
import { css } from "./palette.js";

export function spark({ app, palette }) {
  const { colours } = palette;
  const canvas = createCanvas({ height: 44, label: "Loss so far", paint });
  canvas.node.classList.add("pg-spark");
  palette.onChange(() => canvas.draw());

  function paint(context, width, height) {
    const { history, state } = app;
    if (!state) return;
    const chance = state.chance / state.steps;
    const y = (value) => height - 2 - (Math.min(value / (1.4 * chance || 1), 1) * (height - 4));
    const last = Math.max(10, history.update.at(-1) ?? 0);
    context.lineWidth = 1;
    context.strokeStyle = css(colours.vermillion);
    context.setLineDash([5, 4]);
    context.strokeRect(0, y(chance), width, 0);
    context.setLineDash([]);
    context.lineWidth = 1.75;
    context.strokeStyle = css(colours.blue);
    context.beginPath();
    history.update.forEach((update, i) => context.lineTo((update / last) * width, y(history.per_step[i])));
    context.stroke();
  }
  return { node: canvas.node, draw: canvas.draw };
}
