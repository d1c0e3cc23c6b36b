// A matrix as coloured squares: blue below 0, the page's ground at 0, vermillion above. Its largest value in size is said beside it.
import { createCanvas } from "./canvas.js";
import { css } from "./palette.js";

export const ROOM = { top: 4, right: 4, bottom: 30, left: 48 };

/**
 * draw({ values, rows, columns, most, xTitle, yTitle, at?, names?, marked? }): `values` by rows, `at(row, column)` their place in it,
 * `names` what few rows are called, `marked` a column with a frame.
 */
export function createHeat({ height = 190, label, palette }) {
  const { colours } = palette;
  const picture = document.createElement("canvas");
  const own = picture.getContext("2d");
  let shown = null;
  const canvas = createCanvas({ height, label, paint });
  palette.onChange(() => shown && canvas.draw());

  function paint(context, width, high) {
    const { values, rows, columns, most, xTitle, yTitle, at = (row, column) => row * columns + column, names = null, marked = null } = shown;
    if (picture.width !== columns || picture.height !== rows) Object.assign(picture, { width: columns, height: rows });
    const image = own.createImageData(columns, rows);
    const { surface, blue, vermillion } = colours;
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        const value = values[at(row, column)];
        const share = most > 0 ? Math.min(1, Math.abs(value) / most) : 0;
        const end = value < 0 ? blue : vermillion;
        const place = 4 * (row * columns + column);
        for (let part = 0; part < 3; part++) image.data[place + part] = surface[part] + (end[part] - surface[part]) * share;
        image.data[place + 3] = 255;
      }
    }
    own.putImageData(image, 0, 0);
    const [wide, tall] = [width - ROOM.left - ROOM.right, high - ROOM.top - ROOM.bottom];
    context.imageSmoothingEnabled = false;
    context.drawImage(picture, ROOM.left, ROOM.top, wide, tall);
    context.lineWidth = 1;
    context.strokeStyle = css(colours.line);
    context.strokeRect(ROOM.left, ROOM.top, wide, tall);
    context.font = `12px ${colours.face}`;
    context.fillStyle = css(colours.text);
    context.textAlign = "right";
    context.textBaseline = "middle";
    const said = (row) => context.fillText(names?.[row] ?? String(row + 1), ROOM.left - 6, ROOM.top + (tall * (row + 0.5)) / rows);
    for (let row = 0; row < rows; row++) if (names || row === 0 || row === rows - 1) said(row);
    context.textBaseline = "top";
    context.textAlign = "center";
    context.fillText("1", ROOM.left + wide / columns / 2, ROOM.top + tall + 4);
    const half = context.measureText(columns).width / 2;
    if (columns > 1) context.fillText(columns, Math.min(ROOM.left + wide - wide / columns / 2, width - half), ROOM.top + tall + 4);
    if (marked !== null) {
      context.strokeStyle = css(colours.text);
      context.lineWidth = 2;
      context.strokeRect(ROOM.left + (wide * marked) / columns, ROOM.top, wide / columns, tall);
    }
    context.fillStyle = css(colours.quiet);
    context.fillText(xTitle, ROOM.left + wide / 2, ROOM.top + tall + 14);
    context.save();
    context.translate(12, ROOM.top + tall / 2);
    context.rotate(-Math.PI / 2);
    context.fillText(yTitle, 0, 0);
    context.restore();
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
