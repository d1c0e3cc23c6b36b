// Lower right: over all sentences, the share of verbs that are guessed right through a window, for each length of it.
import { line } from "d3-shape";
import { createPlot } from "../kit/plot.js";
import { LONGEST, SHORTEST } from "./model.js";
import { verbs } from "./words.js";

const LETTER = 8.5; // px, about
const TICKS = [2, 4, 6, 8, 10, 12, 14];

export function createLengths() {
  const plot = createPlot({
    name: "lengths",
    label: "Share of verbs guessed right against the length of the window",
    margin: { top: 22, left: 48 },
    x: { domain: [SHORTEST - 0.5, LONGEST + 0.5], title: "words in the window, τ", ticks: TICKS },
    y: { domain: [0.5, 1.02], title: "", ticks: [0.5, 0.75, 1], format: (value) => `${100 * value} %` },
  });
  const { x, y, inside, over } = plot;
  const all = inside.append("path").attr("class", "all");
  const ghost = over.append("path").attr("class", "curve ghost");
  const curve = over.append("path").attr("class", "curve found-curve");
  const dots = over.append("g").attr("class", "dots");
  const ring = over.append("circle").attr("class", "at").attr("r", 8);
  const ceiling = over.append("text").attr("class", "small halo").attr("text-anchor", "end");
  const value = over.append("text").attr("class", "value-at halo");
  const path = line((_, i) => x(i + SHORTEST), (each) => y(each));

  function draw({ settings: { tau }, measured: { right }, before, revealed }) {
    const [width, bottom] = [x.range()[1], y.range()[0]];
    all.attr("d", `M0,${y(1)}H${width}`);
    ceiling.attr("x", width).attr("y", y(1) - 7).text("seeing all words: 100 %");
    const same = before && String(before.measured.right) === String(right);
    ghost.attr("d", before && revealed && !same ? path(before.measured.right) : null);
    curve.attr("d", revealed ? path(right) : null);
    dots.selectAll("circle").data(revealed ? right : []).join("circle").attr("r", 3.5).attr("cx", (_, i) => x(i + SHORTEST)).attr("cy", y);
    const now = right[tau - SHORTEST];
    const low = y(now) + 26 > bottom; // no room beneath it
    const late = x(tau) + 10 + LETTER * verbs(now).length > width; // none beside it
    for (const mark of [ring, value]) mark.attr("display", revealed ? null : "none");
    ring.attr("cx", x(tau)).attr("cy", y(now));
    value.attr("text-anchor", late ? "end" : "start").attr("x", x(tau) + (late ? 4 : 10))
      .attr("y", low ? y(now) - 12 : y(now) + 20).text(revealed ? verbs(now) : "");
    plot.describe(`Share of verbs guessed right over all sentences, against the words in the window${revealed ? `: ${verbs(now)} with ${tau}, ${verbs(right[0])} with ${SHORTEST}, ${verbs(right.at(-1))} with ${LONGEST}` : ""}.`);
  }

  return { node: plot.node, layout: plot.layout, draw };
}
