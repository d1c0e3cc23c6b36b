// Where the graph's boxes and arrows are. Rows from the top: class, loss, probability, logit, state, pre-activation,
// input; and the weights below.
import { STEPS, T } from "./model.js";


/** Boxes by their first number: { numbers, x, y, width, height }, x and y being the upper left corner. */
export function place(width) {
  const large = width >= 400;
  const line = large ? 24 : 20; // px, one number
  const gap = large ? 44 : width < 340 ? 12 : 17;
  const first = large ? 36 : 27; // px, the box of h₀
  const box = (width - first - T * gap) / T;
  const left = (t) => first + gap + (t - 1) * (box + gap);
  const step = large ? 18 : 14; // between two rows: an arrow
  const boxes = {};
  const put = (numbers, x, y, wide = box) => (boxes[numbers[0]] = { numbers, x, y, width: wide, height: line * numbers.length });
  const rows = [["L"], ["y"], ["o", "do"], ["h", "dh"], ["a", "da"], ["x"]];
  let y = 30; // below the classes
  const top = {};
  for (const names of rows) {
    for (const t of STEPS) put(names.map((name) => name + t), left(t), y);
    top[names[0]] = y;
    y += line * names.length + (names[0] === "h" ? step + 8 : step);
  }
  boxes.h0 = { numbers: ["h0"], x: 0, y: top.h, width: first, height: 2 * line, stacked: true };
  ["dW_hx", "dW_hh", "dw"].forEach((name, i) => put([name], left(i + 1), y));
  return { boxes, left, box, line, height: y + line + 2 };
}

/** Arrows with the number into which each leads: { to, kind, from: [x, y], at: [x, y] }. */
export function arrows({ boxes }) {
  const list = [];
  const upAndDown = (low, high, t, up, down) => {
    const [below, above] = [boxes[low + t], boxes[high + t]];
    const [bottom, top] = [above.y + above.height, below.y];
    const x = (share) => below.x + share * below.width;
    if (up) list.push({ to: up + t, kind: "forth", from: [x(0.3), top], at: [x(0.3), bottom] });
    if (down) list.push({ to: down + t, kind: "back", from: [x(0.7), bottom], at: [x(0.7), top] });
  };
  for (const t of STEPS) {
    upAndDown("x", "a", t, "a", null);
    upAndDown("a", "h", t, "h", "da");
    upAndDown("h", "o", t, "o", "dh");
    upAndDown("o", "y", t, "y", "do");
    upAndDown("y", "L", t, "L", "do");
    const [before, next] = [boxes[`h${t - 1}`], boxes[`a${t}`]];
    const [x0, x1] = [before.x + before.width, next.x];
    list.push({ to: `a${t}`, kind: "forth", from: [x0, before.y + 0.25 * before.height], at: [x1, next.y + 0.25 * next.height] });
    if (t > 1) list.push({ to: `dh${t - 1}`, kind: "back later", from: [x1, next.y + 0.75 * next.height], at: [x0, before.y + 0.75 * before.height] });
  }
  for (const arrow of list) arrow.own = arrow.to.startsWith("dh") && !arrow.kind.includes("later");
  return list;
}

/** An arrow's line and head as a path. */
export function path({ from: [x0, y0], at: [x1, y1] }, size = 5) {
  const length = Math.hypot(x1 - x0, y1 - y0);
  const [u, v] = [(x1 - x0) / length, (y1 - y0) / length];
  const [bx, by] = [x1 - size * u, y1 - size * v];
  const side = 0.6 * size;
  return { line: `M${x0},${y0}L${bx},${by}`, head: `M${x1},${y1}L${bx - side * v},${by + side * u}L${bx + side * v},${by - side * u}Z` };
}
