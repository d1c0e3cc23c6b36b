// What every explorer does alike: follow its model, answer at once, fit its place on the page, end without a trace.
import { create } from "d3-selection";
import { button, debounced } from "./dom.js";

export const GAP = 16; // px between two panels
const SIDE_BY_SIDE = 620; // px: narrower than this, the panels stand one above the other
const MAX_WIDTH = 900;

/** Say in small letters below a drawing what its marks are. */
export function addNote(panel, text) {
  panel.append("p").attr("class", "note").text(text);
}

/**
 * The frame of an explorer over a model. `kind` is the class that its own style sheet speaks of, since several
 * explorers may stand on one page; `names` are the traits that it shows.
 *
 * Build the inside of `root`, then call `start({ update, layout, summary })`: `update()` draws the present state,
 * `layout(width, wide)` fits the drawing to a width in px, and `summary()` is read out after a change.
 */
export function createView({ model, el, kind, names, label }) {
  const controller = new AbortController();
  const { signal } = controller;
  const root = create("div").attr("class", `rnn-explorer ${kind}`).attr("role", "group").attr("aria-label", label);
  const settings = () => Object.fromEntries(names.map((name) => [name, model.get(name)]));
  let draw;
  let announce;

  /** Every change goes through the model, so that all views of it and Python agree. */
  function commit(patch) {
    for (const [name, value] of Object.entries(patch)) model.set(name, value);
    flush(); // this view answers at once, other views of the model in their microtask
    model.save_changes();
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
    draw();
    announce();
    performance.clearMeasures("explorer:update");
    performance.measure("explorer:update", { start, end: performance.now() });
  }

  /** The last row: what is there on demand, and the buttons. */
  function addFoot(node) {
    const foot = root.append("div").attr("class", "foot");
    foot.append(() => node);
    const buttons = foot.append("div").attr("class", "buttons");
    const add = (text, onClick) => buttons.append(() => button({ text, onClick, signal }));
    const draws = model.get("draws") ?? [];
    if (draws.length > 1) add("Another draw", () => commit({ draw: (model.get("draw") + 1) % draws.length }));
    add("Reset", () => commit(model.get("initial")));
  }

  function start({ update, layout, summary }) {
    const live = root.append("p").attr("class", "visually-hidden").attr("aria-live", "polite");
    draw = update;
    announce = debounced(() => live.text(summary()), 500, signal);
    const fit = () => {
      const width = Math.min(root.node().clientWidth || SIDE_BY_SIDE, MAX_WIDTH);
      const wide = width >= SIDE_BY_SIDE;
      root.classed("wide", wide);
      layout(width, wide);
    };
    el.append(root.node());
    update();
    fit();
    const events = names.map((name) => `change:${name}`);
    for (const name of events) model.on(name, changed);
    const observer = new ResizeObserver(fit);
    observer.observe(root.node());
    signal.addEventListener("abort", () => {
      for (const name of events) model.off(name, changed);
      observer.disconnect();
      root.remove();
    });
    return () => controller.abort();
  }

  return { root, signal, settings, commit, addFoot, start };
}
