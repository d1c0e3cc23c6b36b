// A run: a set-up, its network, what is drawn for it and what happened. No DOM and no clock.
import { createBatch, firstOf } from "./batch.js";
import { History } from "./history.js";
import { lagShares, logBound, logNorms, spectra } from "./measures.js";
import { Network } from "./network.js";
import { Adam, clip, norm, SGD } from "./optimizer.js";
import { encode } from "./predict.js";
import { Random } from "./random.js";
import { BadSetup, readSetup } from "./setup.js";
import { start } from "./start.js";
import { makeTask } from "./tasks.js";

const CHANGEABLE = ["rate", "clip", "window", "T"];
const START = 0; // the streams of random numbers of a seed
const BATCHES = 1;
const PROBE = 2;

export class Run {
  /** `text` is what the task “text” learns. Throws BadSetup, whose message says which field must be what. */
  constructor(given = {}, text = "") {
    this.setup = readSetup(given);
    this.begun = this.setup; // before anything was changed
    this.text = text;
    this.task = makeTask(this.setup, text);
    const { cell, m, layers, seed } = this.setup;
    this.sizes = { cell, m, layers, n: this.task.n, k: this.task.k, numbers: this.task.numbers };
    this.network = new Network(this.sizes);
    start(this.setup, this.task, this.network.params, new Random(seed, START));
    this.random = new Random(seed, BATCHES);
    this.batch = createBatch(this.task.n, this.task.numbers);
    this.optimizer = this.setup.optimizer === "adam" ? new Adam(this.network.theta.length) : new SGD();
    this.history = new History();
    this.before = new Float64Array(this.network.theta.length);
    this.diverged = null; // { update, what } once loss, gradient or parameters are not finite
    this.events = []; // what was done to the run in its course
    this.eye = new Network(this.sizes, this.network.theta); // the same parameters, on other sequences
    this.lookAtProbe();
  }

  get update() {
    return this.history.length;
  }

  /** The sequence that `state` looks at: always the same, so that what moves is the network. */
  lookAtProbe() {
    const drawn = createBatch(this.task.n, this.task.numbers);
    this.task.draw(drawn, 1, new Random(this.setup.seed, PROBE));
    this.probe = firstOf(drawn, createBatch(this.task.n, this.task.numbers));
  }

  /** Do so many updates, fewer if the run diverges; return how many were done. */
  step(updates = 1) {
    for (let i = 0; i < updates; i++) if (!this.one()) return i;
    return updates;
  }

  one() {
    if (this.diverged) return false;
    const { network, batch, setup } = this;
    this.task.draw(batch, setup.batch, this.random);
    const loss = network.lossAndGradient(batch, setup.window);
    const gradNorm = norm(network.gradient);
    if (!Number.isFinite(loss)) return this.stop("loss");
    if (!Number.isFinite(gradNorm)) return this.stop("gradient");
    const accuracy = this.accuracy();
    const clipped = setup.clip > 0 && clip(network.gradient, gradNorm, setup.clip);
    this.before.set(network.theta);
    if (!this.optimizer.update(network.theta, network.gradient, setup.rate)) return this.stop("square");
    if (!Number.isFinite(norm(network.theta))) {
      network.theta.set(this.before); // the last ones that can be looked at and saved
      return this.stop("parameters");
    }
    this.history.add(loss, accuracy, gradNorm, clipped);
    return true;
  }

  stop(what) {
    this.diverged = { update: this.update + 1, what };
    return false;
  }

  /** Of the batch that was last learnt; NaN if nothing was asked. */
  accuracy() {
    const { task, batch, network } = this;
    let [right, asked] = [0, 0];
    for (let r = 0; r < batch.rows; r++) {
      const answer = task.right(network.output.y, batch, r, task.k);
      if (answer === null) continue;
      asked += 1;
      if (answer) right += 1;
    }
    return right / asked;
  }

  /** Change the rate, the clip, the window or T in the course of the run. */
  change(patch) {
    const unknown = Object.keys(patch).find((name) => !CHANGEABLE.includes(name));
    if (unknown) throw new BadSetup(`only ${CHANGEABLE.join(", ")} can be changed in the course of a run, got ${unknown}`);
    const setup = readSetup({ ...this.setup, ...patch });
    const task = setup.T === this.setup.T ? this.task : makeTask(setup, this.text);
    Object.assign(this, { setup, task });
    this.lookAtProbe();
    this.events.push({ update: this.update, change: patch });
  }

  /** Set all weights into and out of a unit to zero. Its gradient is then zero too: it stays silent. */
  zeroUnit(unit, layer = 0) {
    const { m, layers } = this.setup;
    if (!Number.isInteger(unit) || unit < 0 || unit >= m) throw new BadSetup(`unit must be an integer from 0 to ${m - 1}, got ${unit}`);
    if (layer !== 0 && layer !== layers - 1) throw new BadSetup(`layer must be from 0 to ${layers - 1}, got ${layer}`);
    const flats = [this.network.theta, this.optimizer.mean, this.optimizer.square].filter(Boolean);
    for (const { name, shape, start: first, end } of this.network.layout.arrays) {
      const own = name.startsWith(`layers[${layer}].`);
      const columns = shape.length === 2 ? shape[1] : 1;
      const leaves = name === `layers[${layer}].W_hh` || name === `layers[${layer + 1}].W_hx` || (name === "W_yh" && layer === layers - 1);
      for (let at = first; at < end; at++) {
        const row = Math.floor((at - first) / columns);
        const into = own && row % m === unit;
        if (into || (leaves && (at - first) % columns === unit)) for (const flat of flats) flat[at] = 0;
      }
    }
    this.events.push({ update: this.update, zero: { unit, layer } });
  }

  /** All that is needed to go on from here. */
  checkpoint() {
    const { setup, begun, network, optimizer, random, diverged, events } = this;
    const { length, blocks } = this.history.copy();
    return {
      setup: { ...setup }, begun: { ...begun }, theta: network.theta.slice(), step: optimizer.step, mean: optimizer.mean?.slice() ?? null, square: optimizer.square?.slice() ?? null,
      words: random.words.slice(), history: { length, blocks }, diverged, events: structuredClone(events),
    };
  }

  /** Back to a checkpoint of this run, or of one with the same task and sizes. */
  restore({ setup, begun, theta, step, mean, square, words, history, diverged, events }) {
    const { length } = this.network.theta;
    const fits = theta?.length === length && words?.length === 4 && setup?.optimizer === this.setup.optimizer && history?.blocks;
    const adamFits = setup?.optimizer === "sgd" || (mean?.length === length && square?.length === length);
    if (!fits || !adamFits) throw new BadSetup("the checkpoint is that of another network");
    const [now, first] = [readSetup(setup), readSetup(begun)];
    this.task = makeTask(now, this.text);
    Object.assign(this, { setup: now, begun: first });
    this.network.theta.set(theta);
    this.optimizer.step = step;
    if (mean) {
      this.optimizer.mean.set(mean);
      this.optimizer.square.set(square);
    }
    this.random.words.set(words);
    this.history = new History(history.length, history.blocks).copy();
    this.diverged = diverged;
    this.events = structuredClone(events);
    this.lookAtProbe();
  }

  /** What the network answers, step by step: { y (T, k), h, gates }. Inputs as `encode` in predict.js takes them. */
  predict(inputs) {
    const batch = createBatch(this.task.n, this.task.numbers);
    encode(this.task, inputs, batch);
    return { T: batch.T, ...look(this.eye, batch) };
  }

  /** Where the run is; with `detail` also all that is computed for the probe. */
  state({ detail = false } = {}) {
    const { update, history, setup, task, diverged } = this;
    const last = update > 0 ? history.at(update - 1) : null;
    const loss = last?.loss ?? null;
    const state = {
      update, loss, per_step: loss === null ? null : loss / task.steps,
      accuracy: last === null || Number.isNaN(last.accuracy) ? null : last.accuracy,
      grad_norm: last?.grad_norm ?? null, clipped: last?.clipped === 1,
      chance: task.chance, floor: task.floor, steps: task.steps, diverged, setup, events: this.events,
    };
    return detail ? { ...state, detail: this.detail() } : state;
  }

  detail() {
    const { eye, probe, setup } = this;
    eye.lossAndGradient(probe, 0); // for ∂L/∂h of each step
    const shares = lagShares(eye, probe, setup.window);
    const ofLayers = eye.layers.map((layer, l) => {
      const blocks = spectra(this.sizes, eye.params.layers[l]);
      return { lag_shares: shares[l], log_norms: logNorms(layer), log_bound: logBound(this.sizes, probe.T, blocks), spectra: blocks };
    });
    const { y, h, gates } = look(eye, probe);
    return {
      T: probe.T, codes: probe.codes?.slice(0, probe.T) ?? null, x: probe.x?.slice(0, probe.T * this.task.n) ?? null, targets: probe.targets.slice(0, probe.T),
      layers: ofLayers.map((numbers, l) => ({ ...numbers, h: h[l], gates: gates[l] })), y,
      weights: this.network.theta.slice(), arrays: this.network.layout.arrays,
    };
  }
}

/** Outputs (T, k), and for each layer the states (T, m) and gates (T, blocks · m), of one sequence. */
function look(network, batch) {
  const { m, k } = network.sizes;
  const { T } = batch;
  const states = network.forward(batch);
  network.output.all(states, m, T);
  return {
    y: network.output.y.slice(0, T * k),
    h: network.layers.map(({ h }) => h.slice(m, (T + 1) * m)),
    gates: network.layers.map(({ gateValues, height }) => gateValues?.slice(0, T * height) ?? null),
  };
}
