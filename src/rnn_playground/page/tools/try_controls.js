// The controls beside a sequence: its symbols as buttons, the pair of one step, and what lets a sequence go on.
import { Random } from "../../engine/random.js";
import { button, element, number } from "../elements.js";
import { chosen, tempered } from "./sampling.js";
import { MOST } from "./sequences.js";

const STREAM = 4;
const ADDED = 60; // symbols at a press
const END = "E"; // of Reber's strings

/** A button for each symbol, for who has no such key. `onPress(text)` is told what goes to the end. */
export function createSymbols(onPress) {
  const node = element("div", { className: "pg-row", role: "group", ariaLabel: "Add a symbol" });
  return {
    node,
    offer(symbols, between) {
      node.hidden = symbols.length === 0;
      node.replaceChildren(...symbols.map((symbol) => button(symbol, () => onPress(between + symbol), { ariaLabel: `Add ${symbol}` })));
    },
  };
}

/** Number and marker of the step that is looked at: what the pad does, without a pointer. */
export function createPairs(onChange) {
  let pair = [0, 0];
  let step = -1;
  const value = number({ label: "Its number", limits: [0, 1, false], onChange: (next) => Number.isFinite(next) && onChange([next, pair[1]]) });
  value.input.step = 0.01;
  const marker = element("input", { type: "checkbox" });
  marker.addEventListener("change", () => onChange([pair[0], marker.checked ? 1 : 0]));
  const node = element("div", { className: "pg-row" }, value.node, element("label", { className: "pg-field pg-inline" }, marker, "marked"));
  return {
    node,
    set(t, next) {
      value.rename(`Number of step ${t + 1}`);
      if (t !== step || next[0] !== pair[0]) value.set(next[0]); // said again, it leaves what the reader is typing
      [step, pair] = [t, next];
      marker.checked = next[1] === 1;
    },
  };
}

/** Lets the network go on with what it finds probable. `read()` gives the steps so far, `onNext(steps)` gets them with one more. */
export function createSampler({ app, read, onNext }) {
  let random = new Random(app.setup.seed, STREAM);
  let going = false;
  let tau = 1;
  const temperature = number({ label: "Temperature", stops: [0, 0.2, 0.4, 0.6, 0.8, 1, 1.2, 1.5, 2], limits: [0, 10, false], onChange: (value) => value >= 0 && (tau = value) });
  temperature.set(tau);
  const start = button("Let it go on", () => (going ? stop() : go()));
  const words = "The next symbol is drawn from the probabilities p to the power of 1/temperature; at 0 it is the most probable.";
  const node = element("div", { className: "pg-row pg-sampler" }, start, temperature.node, element("p", { className: "pg-note" }, words));

  function stop() {
    going = false;
    start.textContent = "Let it go on";
  }

  async function go() {
    going = true;
    start.textContent = "Stop";
    const { task } = app;
    for (let i = 0; i < ADDED && going; i++) {
      const steps = read();
      if (steps.length >= MOST) {
        app.say(`${MOST} steps are the most that the network is asked at once.`);
        break;
      }
      const prediction = await app.send({ type: "predict", inputs: steps });
      if (prediction.type === "error" || app.task !== task) break;
      const next = chosen(tempered(prediction.y.subarray(-task.k), tau), random.uniform());
      onNext([...steps, next]);
      if (app.setup.task === "reber" && task.symbols[next] === END) break;
    }
    stop();
  }

  return {
    node,
    offer(isOffered) {
      stop();
      node.hidden = !isOffered;
      random = new Random(app.setup.seed, STREAM);
    },
  };
}
