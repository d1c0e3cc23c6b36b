// What is written on the map: the start, where a descent left, the cliff, and the losses of the lines.
import { createSpace, boxOf } from "./labels.js";
import { hasCliff } from "./model.js";
import { LOSSES, LOWER, UPPER, VALLEY } from "./relief.js";
import { insidePart } from "./route.js";
import { isShown } from "./words.js";

const NAMED = LOSSES.map((loss, i) => (i < VALLEY ? [0.2, 0.32, 0.44].includes(loss) : i === VALLEY || loss >= 0.03));
const ORDER = [VALLEY, ...LOSSES.map((_, i) => i).filter((i) => NAMED[i] && i !== VALLEY)];
const FOOT = LOWER.indexOf(0.26); // the line that the cliff's name runs along
const CLIFF = "the cliff";
const [CLIFF_SIZE, BELOW] = [[66, 18], 15]; // px: its name's width and height, and how far its middle is from the line
const AWAY = "off the map";

export function createNames(inside, over) {
  const numbers = LOSSES.map((loss, i) => (NAMED[i] ? inside.append("text").attr("class", "small halo").text(loss || "loss 0") : null));
  const cliff = inside.append("text").attr("class", "halo region-label").text(CLIFF);
  const start = over.append("text").attr("class", "halo strong").attr("aria-hidden", "true").text("start");
  const away = over.append("text").attr("class", "halo small strong").text(AWAY);

  /** Try places in turn; a text that finds none is not written. */
  function put(text, space, candidates, attributes) {
    const found = candidates.find(({ boxes }) => space.take(...boxes));
    text.attr("display", found ? null : "none");
    const given = found ? attributes(found) : {};
    for (const name of ["x", "y", "text-anchor", "transform"]) text.attr(name, given[name] ?? null);
  }

  function draw({ x, y, size: [width, height] }, { columns, lines, b_range }, { settings, measured, revealed }) {
    const space = createSpace();
    const within = (box) => box.left > 1 && box.right < width - 1 && box.top > 0 && box.bottom < height - 1;
    const at = (text, px, py, anchor, size) => ({ px, py, anchor, boxes: [boxOf(text, px, py, { anchor, size })] });
    const fits = ({ boxes }) => boxes.every(within);
    const plain = ({ px, py, anchor }) => ({ x: px, y: py, "text-anchor": anchor });

    const [sx, sy] = [x(settings.w), y(settings.b)];
    space.take({ left: sx - 9, right: sx + 9, top: sy - 9, bottom: sy + 9 });
    const sides = [["start", 13], ["end", -13]].flatMap(([anchor, dx]) => [18, -9].map((dy) => at("start", sx + dx, sy + dy, anchor, 13)));
    put(start, space, sides.filter(fits), plain);

    for (const name of ["without", "clipped"]) {
      if (!isShown[name](settings)) continue;
      for (const { w, b } of measured[name].path) space.mark({ left: x(w) - 4, right: x(w) + 4, top: y(b) - 4, bottom: y(b) + 4 });
    }

    const { path, leaves } = measured.without;
    const points = leaves ? [path[leaves - 1], path[leaves]].map(({ w, b }) => [x(w), y(b)]) : null;
    const exit = revealed && points && isShown.without(settings) ? insidePart(...points, [width, height])?.[1] : null;
    const spots = exit ? [8, -8].flatMap((dx) => [4, 18, -10].map((dy) => at(AWAY, exit[0] + dx, exit[1] + dy, dx > 0 ? "start" : "end"))) : [];
    put(away, space, spots.filter(fits), plain);

    const named = hasCliff(settings.T) ? columns.map((_, i) => i).filter((i) => columns[i] >= 4.5 && columns[i] < 5.6) : [];
    put(cliff, space, named.map((i) => along(i)).filter((one) => one && fits(one)), ({ px, py, turn }) => ({ transform: `translate(${px},${py}) rotate(${turn}) translate(0,20)` }));

    /** The cliff's name beside its line, turned as the line is, and the upright box around it. */
    function along(i) {
      const [px, py] = [x(columns[i]), y(lines[FOOT][i])];
      if (lines[FOOT][i] <= b_range[0]) return null;
      const angle = Math.atan2(y(lines[FOOT][i + 1]) - py, x(columns[i + 1]) - px);
      const [along, across] = [Math.cos(angle), Math.abs(Math.sin(angle))];
      const [cx, cy] = [px - BELOW * Math.sin(angle), py + BELOW * along];
      const [wide, high] = [CLIFF_SIZE[0] * along + CLIFF_SIZE[1] * across, CLIFF_SIZE[0] * across + CLIFF_SIZE[1] * along];
      const box = { left: cx - wide / 2, right: cx + wide / 2, top: cy - high / 2, bottom: cy + high / 2 };
      return { px, py, turn: (angle * 180) / Math.PI, boxes: [box] };
    }

    for (const i of ORDER) put(numbers[i], space, spotsOn(i), plain);

    /** A loss stands on its line near the left edge, or near the right one if h_T > target; 0 stands beside its line. */
    function spotsOn(i) {
      const side = Math.sign(i - VALLEY);
      const text = String(LOSSES[i] || "loss 0");
      const order = columns.map((_, k) => (side > 0 ? columns.length - 1 - k : k));
      return order
        .filter((k) => lines[i][k] > b_range[0] && lines[i][k] < b_range[1])
        .map((k) => at(text, x(columns[k]) + (side ? 0 : 8), y(lines[i][k]) + (side ? 4 : -5), side > 0 ? "end" : "start"))
        .filter(fits);
    }
  }

  return { draw };
}
