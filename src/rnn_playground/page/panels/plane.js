// A plane with two axes on a canvas.
import { superscript } from "../../../rnn_widgets/kit/format.js";
import { short } from "../words.js";
import { createCanvas } from "./canvas.js";
import { css } from "./palette.js";

const ROOM = { top: 10, right: 12, bottom: 34, left: 52 };

/** About so many round numbers (1, 2 or 5 times a power of ten apart) from `low` to `high`. */
function ticks(low, high, count) {
  const power = 10 ** Math.floor(Math.log10((high - low) / count));
  const apart = power * [1, 2, 5, 10].find((digit) => digit * power * count >= (high - low) * 0.999);
  const first = Math.ceil(low / apart - 1e-9);
  return Array.from({ length: Math.max(0, Math.floor(high / apart + 1e-9) - first + 1) }, (_, i) => Number(((first + i) * apart).toPrecision(12)));
}

/** The axis of logarithms to base 10: 10⁻³, 1, 10². */
export const powers = { format: (value) => (value === 0 ? "1" : value === 1 ? "10" : `10${superscript(value)}`), whole: true };

/**
 * draw({ x, y, marks }): an axis is { domain, title, format?, whole?, count? }; `marks(pen)` draws with the pen's
 * line(xs, ys, style), level(y, style, text), dots(xs, ys, style), band(xs, lows, highs, style), circle(x, y, r, style).
 * A style is { colour, width?, dash?, opacity?, size? }; a line breaks where y is not finite.
 */
export function createPlane({ height = 190, label, palette, square = false }) {
  let shown = null;
  const canvas = createCanvas({ height, label, paint });
  const { colours } = palette;
  palette.onChange(() => shown && canvas.draw());

  function paint(context, width, high) {
    const { x: across, y: up, marks } = shown;
    const [wide, tall] = [width - ROOM.left - ROOM.right, high - ROOM.top - ROOM.bottom];
    let [[x0, x1], [y0, y1]] = [across.domain, up.domain];
    if (square) {
      // One unit is as long in both directions.
      const unit = Math.max((x1 - x0) / wide, (y1 - y0) / tall);
      const [midX, midY] = [(x0 + x1) / 2, (y0 + y1) / 2];
      [x0, x1, y0, y1] = [midX - (unit * wide) / 2, midX + (unit * wide) / 2, midY - (unit * tall) / 2, midY + (unit * tall) / 2];
    }
    const x = (value) => ROOM.left + ((value - x0) / (x1 - x0 || 1)) * wide;
    const y = (value) => ROOM.top + (1 - (value - y0) / (y1 - y0 || 1)) * tall;
    axes(context, { across, up, x, y, wide, tall, domains: [[x0, x1], [y0, y1]] });
    context.save();
    context.beginPath();
    context.rect(ROOM.left, ROOM.top, wide, tall);
    context.clip();
    marks(createPen(context, colours, x, y, { right: ROOM.left + wide, left: ROOM.left, top: ROOM.top }));
    context.restore();
  }

  function axes(context, { across, up, x, y, wide, tall, domains }) {
    const ofAxis = (axis, [low, high], count) => ticks(low, high, axis.count ?? count).filter((value) => !axis.whole || Number.isInteger(value));
    const formatted = (axis, value) => (axis.format ?? short)(value);
    context.font = `12px ${colours.face}`;
    context.lineWidth = 1;
    context.strokeStyle = css(colours.line);
    context.fillStyle = css(colours.text);
    context.textBaseline = "middle";
    context.textAlign = "right";
    context.beginPath();
    for (const value of ofAxis(up, domains[1], 4)) {
      context.moveTo(ROOM.left, y(value));
      context.lineTo(ROOM.left + wide, y(value));
      context.fillText(formatted(up, value), ROOM.left - 6, y(value));
    }
    context.textAlign = "center";
    context.textBaseline = "top";
    for (const value of ofAxis(across, domains[0], Math.max(2, wide / 70))) {
      context.moveTo(x(value), ROOM.top + tall);
      context.lineTo(x(value), ROOM.top + tall + 4);
      const words = formatted(across, value);
      const farthest = ROOM.left + wide + ROOM.right - context.measureText(words).width / 2;
      context.fillText(words, Math.min(x(value), farthest), ROOM.top + tall + 6);
    }
    context.stroke();
    context.strokeRect(ROOM.left, ROOM.top, wide, tall);
    context.fillStyle = css(colours.quiet);
    context.textBaseline = "bottom";
    context.fillText(across.title, ROOM.left + wide / 2, ROOM.top + tall + ROOM.bottom);
  }

  return {
    node: canvas.node,
    describe: canvas.describe,
    draw(next) {
      shown = next;
      canvas.draw();
    },
  };
}

function createPen(context, colours, x, y, { left, right, top }) {
  let written; // where the last level has its words
  function set({ colour = "blue", width = 1.75, dash = [], opacity = 1 }) {
    context.strokeStyle = context.fillStyle = css(colours[colour], opacity);
    context.lineWidth = width;
    context.setLineDash(dash);
    context.lineJoin = "round";
  }
  function path(xs, ys) {
    let down = false;
    for (let i = 0; i < xs.length; i++) {
      if (Number.isFinite(ys[i])) down ? context.lineTo(x(xs[i]), y(ys[i])) : context.moveTo(x(xs[i]), y(ys[i]));
      down = Number.isFinite(ys[i]);
    }
  }
  return {
    line(xs, ys, style = {}) {
      set(style);
      context.beginPath();
      path(xs, ys);
      context.stroke();
    },
    level(value, style, text) {
      set({ width: 1.25, dash: [5, 4], ...style });
      context.beginPath();
      context.moveTo(left, y(value));
      context.lineTo(right, y(value));
      context.stroke();
      if (!text) return;
      context.font = `12px ${colours.face}`;
      context.textAlign = "right";
      const above = y(value) - top > 18 && !(Math.abs(y(value) - written) < 16); // else there is no room for it
      written = y(value);
      context.textBaseline = above ? "bottom" : "top";
      context.setLineDash([]);
      context.lineWidth = 4;
      context.strokeStyle = css(colours.surface);
      const at = y(value) + (above ? -2 : 3);
      context.strokeText(text, right - 4, at); // what is drawn beneath does not cross it
      context.fillText(text, right - 4, at);
    },
    dots(xs, ys, style = {}) {
      set(style);
      const size = style.size ?? 3;
      for (let i = 0; i < xs.length; i++) {
        context.beginPath();
        context.arc(x(xs[i]), y(ys[i]), size, 0, 2 * Math.PI);
        style.hollow ? context.stroke() : context.fill();
      }
    },
    band(xs, lows, highs, style = {}) {
      set({ opacity: 0.2, ...style });
      context.beginPath();
      path(xs, highs);
      for (let i = xs.length - 1; i >= 0; i--) context.lineTo(x(xs[i]), y(lows[i]));
      context.fill();
    },
    circle(atX, atY, radius, style = {}) {
      set({ width: 1.25, ...style });
      context.beginPath();
      context.ellipse(x(atX), y(atY), Math.abs(x(radius) - x(0)), Math.abs(y(radius) - y(0)), 0, 0, 2 * Math.PI);
      context.stroke();
    },
    text(atX, atY, words, style = {}) {
      set(style);
      context.font = `12px ${colours.face}`;
      context.textAlign = style.align ?? "left";
      context.textBaseline = "middle";
      context.fillText(words, x(atX), y(atY));
    },
  };
}
