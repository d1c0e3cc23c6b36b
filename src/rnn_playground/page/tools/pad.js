// Pairs of a number and a marker, drawn: a bar for each step, a dot under it where it is marked.
import { createCanvas } from "../panels/canvas.js";
import { css } from "../panels/palette.js";

const ROOM = { top: 8, right: 4, bottom: 6, left: 52 };
const MARKS = 26; // px of the row of markers

/** draw(pairs, at); `onChange(t, pair)` reports what a pointer does. Who has none uses the controls beside it. */
export function createPad({ palette, onChange }) {
  const { colours } = palette;
  let shown = [];
  let chosen = 0;
  let held = null; // the pointer that draws
  const canvas = createCanvas({ height: 130, label: "Numbers and markers", paint });
  palette.onChange(() => shown.length > 0 && canvas.draw());

  function paint(context, width, height) {
    const wide = (width - ROOM.left - ROOM.right) / shown.length;
    const tall = height - ROOM.top - ROOM.bottom - MARKS;
    context.strokeStyle = css(colours.line);
    context.strokeRect(ROOM.left, ROOM.top, width - ROOM.left - ROOM.right, tall);
    context.font = `12px ${colours.face}`;
    context.textAlign = "right";
    context.textBaseline = "middle";
    context.fillStyle = css(colours.quiet);
    for (const value of [0, 1]) context.fillText(String(value), ROOM.left - 6, ROOM.top + (1 - value) * tall);
    context.fillText("marked", ROOM.left - 3, ROOM.top + tall + MARKS / 2);
    shown.forEach(([number, marker], t) => {
      const x = ROOM.left + t * wide;
      const high = Math.min(1, Math.max(0, number)) * tall;
      context.fillStyle = css(marker ? colours.vermillion : colours.blue, t === chosen ? 1 : 0.6);
      context.fillRect(x + 0.1 * wide, ROOM.top + tall - high, 0.8 * wide, high);
      context.beginPath();
      context.arc(x + wide / 2, ROOM.top + tall + MARKS / 2, Math.min(7, 0.4 * wide), 0, 2 * Math.PI);
      context.lineWidth = t === chosen ? 2 : 1;
      context.strokeStyle = css(colours.text);
      if (marker) context.fill();
      context.stroke();
    });
  }

  const { node } = canvas;
  node.style.touchAction = "pan-y"; // a stroke along the bars draws, one up or down scrolls the page
  node.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    const { t, share } = under(event);
    if (share < 0) return onChange(t, [shown[t][0], 1 - shown[t][1]]);
    held = event.pointerId;
    node.setPointerCapture(held);
    move(event);
  });
  node.addEventListener("pointermove", (event) => event.pointerId === held && move(event));
  for (const end of ["pointerup", "pointercancel"]) node.addEventListener(end, () => (held = null));

  /** The step under a pointer, and how high it is in the bars; below 0 in the row of markers. */
  function under({ clientX, clientY }) {
    const box = node.getBoundingClientRect();
    const wide = (box.width - ROOM.left - ROOM.right) / shown.length;
    const t = Math.min(shown.length - 1, Math.max(0, Math.floor((clientX - box.left - ROOM.left) / wide)));
    return { t, share: (box.bottom - ROOM.bottom - MARKS - clientY) / (box.height - ROOM.top - ROOM.bottom - MARKS) };
  }

  function move(event) {
    const { t, share } = under(event);
    onChange(t, [Math.round(100 * Math.min(1, Math.max(0, share))) / 100, shown[t][1]]);
  }

  return {
    node,
    draw(pairs, at) {
      shown = pairs;
      chosen = at;
      canvas.describe(`${pairs.length} numbers; marked: ${pairs.flatMap(([number, marker]) => (marker ? [number] : [])).join(" and ") || "none"}`);
      canvas.draw();
    },
  };
}
