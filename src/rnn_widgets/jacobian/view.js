// The (γ, ρ) plane in the browser: an anywidget front-end module.
import { slider } from "../kit/dom.js";
import { addNote, explorer, GAP } from "../kit/explorer.js";
import { factor } from "../kit/format.js";
import { createBall } from "./ball.js";
import { createDecay } from "./decay.js";
import { MAX, set } from "./lock.js";
import * as model from "./model.js";
import { createPlane } from "./plane.js";
import { data, table } from "./table.js";
import { TASKS } from "./tasks.js";
import { gap, GUESSES, summary, verdict } from "./words.js";

const FAMILIES = { orthogonal: "orthogonal", gaussian: "Gaussian", symmetric: "symmetric", nonnormal: "non-normal" };
const ACTIVATIONS = { tanh: "tanh(γa)", linear: "linear, γa", relu: "ReLU, γ·max(0, a)" };
const NAMES = { gamma: ["γ", "γ, the largest slope of φ"], rho: ["ρ", "ρ, the spectral norm of W"] };

/** The measured numbers beside the curves; before the guess is made, only what is no answer. */
function createReadout(panel) {
  const list = panel.append("dl"); // the theme styles a dl that has a class
  const [bound, rate, lag] = ["bound per step, γρ", "measured per step", "first below 1 %"].map((name) => {
    const item = list.append("div");
    item.append("dt").text(name);
    return item.append("dd");
  });
  return ({ measured, revealed }) => {
    bound.text(factor(measured.bound));
    rate.text(revealed ? factor(measured.rate) : "?");
    lag.text(!revealed ? "?" : measured.lagBelow === null ? `not by lag ${measured.T}` : `at lag ${measured.lagBelow}`);
  };
}

/** A slider for γ or ρ, which carries the other along where their product is kept. */
function createSlider(name, { get, commit, signal }) {
  const [label, title] = NAMES[name];
  const point = () => ({ gamma: get("gamma"), rho: get("rho") });
  const onInput = (value) => {
    commit(set(point(), name, value, get("lock")));
    control.set(get(name)); // the curve may end before the slider does, and then nothing has changed
  };
  const control = slider({ min: 0, max: MAX, step: 0.01, digits: 2, inline: true, label, title, onInput, signal });
  return control;
}

function build({ panels, controls, bind, commit, get, signal, prediction: asking }) {
  const { h0, drive } = get("draws")[0];
  const T = drive.length / h0.length;
  const plane = createPlane({ onMove: commit, signal });
  const places = GUESSES.map((_, i) => Math.max(1, Math.round(((i + 1) * T) / GUESSES.length)));
  const decay = createDecay({ T, places, start: GUESSES, prediction: asking, signal });

  const left = panels.append("div").attr("class", "panel point");
  const title = left.append("p").attr("class", "title");
  left.append(() => plane.node);
  const beside = left.append("div").attr("class", "beside");
  const sliders = Object.keys(NAMES).map((name) => [name, createSlider(name, { get, commit, signal })]);
  for (const [, { node }] of sliders) beside.append(() => node);
  beside.append(() => bind.toggle("lock", { label: "keep γρ" }));
  addNote(beside, "Dashed: the same γρ. Radius: the largest |eigenvalue| of W, at most ρ.");
  const right = panels.append("div").attr("class", "panel");
  right.append("p").attr("class", "title").html("Influence of h<sub>0</sub> on h<sub>t</sub>: ‖J<sub>t</sub>⋯J<sub>1</sub>‖<sub>2</sub>");
  right.append(() => decay.node);
  const read = createReadout(right);
  const ball = createBall();
  addNote(right, "All changes of h₀ of length 1 fill a ball; t steps make an ellipsoid of it, here cut through its two longest axes. The bold one is the influence. Grey: before.");
  right.append(() => ball.node);

  controls.append(() => bind.choice("family", { label: "matrix W", options: FAMILIES }));
  controls.append(() => bind.choice("activation", { label: "activation φ", options: ACTIVATIONS }));
  controls.append(() => bind.slider("input_scale", { label: "input scale s", title: "input scale s" }));
  const strength = bind.slider("strength", { label: "non-normality", title: "non-normality" });
  controls.append(() => strength);

  function draw(now) {
    const { settings, measured } = now;
    plane.draw(now);
    decay.draw(now);
    ball.draw(now);
    read(now);
    title.text(`γρ = ${factor(measured.bound)}`);
    for (const [name, control] of sliders) control.set(settings[name]);
    strength.hidden = settings.family !== "nonnormal";
    beside.attr("inert", now.open ? "" : null).classed("waiting", now.open);
  }

  return {
    update: draw,
    layout(width, wide, now) {
      const first = wide ? Math.min(0.4 * width, 340) : width;
      const second = wide ? width - first - GAP : width;
      left.style("width", `${first}px`);
      right.style("width", `${second}px`);
      // A square, whose margins differ by 4 px; on a phone the sliders stand beside it.
      const side = wide ? first : Math.min(230, Math.round(0.6 * width));
      plane.layout(side, side + 4);
      decay.layout(second, wide ? 330 : 220);
      ball.layout(second, wide ? 17 : 14);
      draw(now);
    },
  };
}

const prediction = {
  text: "The dashed line is the bound (γρ)ᵗ, which the influence cannot exceed. Where does the influence itself lie? Drag the points.",
  start: GUESSES,
  gap,
};

const measure = (get, settings) => model.measure(get("draws"), settings);
export default explorer({ kind: "jacobian", measure, build, words: { verdict, summary }, tasks: TASKS, prediction, table, data });
