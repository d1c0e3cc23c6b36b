// The logits: three bars whose ends are dragged.
import { appendHandle, draggable } from "../kit/drag.js";
import { CENTRES, createColumns } from "./columns.js";
import { WORDS } from "./model.js";
import { score } from "./words.js";

const STEP = 0.1;

/** `onMove(i, value)` is told where the end of a bar is put; not before the first state was guessed at. */
export function createScores({ bounds: { min, max }, onMove, signal }) {
  const columns = createColumns({ name: "scores", label: "The logits of the three words", domain: [min, max], ticks: [min, 0, max], interactive: true });
  const { x, y, over, surface } = columns;
  let logits = [];
  let open = false;
  const move = (i, value) => open && onMove(i, value);
  const handles = WORDS.map((word, i) => {
    const area = over.append("rect").attr("class", "column");
    const handle = appendHandle(over, `logit of “${word}”`).attr("aria-roledescription", null).attr("aria-orientation", "vertical");
    handle.attr("aria-valuemin", min).attr("aria-valuemax", max);
    draggable({
      handle,
      surface,
      areas: [area],
      onPlace: (_, up) => move(i, y.domain()[0] + up * (max - min)),
      onStep: ([right, up], large) => move(i, logits[i] + (right + up) * STEP * (large ? 10 : 1)),
      signal,
    });
    return { area, handle };
  });

  function draw({ settings, before, revealed }) {
    open = revealed;
    logits = settings.logits;
    const { happened } = settings;
    columns.draw({ shown: logits, texts: logits.map(score), ghost: before && String(before.settings.logits) !== String(logits) ? before.settings.logits : null, happened });
    handles.forEach(({ area, handle }, i) => {
      const { left, width, top, height } = columns.box(i, min, max, 0.5);
      area.attr("x", left).attr("y", top).attr("width", width).attr("height", height);
      handle.attr("transform", `translate(${x(CENTRES[i])},${y(logits[i])})`);
      handle.classed("handle", open).attr("tabindex", open ? 0 : -1).attr("aria-disabled", String(!open));
      handle.attr("aria-valuenow", logits[i]).attr("aria-valuetext", score(logits[i]));
    });
  }

  return { node: columns.node, layout: columns.layout, draw };
}
