// Commit, then see: the reader says what will come before the answer is drawn, and is told how far off it was.
import { create } from "d3-selection";
import { button } from "./dom.js";

/**
 * `prediction` is { text, options?, start?, gap(guess, measured, settings) }: a question about the first state of the
 * explorer. With `options`, a list of { value, text }, the reader chooses one; else the explorer's figure has a sketch
 * (sketch.js) that calls `change(guess)`, and `start` is where its points lie at first.
 *
 * `stage()` is "asked", "answered" or "skipped"; `onStage()` is called when it changes.
 */
export function createPrediction({ prediction, memory, onStage, onGuess, signal }) {
  const kept = memory.recall().prediction;
  let stage = kept?.stage === "answered" || kept?.stage === "skipped" ? kept.stage : "asked";
  let guess = stage === "answered" ? kept.guess : (prediction.start ?? null);
  let touched = false;

  const root = create("div").attr("class", "prediction");
  const question = root.append("p").attr("class", "prediction-text");
  question.append("b").text("First, your guess. ");
  question.append("span").text(prediction.text);
  const radios = (prediction.options ?? []).length ? root.append("div").attr("class", "options").attr("role", "radiogroup") : null;
  radios?.attr("aria-label", prediction.text);
  const group = `guess-${Math.random().toString(36).slice(2)}`;
  for (const { value, text } of prediction.options ?? []) {
    const option = radios.append("label");
    const input = option.append("input").attr("type", "radio").attr("name", group).attr("value", value).node();
    option.append("span").text(text);
    input.dataset.lmSuppressShortcuts = "true";
    input.addEventListener("change", () => change(value), { signal });
  }
  const buttons = root.append("div").attr("class", "buttons");
  const answer = button({ text: "Show the answer", onClick: () => enter("answered"), signal });
  const skip = button({ text: "Skip", onClick: () => enter("skipped"), signal });
  answer.classList.add("primary");
  buttons.append(() => answer);
  buttons.append(() => skip);
  const gap = create("p").attr("class", "gap");

  function enter(next) {
    stage = next;
    if (stage === "asked") {
      guess = prediction.start ?? null;
      touched = false;
      for (const input of root.node().querySelectorAll("input")) input.checked = false;
    }
    memory.keep({ prediction: { stage, guess: stage === "answered" ? guess : null } });
    show();
    onStage();
  }

  function change(next) {
    if (stage !== "asked") return;
    guess = next;
    touched = true;
    show();
    onGuess();
  }

  function show() {
    root.attr("hidden", stage === "asked" ? null : "");
    answer.disabled = !touched;
  }

  /** Say how far off the guess was; only where the question was asked is it an answer. */
  function tell(measured, settings, atFirst) {
    if (stage !== "answered") gap.attr("hidden", "").text("");
    else if (atFirst) gap.attr("hidden", null).text(prediction.gap(guess, measured, settings));
  }

  show();
  return { node: root.node(), gap: gap.node(), stage: () => stage, guess: () => guess, change, enter, tell };
}
