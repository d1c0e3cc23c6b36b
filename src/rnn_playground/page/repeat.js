// Ten seeds: the same set-up again and again, in a worker of its own, and how far the ends lie apart.
import { button, choice, element, number } from "./elements.js";
import { createPalette } from "./panels/palette.js";
import { addTable } from "./panels/panel.js";
import { inALine, isSameTask } from "./tools/differences.js";
import { endOf, endRow, inTurns, pairsSentence, SEEDS, spreadSentence } from "./tools/ends.js";
import { pairOf } from "./tools/pair.js";
import { runTo } from "./tools/runner.js";
import { createSpread } from "./tools/spread_view.js";
import { inSentence, whole } from "./words.js";

const INTRO = "One run is one draw of the start and of the sequences. Here the same set-up runs with ten seeds, one after another, beside what runs above.";
const COLUMNS = ["Seed", "Updates", "Loss per step", "Right", "Reached"];

export function mount(host, app) {
  const pair = pairOf(app);
  let groups = []; // { name, setup, text, ends }
  let client = null;
  let wanted = 0.95;

  const what = choice({ label: "What is repeated", options: {}, onChange() {} });
  const updates = number({ label: "Updates of each", stops: null, limits: [1, 1_000_000, true], onChange() {} });
  const target = number({ label: "Reached: right at least", limits: [0, 1, false], onChange: (value) => value >= 0 && value <= 1 && ((wanted = value), show()) });
  const go = button("Run ten seeds", () => (client ? stop() : run()), { className: "pg-primary" });
  const progress = element("progress", { hidden: true, ariaLabel: "Updates of all runs" });
  const words = element("p", { role: "status" });
  const view = createSpread({ palette: createPalette(host) });
  const said = element("div");
  const numbers = element("div", { hidden: true });
  const fill = addTable(numbers, { title: "Ten seeds", caption: "End of each run: means over the last tenth of its updates", columns: ["Run", ...COLUMNS], rowsOf: () => groups.flatMap(({ name, ends }) => ends.map((end) => [name, ...endRow(end, wanted)])) });
  target.set(wanted);
  target.input.step = 0.01;
  host.append(
    element("p", { className: "pg-note" }, INTRO),
    element("div", { className: "pg-fields" }, what.node, updates.node, target.node),
    element("div", { className: "pg-row" }, go, progress, words),
    said,
    view.node,
    numbers,
  );

  /** What can be repeated now. */
  function offer() {
    const before = what.input.value;
    const names = { run: "the run above", ...(pair.a ? { a: "A" } : {}), ...(pair.b ? { b: "B", both: "A and B, in turns" } : {}) };
    what.input.replaceChildren(...Object.entries(names).map(([value, text]) => new Option(text, value)));
    what.set(Object.hasOwn(names, before) ? before : "run");
  }

  function chosen() {
    const of = (name, { setup, text }) => ({ name, setup, text, ends: [] });
    const all = { run: () => [of("Above", app)], a: () => [of("A", pair.a)], b: () => [of("B", pair.b)], both: () => [of("A", pair.a), of("B", pair.b)] };
    return all[what.input.value]();
  }

  async function run() {
    const count = updates.input.valueAsNumber;
    if (!(count >= 1 && count <= 1_000_000 && Number.isInteger(count))) return void (words.textContent = "The updates must be an integer from 1 to 1 000 000.");
    groups = chosen();
    client = app.newClient();
    const mine = client;
    const todo = inTurns(groups, groups[0].setup.seed);
    go.textContent = "Stop";
    Object.assign(progress, { hidden: false, max: todo.length * count, value: 0 });
    show();
    try {
      for (const [i, { group, seed }] of todo.entries()) {
        words.textContent = `Run ${i + 1} of ${todo.length}, seed ${seed}.`;
        const onState = ({ update }) => mine === client && (progress.value = i * count + update);
        const { state, history } = await runTo(mine, { setup: { ...group.setup, seed }, text: group.text, updates: count, onState });
        group.ends.push({ seed, ...endOf(history, state.diverged) });
        show();
      }
      words.textContent = `Done: ${todo.length} runs of ${whole(count)} updates at most.`;
    } catch (error) {
      words.textContent = inSentence({ message: error.message, expected: true });
    }
    if (mine === client) stop();
  }

  function stop() {
    const isEarly = groups.some(({ ends }) => ends.length < SEEDS);
    client?.close();
    client = null;
    go.textContent = "Run ten seeds";
    progress.hidden = true;
    if (isEarly && words.textContent.startsWith("Run ")) words.textContent = "Stopped. What was done by then stays below.";
  }

  function show() {
    const done = groups.filter(({ ends }) => ends.length > 0);
    numbers.hidden = done.length === 0;
    const [a, b] = done;
    const isPair = b && isSameTask(a.setup, b.setup) && (a.setup.task !== "text" || a.text === b.text);
    said.replaceChildren(
      ...done.map(({ name, setup, ends }) => element("p", {}, `${spreadSentence(name, ends, wanted)} (${inALine(setup)})`)),
      ...(isPair ? [element("p", {}, pairsSentence(a.ends, b.ends))] : []),
    );
    view.draw(done, app);
    fill();
  }

  app.on("start", () => !client && updates.set(updates.input.valueAsNumber || 300));
  pair.onChange(offer);
  offer();
  updates.set(Math.max(1, app.state?.update || 300));
}
