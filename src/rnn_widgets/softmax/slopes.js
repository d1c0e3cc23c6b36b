// The gradient: prediction minus event, upwards where a larger logit costs more.
import { createColumns } from "./columns.js";
import { WORDS } from "./model.js";

const signed = (value) => `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(2)}`;

export function createSlopes() {
  const columns = createColumns({ name: "slopes", label: "The gradient", domain: [-1, 1], ticks: [-1, 0, 1] });

  function draw({ settings: { happened }, measured: { gradient }, revealed }) {
    const texts = gradient.map(signed);
    columns.draw({ shown: revealed ? gradient : null, texts: revealed ? texts : null, ghost: null, happened });
    columns.describe(`The gradient of the loss by the logits${revealed ? `: ${WORDS.map((word, i) => `${word} ${texts[i]}`).join(", ")}` : ""}.`);
  }

  return { node: columns.node, layout: columns.layout, draw };
}
