// JacobianExplorer in the browser: an anywidget front-end module.
import { select } from "d3-selection";
import { choice, slider } from "../kit/dom.js";
import { factor } from "../kit/format.js";
import { createDecay } from "./decay.js";
import { measure } from "./model.js";
import { createPlane } from "./plane.js";
import * as contents from "./table.js";
import { allowed, lagText, summary, verdict } from "./words.js";
import { createTable } from "../kit/table.js";
import { addNote, createView, GAP } from "../kit/view.js";

const SETTINGS = ["gamma", "rho", "family", "strength", "activation", "input_scale", "draw"];
const FAMILIES = { orthogonal: "orthogonal", gaussian: "Gaussian", symmetric: "symmetric", nonnormal: "non-normal" };
const ACTIVATIONS = { tanh: "tanh(γa)", linear: "linear, γa", relu: "ReLU, γ·max(0, a)" };

function render({ model, el }) {
  const label = "Jacobian explorer: norms of Jacobian products against their bound";
  const { root, signal, settings, commit, addFoot, start } = createView({ model, el, kind: "jacobian", names: SETTINGS, label });

  // --- the two panels
  const panels = root.append("div").attr("class", "panels");
  const plane = createPlane({ onMove: commit, signal });
  const decay = createDecay();
  const leftPanel = panels.append("div").attr("class", "panel");
  leftPanel.append("p").attr("class", "title").text("Drag the point or use the arrow keys");
  leftPanel.append(() => plane.node);
  const number = { min: 0, max: 2, step: 0.01, digits: 2, signal };
  const sliders = {
    gamma: slider({ ...number, inline: true, label: "γ", title: "γ, the largest slope of φ", onInput: (gamma) => commit({ gamma }) }),
    rho: slider({ ...number, inline: true, label: "ρ", title: "ρ, the spectral norm of W", onInput: (rho) => commit({ rho }) }),
    input_scale: slider({ ...number, label: "input scale s", title: "input scale s", onInput: (value) => commit({ input_scale: value }) }),
    strength: slider({ ...number, max: 4, label: "non-normality", title: "non-normality", onInput: (strength) => commit({ strength }) }),
  };
  leftPanel.append(() => sliders.gamma.node);
  leftPanel.append(() => sliders.rho.node);
  addNote(leftPanel, "Dashed curve: all γ and ρ with the same product.");
  const rightPanel = panels.append("div").attr("class", "panel");
  rightPanel.append("p").attr("class", "title").html("Influence of h<sub>0</sub> on h<sub>t</sub>: ‖J<sub>t</sub>⋯J<sub>1</sub>‖<sub>2</sub>");
  rightPanel.append(() => decay.node);
  addNote(rightPanel, "Lag: how many steps back h₀ lies. Radius: the largest |eigenvalue| of W, at most ρ.");

  // --- what it says
  const says = rightPanel.append("p").attr("class", "verdict");
  const list = rightPanel.append("dl"); // the theme styles a dl that has a class
  const [product, rate, lag] = ["bound per step, γρ", "measured per step", "first below 1 %"].map((name) => {
    const item = list.append("div");
    item.append("dt").text(name);
    return item.append("dd");
  });

  // --- choices
  const controls = root.append("div").attr("class", "controls");
  const family = choice({ label: "matrix W", options: FAMILIES, onChange: (value) => commit({ family: value }), signal });
  const activation = choice({ label: "activation φ", options: ACTIVATIONS, onChange: (value) => commit({ activation: value }), signal });
  for (const control of [family, activation, sliders.input_scale, sliders.strength]) controls.append(() => control.node);
  const table = createTable({ ...contents, signal });
  addFoot(table.node);

  // --- drawing
  let measured;
  function update() {
    const now = settings();
    measured = measure(model.get("draws"), now);
    plane.draw(now);
    decay.draw(measured);
    table.draw(measured);
    for (const [name, control] of Object.entries({ ...sliders, family, activation })) control.set(now[name]);
    select(sliders.strength.node).attr("hidden", now.family === "nonnormal" ? null : "");
    const words = verdict(measured, now);
    says.text(words).attr("data-allowed", allowed(measured.bound));
    product.text(factor(measured.bound));
    rate.text(factor(measured.rate));
    lag.text(measured.lagBelow === null ? `not by lag ${measured.T}` : `at lag ${measured.lagBelow}`);
    select(decay.node).attr("aria-label", `Log scale against lag: measured norm, bound and spectral radius. ${words} ${lagText(measured)}.`);
  }

  function layout(width, wide) {
    const left = wide ? Math.min(0.42 * width, 376) : width;
    const right = wide ? width - left - GAP : width;
    leftPanel.style("width", `${left}px`);
    rightPanel.style("width", `${right}px`);
    plane.layout(left, wide ? 320 : 256); // one above the other, both should fit on a phone
    decay.layout(right, measured);
  }

  return start({ update, layout, summary: () => summary(measured, settings()) });
}

export default { render };
