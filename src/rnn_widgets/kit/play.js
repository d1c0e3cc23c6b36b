// A setting that runs in time: play, pause, one step forward or back, and a slider to go anywhere.
import { create } from "d3-selection";
import { button, slider } from "./dom.js";

/**
 * `least` and `most()` bound the step; `onStep(step)` is told each. Readers who asked for less motion are taken to
 * the end at once. `interval` is in ms.
 */
export function createPlayer({ label, title = label, least = 0, most, interval = 350, onStep, signal }) {
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const root = create("div").attr("class", "player").attr("role", "group").attr("aria-label", title);
  let now = least;
  let timer = null;

  const pause = () => {
    clearInterval(timer);
    timer = null;
    name();
  };
  const go = (step) => onStep(Math.min(most(), Math.max(least, step)));
  const by = (amount) => {
    pause();
    go(now + amount);
  };
  function advance() {
    if (now >= most()) return pause();
    go(now + 1);
    if (now >= most()) pause();
  }
  function play() {
    if (timer !== null) return pause();
    if (calm.matches) return go(most());
    if (now >= most()) go(least);
    timer = setInterval(advance, interval);
    name();
  }

  const back = button({ text: "◂", onClick: () => by(-1), signal });
  const start = button({ text: "▶ Play", onClick: play, signal });
  const next = button({ text: "▸", onClick: () => by(1), signal });
  back.setAttribute("aria-label", "One step back");
  next.setAttribute("aria-label", "One step forward");
  start.classList.add("play");
  const scrub = slider({
    label,
    title,
    min: least,
    max: most(),
    step: 1,
    digits: 0,
    onInput: (step) => {
      pause();
      go(step);
    },
    signal,
  });
  for (const node of [back, start, next, scrub.node]) root.append(() => node);
  signal.addEventListener("abort", () => clearInterval(timer));

  function name() {
    start.textContent = timer !== null ? "❚❚ Pause" : calm.matches ? "▶ To the end" : "▶ Play";
  }

  /** Show a step that somebody chose, here or elsewhere. */
  function set(step) {
    now = step;
    scrub.limit(least, most());
    scrub.set(step);
    back.disabled = step <= least;
    next.disabled = step >= most();
  }

  name();
  return { node: root.node(), set, pause };
}
