// A frame around one letter, which a reader puts where the text will be dark; and one around the letter where it is.
import { appendHandle, draggable } from "../kit/drag.js";
import { ago, letter } from "./words.js";

const LARGE = 5; // letters, with Shift

/**
 * `at(back)` gives the place of a letter, `under(x, y)` the letter at a place; both count letters before the last.
 * `onChange(back)` reports; `draw({ guess, open, answer })` draws, null for what is not there.
 */
export function createMarker({ svg, surface, read, at, under, onChange, signal }) {
  const between = svg.append("g").attr("class", "between");
  const found = svg.append("rect").attr("class", "frame found").attr("rx", 3);
  const handle = appendHandle(svg, "the first dark letter, as you expect it");
  handle.classed("marker", true).attr("aria-roledescription", "frame around a letter");
  const frame = handle.append("rect").attr("class", "frame").attr("rx", 3);
  handle.attr("aria-valuemin", 1).attr("aria-valuemax", read.length - 1);
  let now = { guess: null, open: false };

  draggable({
    handle,
    surface,
    onPlace(right, up) {
      const height = Number(surface.attr("height"));
      if (now.open) onChange(under(right * Number(surface.attr("width")), (1 - up) * height));
    },
    onStep([right, up], large) {
      if (!now.open) return;
      const { x, y, height } = at(now.guess);
      // Up and down lead to the line above and below, left and right to the letter beside.
      if (up) return onChange(under(x, y - up * 1.7 * height + height / 2));
      onChange(Math.min(read.length - 1, Math.max(1, now.guess - right * (large ? LARGE : 1))));
    },
    signal,
  });

  function around(rect, back, wider) {
    const { x, y, pitch, height } = at(back);
    rect.attr("x", x - pitch / 2 - wider).attr("y", y - wider).attr("width", pitch + 2 * wider).attr("height", height + 2 * wider);
  }

  function draw(next) {
    now = next;
    const { guess, open, answer } = now;
    handle.attr("display", guess === null ? "none" : "inline").classed("open", open).attr("tabindex", open ? 0 : null).attr("role", open ? "slider" : "img");
    surface.attr("pointer-events", open ? null : "none");
    found.attr("display", answer === null ? "none" : "inline");
    // Also what is not seen has a place, the same in every view.
    const mark = guess ?? 1;
    const { x, y, height } = at(mark);
    handle.selectAll("circle").attr("cx", x).attr("cy", y + height / 2);
    handle.attr("aria-valuenow", mark).attr("aria-valuetext", `${letter(read, mark)}, ${ago(mark)}`);
    around(frame, mark, 1);
    around(found, answer ?? mark, 1);
    // The letters by which the guess was off.
    const off = answer === null ? [] : Array.from({ length: Math.abs(guess - answer) + 1 }, (_, i) => Math.min(guess, answer) + i);
    const stroke = off.length > 1 ? off.map((back) => at(back)) : [];
    between.selectAll("path").data(stroke).join("path").attr("d", ({ x, y, pitch }) => `M${x - pitch / 2},${y - 3}h${pitch}`);
  }

  return { draw };
}
