// The ball of all changes of h₀ of length 1, and what the steps make of it: an ellipsoid, cut through its two longest
// axes. The longer half axis is the norm.
import { create } from "d3-selection";

const ROOM = 1.7; // of a picture, in radii of the ball
const LABEL = 18;
const OUTSIDE = 50; // so many radii are as good as any more

export function createBall() {
  const svg = create("svg:svg").attr("class", "balls").attr("role", "img");
  let width = 300;
  let radius = 16; // px

  function draw({ measured, revealed }) {
    const { logNorms } = measured;
    const images = measured.ball();
    const cell = width / images.length;
    const shown = images.map(({ lag, flatness }) => {
      const long = radius * Math.min(OUTSIDE, Math.exp(logNorms[lag]));
      return { lag, long, short: flatness * long, seen: revealed || lag === 0 };
    });
    const groups = svg.selectAll("g").data(shown).join((enter) => {
      const group = enter.append("g");
      const clip = group.append("svg").attr("class", "clip");
      clip.append("circle").attr("class", "unit");
      clip.append("ellipse").attr("class", "image");
      clip.append("path").attr("class", "half-axis");
      group.append("text").attr("text-anchor", "middle");
      return group;
    });
    groups.attr("transform", (_, i) => `translate(${i * cell},0)`);
    const height = 2 * ROOM * radius;
    const middle = [cell / 2, height / 2];
    groups.select("svg").attr("width", cell - 4).attr("height", height);
    groups.select("circle").attr("cx", middle[0]).attr("cy", middle[1]).attr("r", radius);
    groups.select("ellipse").attr("cx", middle[0]).attr("cy", middle[1]).attr("rx", ({ long }) => long).attr("ry", ({ short }) => short)
      .attr("display", ({ seen }) => (seen ? null : "none"));
    groups.select("path").attr("d", ({ long }) => `M${middle[0]},${middle[1]}h${long}`).attr("display", ({ seen }) => (seen ? null : "none"));
    groups.select("text").attr("x", middle[0]).attr("y", height + LABEL - 4).text(({ lag }) => `t = ${lag}`);
    svg.attr("aria-label", `The ball of all changes of length 1${revealed ? ` after ${shown.at(-1).lag} steps: its two longest half axes are ${(shown.at(-1).long / radius).toPrecision(2)} and ${(shown.at(-1).short / radius).toPrecision(2)}` : ""}.`);
  }

  function layout(outer, ballRadius) {
    width = outer;
    radius = ballRadius;
    svg.attr("width", width).attr("height", 2 * ROOM * radius + LABEL);
  }

  return { node: svg.node(), layout, draw };
}
