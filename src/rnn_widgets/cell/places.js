// Where the grids and the signs between them stand: one line for (1) and (2) where there is room, else two.

const GRIDS = { W_hx: [4, 3], x: [3, 1], W_hh: [4, 4], before: [4, 1], b_h: [4, 1], a: [4, 1], h: [4, 1], W_yh: [2, 4], b_y: [2, 1], o: [2, 1], y: [2, 1] };
const WIDE = [
  ["W_hx", "x", "+", "W_hh", "before", "+", "b_h", "=", "a", "tanh", "h"],
  ["W_yh", "again", "+", "b_y", "=", "o", "softmax", "y"],
];
const NARROW = [
  ["W_hx", "x", "+", "W_hh", "before"],
  ["+", "b_h", "=", "a", "tanh", "h"],
  ["W_yh", "again", "+", "b_y", "=", "o", "softmax", "y"],
];
const SIGNS = { wide: { "+": 28, "=": 28, again: 40, tanh: 52, softmax: 68, beside: 10 }, narrow: { "+": 18, "=": 18, again: 36, tanh: 26, softmax: 24, beside: 7 } };
const NAME = 22; // px above a grid, for its name
const LARGEST = 58;

/** Places for grids, { left, top, cw, ch }, and for signs, { x, y }; and the height of all. */
export function placesFor(width, wide) {
  const [lines, signs, ch] = wide ? [WIDE, SIGNS.wide, 30] : [NARROW, SIGNS.narrow, 24];
  const places = {};
  let top = 0;
  for (const line of lines) {
    const columns = line.reduce((sum, part) => sum + (GRIDS[part]?.[1] ?? 0), 0);
    const gaps = line.reduce((sum, part, i) => sum + (signs[part] ?? (line[i + 1] in GRIDS ? signs.beside : 0)), 0);
    const cw = Math.min(wide ? LARGEST : 46, (width - gaps - 6) / columns);
    const rows = Math.max(...line.map((part) => GRIDS[part]?.[0] ?? 0));
    let left = 3;
    line.forEach((part, i) => {
      if (part in GRIDS) {
        places[part] = { left, top: top + NAME, cw, ch };
        left += GRIDS[part][1] * cw + (line[i + 1] in GRIDS ? signs.beside : 0);
      } else {
        places[`${part}${Object.keys(places).length}`] = { sign: part, x: left + signs[part] / 2, y: top + NAME + (rows * ch) / 2, room: signs[part] };
        left += signs[part];
      }
    });
    top += NAME + rows * ch + 5;
  }
  return { places, height: top };
}

export const sizeOf = (name) => GRIDS[name];
