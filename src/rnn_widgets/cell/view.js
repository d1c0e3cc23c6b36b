// The cell in the browser: an anywidget front-end module.
import { create } from "d3-selection";
import { slider } from "../kit/dom.js";
import { addNote, explorer, GAP } from "../kit/explorer.js";
import { createPlayer } from "../kit/play.js";
import { createMachine } from "./machine.js";
import { entryOf, measure, N, T, withEntry } from "./model.js";
import { createStrip } from "./strip.js";
import { data, table } from "./table.js";
import { TASKS } from "./tasks.js";
import { gap, sub, summary, sums, sup, verdict } from "./words.js";

const INTERVAL = 900; // ms: time to look at a step

/** Write a text in which "W_hx" has its index below the line. */
function name(node, text) {
  node.replaceChildren(...text.split(/_(\w+)/).map((part, i) => (i % 2 ? create("sub").text(part).node() : part)));
}

/** A text that breaks between products only. */
const unbroken = (text) => text.replaceAll(" · ", "\u00a0·\u00a0").replace(/ ([+−=]) /g, " $1\u00a0");

function build({ panels, controls, commit, get, signal, prediction }) {
  const arrays = get("arrays");
  let last; // what was drawn last
  let hovered = null; // the unit under the mouse
  const onHover = (unit) => {
    hovered = unit;
    if (last) draw(last);
  };
  const onUnit = (unit) => (prediction.stage() === "asked" ? prediction.change(unit) : commit({ unit }));
  const machine = createMachine({ arrays, onUnit, onEntry: (entry) => commit({ entry }), onHover, signal });
  const strip = createStrip({ onStep: (step) => prediction.stage() !== "asked" && commit({ step }), signal });

  const first = panels.append("div").attr("class", "panel whole");
  first.append(() => machine.node);
  const right = panels.append("div").attr("class", "panel sums");
  const lines = right.append("dl");
  const left = panels.append("div").attr("class", "panel");
  left.append(() => strip.node);
  addNote(left, "Corner: your last change moved it. *: you put it in.");

  const player = createPlayer({ label: "step t", title: "step t", least: 1, most: () => T, interval: INTERVAL, onStep: (step) => commit({ step }), signal });
  const change = slider({ label: "x", title: "the chosen number", min: -2, max: 2, step: 0.1, digits: 2, onInput: (value) => commit(withEntry(last.measured, last.settings, value)), signal });
  const [called, input] = [change.node.querySelector(".control-name").firstChild, change.node.querySelector("input")];
  controls.append(() => change.node);
  controls.append(() => player.node);

  function draw(now) {
    last = now;
    const { settings, measured, revealed, open } = now;
    const unit = open ? settings.unit : (hovered ?? settings.unit);
    machine.draw(now, unit);
    strip.draw(now, settings.held_after);
    const shown = revealed ? sums(measured, { ...settings, unit }, arrays) : [];
    lines.selectAll("div").data(shown).join((enter) => {
      const added = enter.append("div");
      added.append("dt");
      added.append("dd");
      return added;
    }).each(function (line) {
      name(this.firstChild, `${line.name}: `);
      this.lastChild.textContent = unbroken(line.text);
    });
    player.set(settings.step);
    const { value, most } = entryOf(measured, settings);
    const entry = settings.entry < N ? `x${sub(settings.entry + 1)}${sup(settings.step)}` : `h${sub(settings.entry - N + 1)}${sup(settings.step - 1)}`;
    change.limit(-most, most);
    change.set(value);
    called.textContent = `change ${entry}`;
    input.setAttribute("aria-label", `change ${entry}`);
  }

  return {
    update: draw,
    layout(width, wide, now) {
      const half = wide ? (width - GAP) / 2 : width;
      machine.layout(width, wide);
      strip.layout(half, wide);
      draw(now);
    },
  };
}

const prediction = {
  text: `Step 1, and h${sup(0)} is zero. Multiply each row of W_hx by x${sup(1)} and add b_h: which unit gets the largest a? Choose its place in a${sup(1)}.`,
  first: "Choose its place first",
  gap,
};

export default explorer({ kind: "cell", measure, build, words: { verdict, summary }, tasks: TASKS, prediction, table, data });
