// Try the network: a sequence is typed or drawn, and what it answers is seen step by step.
import { Random } from "../engine/random.js";
import { button, element } from "./elements.js";
import { createPalette } from "./panels/palette.js";
import { createAnswers } from "./tools/answers_view.js";
import { createPad } from "./tools/pad.js";
import { createPairs, createSampler, createSymbols } from "./tools/try_controls.js";
import { asksAtTheEnd, ONLY_AT_THE_END, stepSentence } from "./tools/said.js";
import { drawn, goesOn, MOST, read, rightAnswers, write } from "./tools/sequences.js";
import { inSentence } from "./words.js";

const STREAM = 3; // of the seed's random numbers: 0, 1 and 2 are the run's own
const AGAIN = 250; // ms between two looks at a network that is being trained

const HINTS = {
  recall: "A cue, blanks (a full stop is one too), a question mark.",
  adding: "Numbers with spaces between them, a star after those that are marked.",
  agreement: "Words with spaces between them; the full stop is a word.",
};

export function mount(host, app) {
  const palette = createPalette(host);
  let random = new Random(app.setup.seed, STREAM);
  let steps = [];
  let at = 0;
  let symbols = "";
  let asked = 0; // questions to the worker, of which only the answer to the last one counts
  let timer = null;

  const input = element("textarea", { rows: 2, spellcheck: false, autocapitalize: "off", autocomplete: "off" });
  input.setAttribute("aria-label", "Sequence");
  const hint = element("p", { className: "pg-note" });
  const wrong = element("p", { className: "pg-wrong", role: "status" });
  const place = element("input", { type: "range", min: 1, step: 1 });
  place.setAttribute("aria-label", "Step");
  const sentence = element("p", { className: "pg-sentence" });
  const note = element("p", { className: "pg-note" }, ONLY_AT_THE_END);
  const marks = createSymbols((piece) => take(input.value + piece));
  const pad = createPad({ palette, onChange: change });
  const pairs = createPairs((pair) => change(at, pair));
  const answers = createAnswers({ palette, onPick: look });
  const sampler = createSampler({ app, read: () => steps, onNext: (next) => put(next, next.length - 1) });
  const another = button("Another sequence", () => put(drawn(app.setup.task, app.task, random)));
  const tools = element("div", { className: "pg-row" }, another, marks.node);
  const chooser = element("label", { className: "pg-step" }, element("span", { className: "pg-name" }, "Look at step"), place);
  host.append(input, hint, wrong, tools, pad.node, pairs.node, chooser, sentence, answers.node, note, sampler.node);

  /** Steps from elsewhere than the keyboard; the last one is looked at unless another is named. */
  function put(next, t = next.length - 1) {
    take(write(app.setup.task, app.task, next), t);
  }

  function take(text, t = Infinity) {
    if (input.value !== text) input.value = text;
    const found = read(app.setup.task, app.task, text);
    wrong.textContent = found.wrong ?? "";
    input.removeAttribute("aria-invalid");
    if (found.wrong) return input.setAttribute("aria-invalid", "true");
    steps = found.steps;
    place.max = steps.length;
    at = Math.min(t, steps.length - 1);
    ask();
  }

  /** Another pair at a step of the task whose inputs are numbers. */
  function change(t, pair) {
    put(steps.with(t, pair), t);
  }

  function look(t) {
    at = t;
    ask();
  }

  async function ask() {
    clearTimeout(timer);
    timer = null;
    const mine = (asked += 1);
    const { setup, task } = app;
    const prediction = await app.send({ type: "predict", inputs: steps });
    if (mine !== asked || setup.task !== app.setup.task) return;
    if (prediction.type === "error") {
      if (prediction.expected) wrong.textContent = inSentence(prediction);
      return;
    }
    show(task, setup, prediction);
  }

  function show(task, { task: name, m }, prediction) {
    const right = rightAnswers(name, steps);
    const t = at;
    place.value = t + 1;
    const row = prediction.y.subarray(t * task.k, (t + 1) * task.k);
    sentence.textContent = stepSentence({ name, task, steps, t, row, right: right[t] });
    place.setAttribute("aria-valuetext", sentence.textContent);
    answers.draw({ name, task, steps, right, prediction, m, t });
    if (name === "adding") {
      pad.draw(steps, t);
      pairs.set(t, steps[t]);
    }
  }

  input.addEventListener("input", () => take(input.value));
  place.addEventListener("input", () => look(place.valueAsNumber - 1));

  /** A new run: the sequence stays if the symbols do. */
  function begin() {
    const { setup, task } = app;
    const name = setup.task;
    const now = `${name} ${task.symbols.join(" ")}`;
    const isNumber = name === "adding";
    for (const node of [pad.node, pairs.node]) node.hidden = !isNumber;
    note.hidden = !asksAtTheEnd(name);
    hint.textContent = HINTS[name] ?? `At most ${MOST} steps.`;
    marks.offer(isNumber || name === "text" ? [] : task.symbols, name === "agreement" ? " " : "");
    sampler.offer(goesOn(name));
    if (now !== symbols || steps.length === 0) {
      symbols = now;
      random = new Random(setup.seed, STREAM);
      put(drawn(name, task, random));
    } else ask();
  }

  // What is folded away is not asked for: it is when it is opened again.
  host.closest("details")?.addEventListener("toggle", () => host.checkVisibility() && ask());
  app.on("start", begin);
  app.on("state", () => {
    if (timer === null && host.checkVisibility()) timer = setTimeout(ask, app.playing ? AGAIN : 0);
  });
  begin();
}
