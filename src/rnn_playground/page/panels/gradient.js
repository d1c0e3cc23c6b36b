// How much comes back through the steps: ‖J_t⋯J_1‖ and its bound, and the gradient's shares by lag.
import { fromLog } from "../../../rnn_widgets/kit/format.js";
import { short } from "../words.js";
import { createPanel, some } from "./panel.js";
import { createPlane, powers } from "./plane.js";

const LEAST = -12; // powers of ten that are drawn below 1
const title = "What comes back through the steps";
const tenths = (logs) => Array.from(logs, (value) => value / Math.LN10);

export function gradient({ app, palette, view }) {
  const products = createPlane({ label: "Norm of the product of Jacobians", palette });
  const shares = createPlane({ label: "Share of the gradient by lag", palette, height: 170 });
  const seen = () => app.detail?.layers[view.layer()];
  const panel = createPanel({
    name: "gradient",
    title,
    caption: "Of one sequence that stays the same",
    columns: ["t", "‖J_t⋯J_1‖", "(γρ)^t", "share at lag t"],
    rowsOf() {
      if (!seen()) return [];
      const { log_norms: norms, log_bound: bound, lag_shares: parts } = seen();
      return some(norms.length).map((t) => [String(t), fromLog(norms[t]), bound ? fromLog(bound[t]) : "–", t < parts.length ? short(parts[t]) : "–"]);
    },
  });
  panel.figure.append(products.node, shares.node);

  function draw() {
    const layer = seen();
    if (!layer) return;
    const { T } = app.detail;
    const norms = tenths(layer.log_norms);
    const bound = layer.log_bound && tenths(layer.log_bound);
    const parts = Array.from(layer.lag_shares, Math.log10);
    const steps = Array.from({ length: T + 1 }, (_, t) => t);
    const finite = [...norms, ...(bound ?? [])].filter(Number.isFinite);
    const low = Math.max(LEAST, Math.min(-1, ...finite));
    const high = Math.min(12, Math.max(1, ...finite));
    const { window } = app.setup;
    products.draw({
      x: { domain: [0, T], title: "t: steps from the beginning", whole: true },
      y: { domain: [low, high], title: "", ...powers },
      marks(pen) {
        pen.level(0, { colour: "quiet", width: 1, dash: [2, 3] });
        if (bound) pen.line(steps, bound, { colour: "vermillion", dash: [6, 4] });
        pen.line(steps, norms, { colour: "blue" });
      },
    });
    const least = Math.max(LEAST, Math.min(-2, ...parts.filter(Number.isFinite), ...(bound ?? []).slice(0, T).filter(Number.isFinite)));
    shares.draw({
      x: { domain: [0, Math.max(1, T - 1)], title: "lag: steps back from a loss", whole: true },
      y: { domain: [least, 0.2], title: "", ...powers },
      marks(pen) {
        if (bound) pen.line(steps, bound, { colour: "vermillion", dash: [6, 4] });
        if (window > 0 && window < T) pen.line([window - 0.5, window - 0.5], [least, 1], { colour: "quiet", dash: [2, 3] });
        pen.line(steps.slice(0, T), parts, { colour: "blue", width: 1 });
        pen.dots(steps.slice(0, T).filter((_, i) => Number.isFinite(parts[i])), parts.filter(Number.isFinite), { colour: "blue", size: 2 });
      },
    });
    panel.say(sentence(layer, T, window));
    products.describe(`Norm of the product of the Jacobians of ${T} steps: ${fromLog(layer.log_norms[T])}${bound ? `; its bound is ${fromLog(layer.log_bound[T])}` : ""}`);
    shares.describe(`Share of the gradient by lag: ${short(layer.lag_shares[0])} at lag 0, ${short(layer.lag_shares[T - 1])} at lag ${T - 1}`);
    panel.table();
  }
  return { ...panel, draw };
}

/** What is drawn, for a layer of T steps. */
function sentence({ log_norms: norms, log_bound: bound }, T, window) {
  const above = "Above: ‖J_t⋯J_1‖, how much the first state can still move the t-th.";
  const below = "Below: by how many steps a part of ∂L/∂W_hh goes back, as a share of all parts’ norms.";
  const cut = window > 0 && window < T ? ` Parts from lag ${window} on can be cut off by the window.` : "";
  if (!bound) return `${above} For a cell with gates the book has no bound of this kind. ${below}${cut}`;
  const rho = Math.exp(bound[1]);
  return `${above} Dashed: (γρ)^t with γ = 1 and ρ = ${short(rho)}, the norm of W_hh now; the blue line is never above it. After all ${T} steps the product is ${fromLog(norms[T])}. ${below} There the dashed line is for comparison only.${cut}`;
}
