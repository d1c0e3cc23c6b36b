// The pictures, small: the first ones are stored; a press takes one as the picture that is damaged.
import { create } from "d3-selection";
import { SIDE } from "./model.js";

const COLUMNS = 2;
const MOST = 2.6; // px to a unit
const KEYS = { ArrowUp: -COLUMNS, ArrowDown: COLUMNS, ArrowLeft: -1, ArrowRight: 1 };

/** `pictures` are texts of a hundred marks, "1" for +1; `onPick(picture)` is told a choice, counted from 1. */
export function createStored({ pictures, names, onPick, signal }) {
  const svg = create("svg:svg").attr("class", "stored").attr("role", "radiogroup").attr("aria-label", "The picture that is damaged");
  const count = pictures.length;
  let open = false;
  const items = pictures.map((picture, q) => {
    const item = svg.append("g").attr("role", "radio");
    item.append("rect").attr("class", "ground");
    const marks = item.append("path").attr("class", "marks");
    const node = item.node();
    node.dataset.lmSuppressShortcuts = "true";
    node.addEventListener("click", () => open && onPick(q + 1), { signal });
    node.addEventListener(
      "keydown",
      (event) => {
        if (!open || event.ctrlKey || event.metaKey || event.altKey) return;
        const by = KEYS[event.key];
        if (!by && event.key !== " " && event.key !== "Enter") return;
        event.preventDefault();
        event.stopPropagation();
        const next = (q + (by ?? 0) + count) % count;
        items[next].item.node().focus({ preventScroll: true });
        onPick(next + 1);
      },
      { signal },
    );
    return { item, marks, picture };
  });

  function draw({ settings: { patterns, picture }, isOpen }) {
    open = isOpen;
    items.forEach(({ item }, q) => {
      const chosen = q === picture - 1;
      item.attr("class", `small ${q < patterns ? "kept" : "not-kept"}${chosen ? " chosen" : ""}`);
      item.attr("aria-checked", String(chosen)).attr("aria-disabled", String(!open)).attr("tabindex", open && chosen ? 0 : -1);
      item.attr("aria-label", `${names[q]}, ${q < patterns ? "stored" : "not stored"}`);
    });
  }

  /** Fit them to a height; gives the width that they take. */
  function layout(height) {
    const pitch = height / (count / COLUMNS);
    const unit = Math.min(MOST, (pitch - 6) / SIDE);
    const size = unit * SIDE;
    items.forEach(({ item, marks, picture }, q) => {
      const x = 2 + (q % COLUMNS) * (size + 7);
      const y = 2 + Math.floor(q / COLUMNS) * pitch;
      item.attr("transform", `translate(${x},${y})`);
      item.select(".ground").attr("x", -1.5).attr("y", -1.5).attr("width", size + 3).attr("height", size + 3).attr("rx", 2);
      const squares = [...picture].map((mark, i) => (mark === "1" ? `M${(i % SIDE) * unit},${Math.floor(i / SIDE) * unit}h${unit}v${unit}h${-unit}z` : ""));
      marks.attr("d", squares.join(""));
    });
    const width = COLUMNS * (size + 7);
    svg.attr("width", width).attr("height", height);
    return width;
  }

  return { node: svg.node(), layout, draw };
}
