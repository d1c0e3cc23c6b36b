// Paths that leave the map: only what lies on it is drawn. Pure functions, no DOM.

/** The part of a segment that lies in [0, width] × [0, height], or null (Liang and Barsky's way). */
export function insidePart(start, end, size) {
  let [from, to] = [0, 1];
  for (const axis of [0, 1]) {
    const change = end[axis] - start[axis];
    if (change === 0) {
      if (start[axis] < 0 || start[axis] > size[axis]) return null;
      continue;
    }
    const [first, second] = [-start[axis] / change, (size[axis] - start[axis]) / change];
    from = Math.max(from, Math.min(first, second));
    to = Math.min(to, Math.max(first, second));
  }
  if (from > to) return null;
  return [from, to].map((share) => [0, 1].map((axis) => start[axis] + share * (end[axis] - start[axis])));
}

/** SVG paths of a polyline and of its corners, as far as they lie on the map. */
export function route(points, size) {
  const text = (point) => point.map((value) => value.toFixed(1)).join();
  const corners = points.filter((point) => point.every((value, axis) => value >= 0 && value <= size[axis]));
  let line = "";
  let last = null; // where the pen is
  for (let i = 1; i < points.length; i++) {
    const part = insidePart(points[i - 1], points[i], size)?.map(text);
    if (!part) continue;
    line += part[0] === last ? `L${part[1]}` : `M${part[0]}L${part[1]}`;
    last = part[1];
  }
  return { line, dots: corners.map((point) => `M${text(point)}h0`).join("") };
}
