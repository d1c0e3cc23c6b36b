// The probabilities, around them the event: all for the word that happened. Before the answer, a point to guess one.
import { createSketch } from "../kit/sketch.js";
import { CENTRES, createColumns } from "./columns.js";
import { WORDS } from "./model.js";
import { ASKED, digits } from "./words.js";

/** A probability in two decimals; only what is 0 or 1 is shown as that. */
function short(p) {
  if (p < 0.005) return "<0.01";
  return p >= 0.995 ? ">0.99" : p.toFixed(2);
}

export function createShares({ prediction, signal }) {
  const columns = createColumns({ name: "shares", label: "The probabilities", domain: [0, 1], ticks: [0, 0.5, 1], interactive: true });
  const { x, y, inside, over, surface } = columns;
  const event = inside.append("rect").attr("class", "event");
  const sketch = createSketch({
    group: over, surface, x, y, places: [CENTRES[ASKED]], step: 0.01, signal,
    format: (value) => value.toFixed(2),
    label: () => `your guess of the probability of “${WORDS[ASKED]}”`,
    onChange: ([value]) => prediction.change(value),
  });

  function draw({ settings: { happened }, measured: { y: probabilities }, before, revealed, guess, open }) {
    const old = before?.measured.y;
    const moved = old?.some((value, i) => Math.abs(value - probabilities[i]) > 1e-9);
    columns.draw({ shown: revealed ? probabilities : null, texts: revealed ? probabilities.map(short) : null, ghost: revealed && moved ? old : null, happened });
    const { left, width, top, height } = columns.box(WORDS.indexOf(happened), 0, 1, 0.36);
    event.attr("display", revealed ? null : "none").attr("x", left).attr("y", top).attr("width", width).attr("height", height);
    over.select(".sketch").attr("display", guess === null ? "none" : null);
    sketch.draw([guess ?? 0], open);
    columns.describe(`The probabilities${revealed ? `: ${WORDS.map((word, i) => `${word} ${digits(probabilities[i])}`).join(", ")}` : ""}.`);
  }

  return { node: columns.node, layout: columns.layout, draw };
}
