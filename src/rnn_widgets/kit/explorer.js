// What every explorer is: a question, a guess, a figure that answers at once, a sentence on what is seen, tasks.
import { create } from "d3-selection";
import { encode, followLinks } from "./address.js";
import { createControls } from "./controls.js";
import { button, debounced, pause } from "./dom.js";
import { createMemory } from "./memory.js";
import { createPrediction } from "./prediction.js";
import { createShare } from "./share.js";
import { createTable } from "./table.js";
import { createTasks } from "./tasks.js";

export const GAP = 16; // px between two panels
const SIDE_BY_SIDE = 620; // px: narrower than this, the panels stand one above the other
const MAX_WIDTH = 900;
const GESTURE = 700; // ms without a change, after which the next one begins something new
const ADDRESS = 400; // ms after the last change
const LARGEST_ZOOM = 2.4;

/** Say in small letters below a drawing what its marks are. */
export function addNote(panel, text) {
  panel.append("p").attr("class", "note").text(text);
}

/**
 * Make the front end of an explorer from its parts:
 *
 * - `kind`: the class that its style sheet speaks of;
 * - `measure(get, settings)`: all that is shown and said, computed from the settings; `get` reads what Python carries;
 * - `build(frame)`: the figure. It gets { root, panels, controls, bind, commit, get, signal, prediction } and gives
 *   { update(now), layout(width, wide, now) }; `now` is { settings, measured, before, revealed, guess, open };
 * - `words`: { verdict(measured, settings), summary(measured, settings) };
 * - `tasks` and `prediction`: see tasks.js and prediction.js;
 * - `table`: see table.js; `data(measured, settings)` gives { columns, rows } of numbers for a file.
 */
export function explorer({ kind, measure, build, words, tasks, prediction, table, data }) {
  async function render({ model, el }) {
    const controller = new AbortController();
    const { signal } = controller;
    const get = (name) => model.get(name);
    const [schema, initial, name] = [get("schema"), get("initial"), get("name")];
    const names = Object.keys(schema);
    const memory = createMemory(name);
    const onPage = el.closest(".explorer") !== null; // there the address is the reader's; in a notebook it is not

    // --- its parts, in the order in which they are read
    const stage = create("div").attr("class", `rnn-explorer ${kind}`).attr("role", "group").attr("aria-label", get("question"));
    const root = stage.append("div").attr("class", "inside");
    root.append("p").attr("class", "question").text(get("question"));
    const instruction = root.append("p").attr("class", "instruction").text(get("instruction"));
    const asking = createPrediction({ prediction, get, memory, onStage, onGuess: update, signal });
    root.append(() => asking.node);
    root.append(() => asking.gap); // it takes the question's place, where the reader looks
    const panels = root.append("div").attr("class", "panels");
    const later = root.append("div").attr("class", "later"); // what the reader can do once the answer is seen
    const controls = later.append("div").attr("class", "controls");
    const says = later.append("p").attr("class", "verdict");
    const todo = createTasks({ tasks, memory });
    later.append(() => todo.node);
    const foot = later.append("div").attr("class", "foot");
    const live = root.append("p").attr("class", "visually-hidden").attr("aria-live", "polite");
    const bind = createControls({ schema, commit, signal });
    const figure = build({ root, panels, controls, bind, commit, get, signal, prediction: asking });

    const numbers = createTable({ ...table, signal });
    foot.append(() => numbers.node);
    const buttons = foot.append("div").attr("class", "buttons");
    const add = (text, onClick) => buttons.append(() => button({ text, onClick, signal }));
    const draws = get("draws") ?? [];
    if (draws.length > 1) add("Another draw", () => commit({ draw: (get("draw") + 1) % draws.length }));
    add("Reset", () => commit(initial));
    add("Guess again", () => {
      commit(initial);
      asking.enter("asked");
    });
    const link = () => location.href.replace(/#.*/, "") + encode(name, settings(), initial);
    buttons.append(() => createShare({ name, root: root.node(), stage: stage.node(), link, data: () => data(measured, settings()), signal }));

    // --- its state
    const settings = () => Object.fromEntries(names.map((each) => [each, model.get(each)]));
    let measured;
    let before = null; // what was seen before the present gesture: { measured, settings }
    let lastChange = -Infinity;
    let touched = false;
    let news = "";
    const announce = debounced(() => live.text(`${words.summary(measured, settings())} ${news}`.trim()), 500, signal);
    const writeAddress = debounced(() => {
      try {
        history.replaceState(history.state, "", link());
      } catch {
        // Some browsers keep a file's address as it is.
      }
    }, ADDRESS, signal);

    /** Every change goes through the model, so that all views of it and Python agree. */
    function commit(patch) {
      if (performance.now() - lastChange > GESTURE) before = { measured, settings: settings() };
      lastChange = performance.now();
      touched = true;
      for (const [key, value] of Object.entries(patch)) model.set(key, value);
      flush(); // this view answers at once, other views of the model in their microtask
      model.save_changes();
      if (onPage) writeAddress();
    }

    // Several traits may change in one event: they are drawn once for all, still before the event is over.
    let changedAt = null;
    function changed() {
      if (changedAt !== null) return;
      changedAt = performance.now();
      queueMicrotask(flush);
    }

    function flush() {
      if (changedAt === null || signal.aborted) return;
      const start = changedAt;
      changedAt = null;
      update();
      announce();
      performance.clearMeasures("explorer:update");
      performance.measure("explorer:update", { start, end: performance.now() });
    }

    // --- what is seen
    function now() {
      const open = asking.stage() === "asked";
      // A guess is about the first state; beside another it would mark nothing.
      const marked = open || (asking.stage() === "answered" && atFirst(settings()));
      return { settings: settings(), measured, before, revealed: !open, guess: marked ? asking.guess() : null, open };
    }

    const atFirst = (each) => names.every((key) => String(each[key]) === String(initial[key]));

    function update() {
      const present = settings();
      measured = measure(get, present);
      const state = now();
      figure.update(state);
      bind.follow(present);
      // The instruction speaks of the controls, which are locked until the guess is made.
      for (const part of [instruction, later]) part.attr("inert", state.open ? "" : null).classed("waiting", state.open);
      says.text(state.open ? "" : words.verdict(measured, present));
      asking.tell(measured, present, atFirst(present));
      numbers.draw(measured, present);
      news = touched && !state.open ? todo.look(measured, present) : "";
    }

    function onStage() {
      // The room that was kept is that of the question; from here on the figure takes what it needs.
      el.closest(".explorer")?.style.setProperty("min-height", "0");
      update();
      fit();
      if (asking.stage() === "asked") asking.node.scrollIntoView({ block: "nearest" });
      live.text(asking.stage() === "answered" ? `${asking.gap.textContent} ${says.text()}` : says.text());
    }

    function fit() {
      const width = Math.min(root.node().clientWidth || SIDE_BY_SIDE, MAX_WIDTH);
      const wide = width >= SIDE_BY_SIDE;
      stage.classed("wide", wide);
      figure.layout(width, wide, now());
    }

    /** On the whole screen everything is larger, as far as it fits. */
    function fill() {
      const full = document.fullscreenElement === stage.node();
      stage.classed("projector", full);
      root.style("zoom", null);
      if (full) {
        const { offsetWidth, offsetHeight } = root.node();
        const zoom = Math.min(innerWidth / (offsetWidth + 40), innerHeight / (offsetHeight + 40), LARGEST_ZOOM);
        root.style("zoom", Math.max(1, zoom));
      }
      fit();
    }

    // --- its life
    await pause(); // building and drawing are two tasks: what the reader does comes in between
    el.append(stage.node());
    update();
    fit();
    const events = names.map((each) => `change:${each}`);
    for (const event of events) model.on(event, changed);
    document.addEventListener("fullscreenchange", fill, { signal });
    const observer = new ResizeObserver(fit);
    observer.observe(root.node());
    signal.addEventListener("abort", () => {
      for (const event of events) model.off(event, changed);
      observer.disconnect();
      stage.remove();
    });
    if (onPage) {
      followLinks({
        name,
        carried: { schema, initial },
        onState(state) {
          commit(state);
          if (asking.stage() === "asked") asking.enter("skipped");
          stage.node().scrollIntoView({ block: "nearest" });
        },
        signal,
      });
    }
    return () => controller.abort();
  }

  return { render };
}
