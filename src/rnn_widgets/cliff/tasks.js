// What can be done on the cliff.
import { digits } from "./words.js";

export const HIGH = 0.2; // the loss from which on a place is on the plateau above the cliff
const LOW = 0.01;

/** The length of the first update without clipping. */
const firstStep = ({ without }, { learning_rate }) => learning_rate * without.path[0].norm;

export const TASKS = [
  {
    name: "throw",
    text: "Start right on the cliff (easier with a larger η and T near 20): the first unclipped step is longer than the map is wide.",
    solved: (measured, settings) => measured.k > 0 && settings.paths !== "clipped" && firstStep(measured, settings) > measured.width,
    why: (measured, settings) =>
      `The gradient there has length ${digits(measured.without.path[0].norm)}, the step ${digits(firstStep(measured, settings))}: the map is ${digits(measured.width)} wide.`,
  },
  {
    name: "rescue",
    text: "Start on the plateau, at a loss above 0.2, and bring the clipped descent to a loss below 0.01, on the map all the way.",
    solved: ({ clipped, k }, { updates, paths }) =>
      k === updates && paths !== "unclipped" && clipped.path[0].loss > HIGH && clipped.leaves === null && clipped.shortened > 0 && clipped.loss < LOW,
    why: ({ clipped, k }, { clip }) =>
      `From ${digits(clipped.path[0].loss)} to ${digits(clipped.loss)}: at c = ${clip.toFixed(2)} clipping shortened ${clipped.shortened} of its ${k} gradients.`,
  },
  {
    name: "loose",
    text: "Choose η and c so large that a clipped step leads off the map all the same.",
    solved: ({ clipped }, { clip, paths }) => paths !== "unclipped" && clipped.leaves !== null && clipped.leaving > clip,
    why: ({ clipped }, { learning_rate, clip }) =>
      `A gradient of length ${digits(clipped.leaving)} was cut to c = ${clip.toFixed(2)}, and a step of ηc = ${digits(learning_rate * clip)} was long enough at update ${clipped.leaves}.`,
  },
];
