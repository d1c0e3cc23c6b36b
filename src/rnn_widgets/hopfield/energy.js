// The energy after each unit that was updated: it falls whenever one changes.
import { createPlot } from "../kit/plot.js";
import { STEPS } from "./model.js";
import { hundredths } from "./words.js";

export function createEnergy() {
  const plot = createPlot({
    name: "energy",
    label: "The energy",
    x: { domain: [0, STEPS], title: "units updated", ticks: [0, 100, 200, 300, 400, 500] },
    y: { domain: [-66, 10], title: "energy E", ticks: [-60, -30, 0] },
    margin: { top: 24, left: 54 },
  });
  const { x, y, inside, over } = plot;
  over.append("text").attr("class", "title").attr("y", -8).text("Energy");
  const own = inside.append("path").attr("class", "own");
  const ghost = inside.append("path").attr("class", "curve ghost");
  const curve = inside.append("path").attr("class", "curve fall");
  const dot = over.append("circle").attr("class", "now").attr("r", 4.5);

  /** A staircase down, as far as so many units were updated. */
  function stairs({ first, changes }, step) {
    const until = changes.filter(({ asked }) => asked <= step);
    return `M${x(0)},${y(first)}${until.map(({ asked, energy }) => `H${x(asked)}V${y(energy)}`).join("")}H${x(step)}`;
  }

  function draw({ settings, measured, before }) {
    own.attr("d", `M0,${y(measured.own)}H${x.range()[1]}`);
    curve.attr("d", stairs(measured, settings.step));
    const other = before && ["patterns", "picture", "flipped"].some((name) => before.settings[name] !== settings[name]);
    ghost.attr("d", other ? stairs(before.measured, before.settings.step) : null);
    dot.attr("cx", x(settings.step)).attr("cy", y(measured.energy));
    plot.describe(`The energy against the units updated. It is ${hundredths(measured.energy)}, and was ${hundredths(measured.first)}; that of the picture is ${hundredths(measured.own)}.`);
  }

  return { node: plot.node, layout: plot.layout, draw };
}
