// Both descents on a map: their lines, a dot for each update, and where they are.
import { isShown } from "./words.js";
import { insidePart, route } from "./route.js";

const NAMES = ["clipped", "without"];
const SIGNS = {
  clipped: (x, y) => `M${x - 5},${y - 5}h10v10h-10Z`,
  without: (x, y) => `M${x - 5},${y - 5}l10,10m0,-10l-10,10`,
};

export function createWalks(parent) {
  const ghosts = NAMES.map(() => parent.append("path").attr("class", "ghost"));
  // Both undermost, so that a dashed line does not hide the other in its gaps.
  const unders = NAMES.map(() => parent.append("path").attr("class", "under"));
  const paths = NAMES.map((name) => {
    const group = parent.append("g").attr("class", `descent ${name}`);
    return ["line", "dots"].map((part) => group.append("path").attr("class", part));
  });
  const ends = NAMES.map((name) => parent.append("path").attr("class", `end ${name}`));

  /** Before the answer is seen, both are drawn as far as they are one. */
  function draw({ x, y, size }, { settings, measured, before, revealed }) {
    const places = (path) => path.map(({ w, b }) => [x(w), y(b)]);
    NAMES.forEach((name, i) => {
      const shown = revealed ? isShown[name](settings) : name === "clipped";
      const path = shown ? measured[name].path.slice(0, revealed ? undefined : measured.apart + 1) : [];
      const points = places(path);
      const { line, dots } = route(points, size);
      const [visible, corners] = paths[i];
      unders[i].attr("d", line);
      visible.attr("d", line);
      corners.attr("d", dots);
      const end = points.at(-1);
      const seen = shown && path.length > 1 && insidePart(end, end, size) !== null;
      ends[i].attr("d", seen ? SIGNS[name](...end) : null);
      const old = shown && revealed && before && moved(before.settings, settings) ? places(before.measured[name].path) : [];
      ghosts[i].attr("d", old.length ? route(old, size).line : null);
    });
  }

  return { draw };
}

/** Whether another descent is shown, and not only more or less of the same. */
export const moved = (before, now) => ["w", "b", "learning_rate", "clip", "T"].some((name) => before[name] !== now[name]);
