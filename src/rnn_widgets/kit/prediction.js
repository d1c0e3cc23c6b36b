// Commit, then see: the reader says what will come before the answer is drawn, and is told how far off it was.
import { create } from "d3-selection";
import { button } from "./dom.js";

/**
 * `prediction` is { text, first?, options?, start?, gap(guess, measured, settings) }: a question about the first state
 * of the explorer; a `text` with numbers of what Python carries is a function of `get`. With `options`, a list of
 * { value, text }, the reader chooses one; else the explorer's figure has a sketch (sketch.js) that calls
 * `change(guess)`, and `start` is where its points lie at first. `first` is what the locked button asks for.
 *
 * `stage()` is "asked", "answered" or "skipped"; `onStage()` is called when it changes.
 */
export function createPrediction({ prediction, get, memory, onStage, onGuess, signal }) {
  const kept = memory.recall().prediction;
  let stage = kept?.stage === "answered" || kept?.stage === "skipped" ? kept.stage : "asked";
  let guess = stage === "answered" ? kept.guess : (prediction.start ?? null);
  let touched = false;
  const text = typeof prediction.text === "function" ? prediction.text(get) : prediction.text;
  const missing = prediction.first ?? (prediction.options ? "Choose first" : Array.isArray(prediction.start) ? "Drag a point first" : "Drag the point first");

  const root = create("div").attr("class", "prediction");
  const question = root.append("p").attr("class", "prediction-text");
  question.append("b").text("First, your guess. ");
  question.append("span").text(text);
  const radios = (prediction.options ?? []).length ? root.append("div").attr("class", "options").attr("role", "radiogroup") : null;
  radios?.attr("aria-label", text);
  const group = `guess-${Math.random().toString(36).slice(2)}`;
  for (const { value, text: says } of prediction.options ?? []) {
    const option = radios.append("label");
    const input = option.append("input").attr("type", "radio").attr("name", group).attr("value", value).node();
    option.append("span").text(says);
    input.dataset.lmSuppressShortcuts = "true";
    input.addEventListener("change", () => change(value), { signal });
  }
  const buttons = root.append("div").attr("class", "buttons");
  const answer = button({ text: missing, onClick: () => enter("answered"), signal });
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
    answer.textContent = touched ? "Show the answer" : missing; // a locked button says what would open it
  }

  /** Say how far off the guess was; only where the question was asked is it an answer. */
  function tell(measured, settings, atFirst) {
    if (stage !== "answered") gap.attr("hidden", "").text("");
    else if (atFirst) gap.attr("hidden", null).text(prediction.gap(guess, measured, settings));
  }

  show();
  return { node: root.node(), gap: gap.node(), stage: () => stage, guess: () => guess, change, enter, tell };
}
