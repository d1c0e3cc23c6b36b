// The signs between the grids, and the arrows of tanh and softmax.
import { sup } from "./words.js";

const NARROW = 45; // px: less has no room for a name over an arrow

export function createSigns(parent) {
  const root = parent.append("g");
  let again = null; // W_yh is followed by the state of this step, which stands above

  function layout(places) {
    root.selectAll("*").remove();
    for (const { sign, x, y, room } of Object.values(places)) {
      if (!sign) continue;
      const write = (text, down, kind) => root.append("text").attr("class", kind).attr("text-anchor", "middle").attr("x", x).attr("y", y + down).text(text);
      if (sign === "again") again = write("", 4, "sign");
      else if (sign.length === 1) write(sign, 4, "sign");
      else {
        write("→", room < NARROW ? 4 : 12, "sign");
        if (room >= NARROW) write(sign, -4, "small");
      }
    }
  }

  return { layout, draw: (step) => again?.text(`· h${sup(step)}`) };
}
