// Below: the light against the letters back, under its bound.
import { line } from "d3-shape";
import { superscript } from "../kit/format.js";
import { createPlot } from "../kit/plot.js";
import { DARK } from "./model.js";

const LOWEST = -6; // powers of ten
const HIGHEST = 2;
const powers = (log) => log / Math.LN10;
const inWords = (power) => (Math.abs(power) > 2 ? `10${superscript(power)}` : String(10 ** power));

export function createCurve({ text: { read, word } }) {
  const T = read.length;
  const plot = createPlot({
    name: "light",
    label: "The light against the letters back",
    x: { domain: [0, T - 1], title: "letters back", ticks: [0, 10, 20, 30, 40, 50] },
    y: { domain: [LOWEST, HIGHEST], title: "light", ticks: [-6, -4, -2, 0, 2], format: inWords },
    margin: { left: 58 },
  });
  const { x, y, inside, over } = plot;
  const band = inside.append("rect").attr("class", "word");
  const dark = inside.append("path").attr("class", "dark");
  const ghost = inside.append("path").attr("class", "curve ghost");
  const bound = inside.append("path").attr("class", "curve bound");
  const guessed = inside.append("path").attr("class", "guessed");
  const curve = inside.append("path").attr("class", "curve measured");
  const name = over.append("text").attr("class", "small halo").attr("text-anchor", "middle").text(read.slice(...word));
  const head = over.append("circle").attr("class", "head").attr("r", 5);
  const path = line((_, k) => x(k), (log) => y(powers(log)));

  function draw({ settings: { rho, draw: which, back }, measured: { logs }, before, revealed, guess }) {
    const [, right] = x.range();
    const [bottom] = y.range();
    const [from, to] = [x(T - word[1] - 0.5), x(T - 0.5 - word[0])];
    band.attr("x", from).attr("width", to - from).attr("height", bottom);
    name.attr("x", (from + to) / 2).attr("y", 12);
    dark.attr("d", `M0,${y(powers(DARK))}H${right}`);
    const shown = revealed ? logs.slice(0, back + 1) : [0];
    curve.attr("d", path(shown));
    bound.attr("d", revealed ? `M0,${y(0)}L${right},${y(powers((T - 1) * Math.log(rho)))}` : null);
    const moved = before && (before.settings.rho !== rho || before.settings.draw !== which);
    ghost.attr("d", moved && revealed ? path(before.measured.logs) : null);
    guessed.attr("d", revealed && guess !== null ? `M${x(guess)},0V${bottom}` : null);
    const end = y(powers(shown.at(-1)));
    head.attr("cx", x(shown.length - 1)).attr("cy", end).attr("display", end >= 0 && end <= bottom ? null : "none");
    plot.describe(`The light against the letters back, to ${shown.length - 1} letters back, and the most it can be.`);
  }

  return { node: plot.node, layout: plot.layout, draw };
}
