// The fields of the set-up: how they are called, what they can be, and whom they concern.
import { LEAST_T } from "../engine/setup.js";

const range = (from, to, step = 1) => Array.from({ length: Math.round((to - from) / step) + 1 }, (_, i) => Number((from + i * step).toFixed(6)));
const gated = ({ cell }) => cell === "lstm" || cell === "gru";

export const GROUPS = [
  {
    title: "Task",
    fields: [
      {
        name: "task",
        label: "Task",
        options: {
          recall: "recall a cue after T blanks", order: "order of two symbols", adding: "add two marked numbers", reber: "embedded Reber grammar",
          parity: "parity of the ones so far", agreement: "number of the verb", text: "next letter of your text",
        },
      },
      { name: "T", label: (setup) => (setup.task === "recall" ? "Blanks T" : "Steps T"), stops: [...range(1, 30), ...range(35, 100, 5), ...range(110, 200, 10)], shown: ({ task }) => task !== "reber" },
    ],
  },
  {
    title: "Network",
    fields: [
      { name: "cell", label: "Cell", options: { tanh: "plain, tanh", relu: "plain, ReLU", lstm: "LSTM", gru: "GRU" } },
      { name: "m", label: "Units m", stops: range(1, 64) },
      { name: "layers", label: "Layers", options: { 1: "one", 2: "two" } },
    ],
  },
  {
    title: "Start",
    fields: [
      { name: "family", label: "Recurrent matrix", options: { orthogonal: "orthogonal", gaussian: "Gaussian", symmetric: "symmetric", identity: "identity", nonnormal: "non-normal" } },
      { name: "rho", label: "Its norm ρ", stops: [...range(0, 2, 0.05), ...range(2.5, 5, 0.5), 10] },
      { name: "input_scale", label: "Input scale", stops: [...range(0, 2, 0.1), 3, 5, 10] },
      { name: "forget_bias", label: ({ cell }) => (cell === "gru" ? "Bias of z" : "Forget bias"), stops: range(-10, 10, 0.5), shown: gated },
      { name: "seed", label: "Seed" },
    ],
  },
  {
    title: "Training",
    fields: [
      { name: "optimizer", label: "Rule", options: { sgd: "gradient descent", adam: "Adam" } },
      { name: "rate", label: "Rate η", stops: [0, ...[-4, -3, -2, -1, 0].flatMap((power) => [1, 2, 5].map((digit) => Number(`${digit}e${power}`))), 10, 100, 1000] },
      { name: "clip", label: "Clip at (0: not)", stops: [0, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100] },
      { name: "batch", label: "Batch B", stops: [1, 2, 4, 8, 16, 32, 64] },
      { name: "window", label: "Window (0: whole)", stops: [0, ...range(1, 30), ...range(35, 100, 5), ...range(110, 200, 10)] },
    ],
  },
];

export const FIELDS = GROUPS.flatMap(({ fields }) => fields);

export const labelOf = ({ label }, setup) => (typeof label === "function" ? label(setup) : label);

/** The fields after one was changed: a task with a least T gets it, two layers are a number. */
export function changed(setup, name, value) {
  const next = { ...setup, [name]: name === "layers" ? Number(value) : value };
  if (name === "task") next.T = Math.max(next.T, LEAST_T[value] ?? 1);
  return next;
}

/** Where a value is among the stops of its slider: the nearest. */
export function nearest(stops, value) {
  let best = 0;
  for (let i = 1; i < stops.length; i++) if (Math.abs(stops[i] - value) < Math.abs(stops[best] - value)) best = i;
  return best;
}

/** Set-ups to begin with. They say what they are, not what comes of them. */
export const EXAMPLES = [
  { text: "Recall, tanh", setup: {} },
  { text: "Recall T = 40, LSTM", setup: { T: 40, cell: "lstm" } },
  { text: "Adding, ReLU, identity", setup: { task: "adding", T: 20, cell: "relu", family: "identity", rho: 1, m: 32 } },
  { text: "Reber, GRU", setup: { task: "reber", cell: "gru" } },
  { text: "Verbs, two layers", setup: { task: "agreement", T: 20, layers: 2, m: 24 } },
  { text: "Norm 3, no clip", setup: { rho: 3, clip: 0, T: 20, optimizer: "sgd", rate: 0.1 } },
  { text: "Your text", setup: { task: "text", T: 30, cell: "gru", m: 32 } },
];
