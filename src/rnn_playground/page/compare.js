// Compare two runs: keep one as A, change something, run B beside it after as many updates.
import { LIMITS } from "../engine/setup.js";
import { button, choice, element, number } from "./elements.js";
import { changed, FIELDS, labelOf } from "./fields.js";
import { createPalette } from "./panels/palette.js";
import { createComparison } from "./tools/compare_view.js";
import { inALine, matters } from "./tools/differences.js";
import { pairOf } from "./tools/pair.js";
import { runTo } from "./tools/runner.js";
import { inSentence, whole } from "./words.js";

const INTRO = "Keep the run above as A. Then change one thing and run B, which gets as many updates, in a second worker.";
const NAMES = ["update", "loss", "per_step", "accuracy", "grad_norm", "clipped"];

/** A record that stands still. */
export const copied = (history) => Object.fromEntries(NAMES.map((name) => [name, history[name].slice()]));

export function mount(host, app) {
  const pair = pairOf(app);
  const view = createComparison({ palette: createPalette(host) });
  let next = null; // the set-up of B
  let client = null; // of B while it runs
  let control = null;

  const keep = button("Keep this run as A", () => settled(keepNow));
  const kept = element("p");
  const which = element("div", { className: "pg-fields" });
  const asAbove = button("Take the set-up above", () => plan({ ...app.setup }, app.text));
  const go = button("Run B", () => (client ? stop() : run()), { className: "pg-primary" });
  const progress = element("progress", { hidden: true, ariaLabel: "Updates of B" });
  const words = element("p", { role: "status" });
  const second = element("div", { hidden: true }, which, element("div", { className: "pg-row" }, asAbove, go, progress), words);
  host.append(element("p", { className: "pg-note" }, INTRO), element("div", { className: "pg-row" }, keep), kept, second, view.node);

  /** Once the run stands still, so that its record and its details are of one moment. */
  function settled(action) {
    if (!app.playing) return action();
    const off = app.on("state", ({ playing }) => {
      if (playing) return;
      off();
      action();
    });
    app.pause();
  }

  function keepNow() {
    const { state, setup, text, history, detail } = app;
    if (!state || state.update === 0) {
      kept.textContent = "Nothing has been learnt yet: play or step first.";
      return;
    }
    stop();
    const a = { setup: { ...setup }, text, updates: state.update, history: copied(history), detail, state, changed: app.changed.length > 0 };
    next = { ...setup };
    pair.set({ a, b: null });
    offerFields();
    kept.textContent = `A: ${inALine(setup)}; ${whole(a.updates)} updates, seed ${setup.seed}.`;
    second.hidden = false;
    plan(next, text);
    view.draw(pair);
  }

  let textOfB = "";
  function plan(setup, itsText = textOfB) {
    next = setup;
    textOfB = itsText;
    control?.set(next[field().name]);
    seed.set(next.seed);
    words.textContent = `B would be: ${inALine(next)}; seed ${next.seed}.`;
  }

  // --- what is changed: one field, or the seed
  const field = () => FIELDS.find(({ name }) => name === chooser.input.value);
  const chooser = choice({ label: "Change", options: {}, onChange: offer });
  const seed = number({ label: "Seed of B", limits: LIMITS.seed, onChange: (value) => set("seed", value) });
  which.append(chooser.node, element("div"), seed.node);

  function set(name, value) {
    const [low, high, isWhole] = LIMITS[name] ?? [];
    const bad = low !== undefined && !(value >= low && value <= high && (!isWhole || Number.isInteger(value)));
    if (bad && name !== "layers") words.textContent = `${name} must be ${isWhole ? "an integer" : "a number"} from ${low} to ${high}.`;
    else plan(changed(next, name, value));
  }

  /** The control of the field that is chosen; all other fields are A's. */
  function offer() {
    const one = field();
    const label = labelOf(one, pair.a.setup);
    const onChange = (value) => {
      next = { ...pair.a.setup, seed: next.seed };
      set(one.name, value);
    };
    control = one.options ? choice({ label, options: one.options, onChange }) : number({ label, stops: one.stops, limits: LIMITS[one.name], onChange });
    which.children[1].replaceWith(control.node);
    control.set(next[one.name]);
  }

  function offerFields() {
    const { setup } = pair.a;
    const offered = FIELDS.filter((one) => one.name !== "seed" && matters(setup, one));
    const before = chooser.input.value;
    chooser.input.replaceChildren(...offered.map((one) => new Option(labelOf(one, setup), one.name)));
    chooser.set(offered.some(({ name }) => name === before) ? before : "rho");
    offer();
  }

  // --- B
  async function run() {
    const { a } = pair;
    const [setup, itsText] = [next, textOfB];
    client = app.newClient();
    const mine = client;
    go.textContent = "Stop";
    progress.hidden = false;
    progress.max = a.updates;
    try {
      const { state, history } = await runTo(client, { setup, text: itsText, updates: a.updates, onState: (state, history) => show(mine, state, history, setup, itsText) });
      pair.set({ b: { setup, text: itsText, updates: state.update, history: copied(history), detail: state.detail, state, done: true } });
      view.draw(pair);
      words.textContent = `B is done: ${inALine(setup)}; ${whole(state.update)} updates, seed ${setup.seed}.`;
    } catch (error) {
      words.textContent = inSentence({ message: error.message, expected: true });
    }
    if (mine === client) stop();
  }

  let drawn = 0;
  function show(mine, state, history, setup, itsText) {
    if (mine !== client) return;
    progress.value = state.update;
    if (performance.now() - drawn < 100) return;
    drawn = performance.now();
    view.draw({ a: pair.a, b: { setup, text: itsText, history, detail: state.detail ?? pair.b?.detail, state } });
  }

  function stop() {
    client?.close();
    client = null;
    go.textContent = "Run B";
    progress.hidden = true;
  }
}
