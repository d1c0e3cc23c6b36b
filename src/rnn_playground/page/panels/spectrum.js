// Eigenvalues of W_hh in the plane, and its singular values.
import { short } from "../words.js";
import { createPanel, pick } from "./panel.js";
import { createPlane } from "./plane.js";

const NAMES = { h: "W_hh", i: "input gate", f: "forget gate", g: "candidate", o: "output gate", r: "reset gate", z: "update gate", n: "candidate" };

export function spectrum({ app, palette, view }) {
  const plane = createPlane({ label: "Eigenvalues", palette, square: true, height: 230 });
  const strip = createPlane({ label: "Singular values", palette, height: 110 });
  let block = 0;
  const seen = () => {
    const blocks = app.detail?.layers[view.layer()]?.spectra;
    return blocks?.[Math.min(block, blocks.length - 1)];
  };
  const panel = createPanel({
    name: "spectrum",
    title: "Eigenvalues and singular values of W_hh",
    caption: "Both in the order in which they are drawn",
    columns: ["No.", "Eigenvalue", "Its size", "Singular value"],
    rowsOf() {
      if (!seen()) return [];
      const { re, im, singular } = seen();
      return Array.from(re, (real, i) => [String(i + 1), `${short(real)}${im[i] ? ` ${im[i] < 0 ? "−" : "+"} ${short(Math.abs(im[i]))} i` : ""}`, short(Math.hypot(real, im[i])), short(singular[i])]);
    },
  });
  const chosen = pick("Which part of W_hh", (index) => {
    block = index;
    draw();
  });
  panel.tools.append(chosen.node);
  panel.figure.append(plane.node, strip.node);

  function draw() {
    const blocks = app.detail?.layers[view.layer()]?.spectra;
    if (!blocks) return;
    block = Math.min(block, blocks.length - 1);
    chosen.offer(blocks.map(({ name }) => NAMES[name] ?? name), block);
    const { re, im, singular } = blocks[block];
    const sizes = Array.from(re, (real, i) => Math.hypot(real, im[i]));
    const [radius, rho] = [Math.max(...sizes), singular[0]];
    const reach = 1.1 * Math.max(1, rho);
    plane.draw({
      x: { domain: [-reach, reach], title: "real part" },
      y: { domain: [-reach, reach], title: "" },
      marks(pen) {
        pen.circle(0, 0, 1, { colour: "text", dash: [2, 3] });
        pen.circle(0, 0, rho, { colour: "vermillion", dash: [6, 4] });
        pen.dots(re, im, { colour: "blue", size: 3.5 });
      },
    });
    strip.draw({
      x: { domain: [1, Math.max(2, singular.length)], title: "singular values, the largest first", whole: true },
      y: { domain: [0, 1.1 * Math.max(1, rho)], title: "", count: 2 },
      marks(pen) {
        pen.level(1, { colour: "text", dash: [2, 3] });
        pen.dots(Array.from(singular, (_, i) => i + 1), singular, { colour: "blue", size: 2.5 });
      },
    });
    panel.say(`Dotted: radius 1. Dashed: radius ρ = ${short(rho)}, the norm; no eigenvalue lies outside it. The largest has size ${short(radius)}.`);
    plane.describe(`Eigenvalues of the matrix in the complex plane; the largest has size ${short(radius)}, the norm is ${short(rho)}`);
    strip.describe(`Singular values, from ${short(singular[0])} to ${short(singular.at(-1))}`);
    panel.table();
  }
  return { ...panel, draw };
}
