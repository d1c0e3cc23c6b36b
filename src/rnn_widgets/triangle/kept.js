// The gradient, what a cut keeps of it, and what it loses: three arrows that lie in one plane, drawn in it.
import { create } from "d3-selection";
import { cosine, long } from "./words.js";

const BELOW = 0.16; // of the gradient's length: room under it
const LEGEND = { short: 124, full: 190 }; // px
const NARROW = 330; // px
const REACH = 1.15; // of the gradient's length, from its tail to the right
const HEAD = 9; // px

/** An arrow from one point to another, with an open head. */
function arrow([x1, y1], [x2, y2]) {
  const size = Math.hypot(x2 - x1, y2 - y1);
  if (size < 0.5) return null;
  const head = Math.min(HEAD, size / 2);
  const angle = Math.atan2(y2 - y1, x2 - x1);
  const side = (turn) => `${x2 - head * Math.cos(angle + turn)},${y2 - head * Math.sin(angle + turn)}`;
  return `M${x1},${y1}L${x2},${y2}M${side(0.45)}L${x2},${y2}L${side(-0.45)}`;
}

export function createKept() {
  const svg = create("svg:svg").attr("class", "kept").attr("role", "img");
  const [gradient, kept, lost] = ["gradient", "kept-part", "lost-part"].map((name) => svg.append("path").attr("class", `arrow-of ${name}`));
  const legend = svg.append("g");
  const KEYS = ["gradient", "kept-part", "lost-part"];
  let scale = 1;
  let origin = [0, 0];
  let room = 0;
  let unit = "";

  function draw({ measured: { size, cut } }) {
    const known = size > 0;
    const place = (along, up) => [origin[0] + scale * along, origin[1] - scale * up];
    const tip = known ? [cut.ratio * (cut.cosine ?? 1), cut.ratio * Math.sqrt(Math.max(0, 1 - (cut.cosine ?? 1) ** 2))] : [0, 0];
    gradient.attr("d", known ? arrow(place(0, 0), place(1, 0)) : null);
    kept.attr("d", known ? arrow(place(0, 0), place(...tip)) : null);
    lost.attr("d", known ? arrow(place(...tip), place(1, 0)) : null);
    const texts = ["gradient", known ? `kept: ${long(cut.ratio)}${unit}` : "kept", known ? `lost: ${long(cut.lost)}${unit}` : "lost"];
    const rows = legend.selectAll("g").data(KEYS).join((enter) => {
      const row = enter.append("g");
      row.append("path").attr("class", (name) => `arrow-of ${name}`).attr("d", "M0,0H22");
      row.append("text").attr("x", 30).attr("y", 4);
      return row;
    });
    rows.attr("transform", (_, i) => `translate(${room},${22 + 24 * i})`).select("text").text((_, i) => texts[i]);
    svg.attr("aria-label", known && cut.cosine !== null
      ? `What is kept is ${long(cut.ratio)} times as long as the gradient, with cosine ${cosine(cut.cosine)}; what is lost ${long(cut.lost)} times`
      : "There is no gradient to compare with");
  }

  function layout(width, height) {
    svg.attr("width", width).attr("height", height);
    unit = width < NARROW ? "" : " of its length";
    scale = Math.min((width - (unit ? LEGEND.full : LEGEND.short)) / REACH, height / (0.62 + BELOW));
    room = REACH * scale + 12;
    origin = [4, height - BELOW * scale];
  }

  return { node: svg.node(), layout, draw };
}
