// HawkesExplorer in the browser: an anywidget front-end module.
import { select } from "d3-selection";
import { choice, slider } from "../kit/dom.js";
import { apart, counted } from "../kit/format.js";
import { measure } from "./model.js";
import { ALPHA, BETA, createPlane } from "./plane.js";
import { createQQ } from "./qq.js";
import * as contents from "./table.js";
import { createTimeline } from "./timeline.js";
import { NUMBERS, readout, rejected, summary, verdict } from "./words.js";
import { createTable } from "../kit/table.js";
import { addNote, createView, GAP } from "../kit/view.js";

const SETTINGS = ["mu", "alpha", "beta", "end", "evaluation", "draw"];
const MODELS = {
  true: "the true process",
  poisson: "Poisson, rate μ/(1 − α)",
  half_beta: "Hawkes with β halved",
  no_beta: "kernel α e^(−βt): β forgotten",
};

function render({ model, el }) {
  const label = "Hawkes explorer: events in continuous time, their intensity, and a test of a model";
  const { root, signal, settings, commit, addFoot, start } = createView({ model, el, kind: "hawkes", names: SETTINGS, label });

  // --- what makes the events
  const panels = root.append("div").attr("class", "panels");
  const plane = createPlane({ onMove: commit, signal });
  const qq = createQQ();
  const timeline = createTimeline();
  const leftPanel = panels.append("div").attr("class", "panel");
  leftPanel.append("p").attr("class", "title").text("Drag the point (or arrow keys)");
  leftPanel.append(() => plane.node);
  const control = (name, label, title, scale, digits) =>
    slider({ ...scale, inline: true, label, title, digits, onInput: (value) => commit({ [name]: value }), signal });
  const sliders = {
    alpha: control("alpha", "α", "α, the branching ratio", ALPHA, 2),
    beta: control("beta", "β", "β, the rate of decay", BETA, 2),
    mu: control("mu", "μ", "μ, the rate of events that no event set off", { min: 0.05, max: 1, step: 0.01 }, 2),
    end: control("end", "T", "T, the end of the window", { min: 10, max: 50, step: 1 }, 0),
  };
  for (const { node } of Object.values(sliders)) leftPanel.append(() => node);
  addNote(leftPanel, "μ: the rate of events that no event set off. T: the end of the window. Dashed curve: the mean intensity comes to rest equally fast, with the time constant 1/(β(1 − α)). Shaded: not offered: from α = 1 on the mean rate grows without bound.");
  const middlePanel = panels.append("div").attr("class", "panel");
  middlePanel.append("p").attr("class", "title").text("Events, and what is remembered of them");
  middlePanel.append(() => timeline.node);
  addNote(middlePanel, "Thinning: proposals below λ(t) (strong dots) are kept and are the events (strokes); the others (faint dots) are dropped. Λ(t) is the area below the model’s intensity up to t.");

  // --- the model that is held against them
  const lower = root.append("div").attr("class", "panels lower");
  const qqPanel = lower.append("div").attr("class", "panel");
  qqPanel.append("p").attr("class", "title").text("QQ plot of the rescaled gaps");
  qqPanel.append(() => qq.node);
  addNote(qqPanel, "A rescaled gap is the increase of the model’s Λ from one event to the next: exponential with mean 1, Exp(1), if the model is true. Both axes show square roots.");
  const wordsPanel = lower.append("div").attr("class", "panel");
  const evaluation = choice({ label: "evaluate with the model", options: MODELS, onChange: (value) => commit({ evaluation: value }), signal });
  wordsPanel.append(() => evaluation.node);
  const says = wordsPanel.append("p").attr("class", "verdict");
  const list = wordsPanel.append("dl"); // the theme styles a dl that has a class
  const numbers = NUMBERS.map(([name, width]) => {
    const item = list.append("div").attr("class", width ?? null);
    item.append("dt").text(name);
    return item.append("dd");
  });

  const table = createTable({ ...contents, signal });
  addFoot(table.node);

  // --- drawing
  let measured;
  function update() {
    const now = settings();
    measured = measure(model.get("draws"), now);
    plane.draw(now);
    timeline.draw(measured);
    qq.draw(measured);
    table.draw(measured);
    for (const [name, each] of Object.entries({ ...sliders, evaluation })) each.set(now[name]);
    const words = verdict(measured, now);
    says.text(words).attr("data-fit", rejected(measured) ? "bad" : "good");
    readout(measured, now).forEach((text, i) => numbers[i].text(text));
    const { events, limit, distance } = measured;
    select(timeline.node).attr("aria-label", `${counted(events.length, "event")} up to ${now.end}: intensity, hidden state, count and compensator against time. ${words}`);
    select(qq.node).attr("aria-label", `QQ plot. ${distance === null ? "No points" : `Largest distance ${apart(distance, limit, 3).join(", limit ")}`}.`);
  }

  function layout(width, wide) {
    const left = wide ? Math.min(0.38 * width, 320) : width;
    const right = wide ? width - left - GAP : width;
    for (const panel of [leftPanel, qqPanel]) panel.style("width", `${left}px`);
    for (const panel of [middlePanel, wordsPanel]) panel.style("width", `${right}px`);
    plane.layout(left, wide ? 220 : 190);
    timeline.layout(right, measured);
    qq.layout(left, wide ? 220 : 240, measured);
  }

  return start({ update, layout, summary: () => summary(measured, settings()) });
}

export default { render };
