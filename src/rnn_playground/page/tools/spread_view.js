// The ends of runs as points on a line for each group, with their median.
import { makeTask } from "../../engine/tasks.js";
import { element } from "../elements.js";
import { createPlane } from "../panels/plane.js";
import { short } from "../words.js";
import { spreadOf } from "./ends.js";

const COLOURS = ["blue", "vermillion"];

export function createSpread({ palette }) {
  const plane = createPlane({ label: "Losses at the end of each run", palette, height: 150 });
  const note = element("p", { className: "pg-note" }, "Each point is a run; the bar is the median, the dotted line is chance.");
  const node = element("div", { hidden: true }, plane.node, note);

  /** `groups` are { name, setup, text, ends } with ends. */
  function draw(groups) {
    node.hidden = groups.length === 0;
    if (groups.length === 0) return;
    const chances = groups.map(({ setup, text }) => {
      const { chance, steps } = makeTask(setup, text);
      return chance / steps;
    });
    const finite = groups.flatMap(({ ends }) => ends.map(({ loss }) => loss)).filter(Number.isFinite);
    const most = Math.max(...chances, Math.min(Math.max(0, ...finite), 3 * Math.max(...chances)));
    plane.draw({
      x: { domain: [-0.02 * most, 1.05 * most || 1], title: "loss per step at the end" },
      y: { domain: [0, groups.length], title: "", count: 0 },
      marks(pen) {
        groups.forEach(({ name, ends }, i) => {
          const colour = COLOURS[i];
          const middle = groups.length - i - 0.5;
          const { median } = spreadOf(ends, 0);
          pen.line([chances[i], chances[i]], [middle - 0.45, middle + 0.45], { colour: "quiet", dash: [2, 3] });
          pen.line([median, median], [middle - 0.3, middle + 0.3], { colour, width: 3 });
          // Each a little beside the next, so that equal ends are seen.
          pen.dots(ends.map(({ loss }) => loss), ends.map((_, k) => middle + 0.04 * (k - (ends.length - 1) / 2)), { colour, size: 4, hollow: i === 1 });
          pen.text(most, middle + 0.35, name, { colour, align: "right" });
        });
      },
    });
    plane.describe(groups.map(({ name, ends }) => `${name}: ${ends.length} losses from ${short(spreadOf(ends, 0).least)} to ${short(spreadOf(ends, 0).greatest)}`).join("; "));
  }

  return { node, draw };
}
