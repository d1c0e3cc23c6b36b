// Above: the text. Each letter glows, and has a bar under it, by the light that it gets.
import { create } from "d3-selection";
import { createMarker } from "./marker.js";
import { DARK } from "./model.js";
import { arrange } from "./rows.js";
import { ago, letter } from "./words.js";

const PITCH = { least: 14, most: 22 }; // px from letter to letter
const EDGE = 8; // px beside the text
const TOP = 12; // px above it
const RUN = 25; // ms from letter to letter, when the answer is shown

/** From 0, where a letter is dark, over 1, for the last letter's light, to 2 for a hundred times that. */
const level = (log) => Math.min(2, Math.max(0, 1 - log / DARK));

export function createLetters({ text, prediction, signal }) {
  const { read, unread, word } = text;
  const T = read.length;
  const all = [...read, ...unread];
  const svg = create("svg:svg").attr("class", "text").attr("role", "group");
  const night = svg.append("rect").attr("class", "night").attr("rx", 6);
  const halos = svg.append("g").attr("class", "halos").selectAll("ellipse").data([...read]).join("ellipse");
  const bars = svg.append("g").selectAll("rect").data([...read]).join("rect").attr("class", "bar").attr("rx", 1);
  const next = svg.append("rect").attr("class", "next").attr("rx", 2);
  const signs = svg.append("g").attr("aria-hidden", "true").selectAll("text").data(all).join("text").text(String);
  signs.attr("class", (_, i) => (i < T ? "letter" : "letter unread"));
  signs.classed("deciding", (_, i) => (i >= word[0] && i < word[1]) || (i >= T && i < T + 3));
  const surface = svg.append("rect").attr("class", "reading");
  // When the answer is shown, the light runs back once; style.css lets it stand still for who asked for less motion.
  for (const part of [halos, bars]) part.style("animation-delay", (_, i) => `${RUN * (T - 1 - i)}ms`);
  let wasOpen = false;
  let place = () => ({ x: 0, y: 0 });
  let size;
  const marker = createMarker({ svg, surface, read, at: (back) => place(T - 1 - back), under, onChange: (back) => prediction.change(back), signal });

  /** The letter under a point of the surface, as a number of letters before the last; it and those unread do not count. */
  function under(x, y) {
    const { cells, lines, pitch } = size.rows;
    const line = Math.min(lines.length - 1, Math.max(0, Math.floor((y - TOP) / size.height)));
    const column = Math.min(lines[line] - 1, Math.max(0, Math.floor((x - size.left) / pitch)));
    const i = cells.findIndex((cell) => cell.line === line && cell.column === column);
    return Math.min(T - 1, Math.max(1, T - 1 - i));
  }

  function layout(width) {
    const rows = arrange(read + unread, width - 2 * EDGE, PITCH);
    const { pitch, cells, lines } = rows;
    const font = 1.35 * pitch;
    const bar = 3 + pitch / 4;
    const height = font + 2 * bar + 10;
    const left = (width - pitch * Math.max(...lines)) / 2;
    size = { rows, pitch, bar, height, left };
    place = (i) => ({ x: left + (cells[i].column + 0.5) * pitch, y: TOP + cells[i].line * height, pitch, height: 1.1 * font });
    for (const box of [svg, night, surface]) box.attr("width", width).attr("height", TOP + lines.length * height);
    signs.attr("x", (_, i) => place(i).x).attr("y", (_, i) => place(i).y + 0.85 * font).style("font-size", `${font}px`);
    bars.attr("x", (_, i) => place(i).x - 0.4 * pitch).attr("width", 0.8 * pitch).attr("y", (_, i) => place(i).y + 1.1 * font + 3);
    halos.attr("cx", (_, i) => place(i).x).attr("cy", (_, i) => place(i).y + 0.55 * font).attr("rx", 0.75 * pitch);
    const first = place(T);
    next.attr("x", first.x - 0.5 * pitch).attr("y", first.y).attr("width", pitch).attr("height", 1.1 * font);
  }

  const calm = matchMedia("(prefers-reduced-motion: reduce)"); // then the light is there at once

  function draw({ settings: { back }, measured: { logs, reach }, revealed, guess, open }) {
    svg.classed("run", !calm.matches && !open && (wasOpen || svg.classed("run")));
    wasOpen = open;
    const levels = logs.map((log, k) => (k === 0 || (revealed && k <= back) ? level(log) : 0));
    const own = (_, i) => levels[T - 1 - i];
    bars.attr("height", (_, i) => size.bar * own(_, i));
    halos.attr("opacity", (_, i) => Math.min(1, own(_, i))).attr("ry", (_, i) => (0.4 + 0.5 * own(_, i)) * size.pitch);
    signs.attr("opacity", (_, i) => (i < T ? 0.6 + 0.4 * Math.min(1, own(_, i)) : 0.6));
    marker.draw({ guess, open, answer: revealed && guess !== null ? reach : null });
    const lit = revealed && back > 0 ? `, lit as far as ${letter(read, back)}, ${ago(back)}` : "";
    svg.attr("aria-label", `The text “${read.trim()}”${lit}. The network guesses the next letter.`);
  }

  layout(20 * PITCH.most); // it is drawn before its width is known
  return { node: svg.node(), layout, draw };
}
