// The loss seen from above: bands of equal loss, the line where it is zero, and the shadow that a cliff throws.
import { area, line } from "d3-shape";
import { LOSSES, VALLEY, profileOf, shadowOf } from "./relief.js";

const BETWEEN = 0.09; // the loss of what lies above the last line: h_T near 1
const HIGHEST = 0.49; // and below the first: h_T near 0
const GRAZING = 0.05; // of b: what the sun leaves so far above the valley only by grazing it is not shaded
const FALLS = [1.1, 1.7, 2.8]; // how fast the sun's rays fall: three suns make a shadow that is soft at its end

export function createLandscape(parent) {
  // Each band is painted over all that lies above its lower line, so that no gap shows between two bands.
  const ground = parent.append("rect").attr("class", "band").style("--loss", "100%");
  const bands = LOSSES.map((loss, i) => {
    const mean = (loss + (LOSSES[i + 1] ?? BETWEEN)) / 2;
    const side = i < VALLEY ? "below" : "beyond"; // whether h_T is below the target there
    return parent.append("path").attr("class", `band ${side}`).style("--loss", `${Math.round((100 * mean) / HIGHEST)}%`);
  });
  const shadows = FALLS.map(() => parent.append("path").attr("class", "shadow"));
  const valley = parent.append("path").attr("class", "valley");

  /** `columns` are values of w, `lines` the level lines over them as far as they lie in `range`, of `lossAt(w, b)`. */
  function draw({ x, y, width, height, columns, lines, range, lossAt }) {
    ground.attr("width", width).attr("height", height);
    const curve = line((b, i) => x(columns[i]), (b) => y(b)).digits(1);
    const above = area((b, i) => x(columns[i]), -2, (b) => y(b)).digits(1);
    lines.forEach((values, i) => bands[i].attr("d", above(values)));
    valley.attr("d", curve(lines[VALLEY]));
    const profiles = columns.map((w, i) => profileOf(lines, i, range, (b) => lossAt(w, b)));
    FALLS.forEach((fall, k) => {
      const dark = profiles.map((profile, i) => {
        const foot = lines[VALLEY][i];
        const [from, to] = shadowOf(profile, fall, foot) ?? [foot, foot];
        return [Math.max(from, foot - GRAZING), to];
      });
      shadows[k].attr("d", area((_, i) => x(columns[i]), ([from]) => y(from), ([, to]) => y(to)).digits(1)(dark));
    });
  }

  return { draw };
}
