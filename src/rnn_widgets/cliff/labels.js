// Words on the map that never stand on one another: each asks for a place, and goes without if there is none.
const WIDE = 0.62; // of a letter, in its height: more than the usual typefaces take

export const boxOf = (text, x, y, { anchor = "start", size = 12 } = {}) => {
  const width = text.length * WIDE * size;
  const left = x - { start: 0, middle: width / 2, end: width }[anchor];
  return { left, right: left + width, top: y - size, bottom: y + 0.35 * size };
};

export function createSpace() {
  const taken = [];
  const meets = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
  return {
    /** Keep something else free of words. */
    mark: (box) => taken.push(box),
    /** Take all of some boxes, or none and say so. */
    take(...boxes) {
      if (boxes.some((box) => taken.some((other) => meets(box, other)))) return false;
      taken.push(...boxes);
      return true;
    },
  };
}
