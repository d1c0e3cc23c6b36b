// Cells of which one is chosen: by mouse, by finger, by arrow keys.
import { set } from "./set.js";

const STEPS = { ArrowUp: -1, ArrowLeft: -1, ArrowDown: 1, ArrowRight: 1 };

/** `onPick(i)` is told a choice, `onHover(i)` what lies under the mouse, or null. */
export function createPicks(parent, { name, label, count, onPick, onHover = () => {}, signal }) {
  const root = parent.append("g").attr("class", `picks ${name}`).attr("role", "radiogroup").attr("aria-label", label);
  let open = true;
  const nodes = Array.from({ length: count }, (_, i) => {
    const pick = root.append("rect").attr("class", "pick").attr("role", "radio").attr("rx", 2);
    const node = pick.node();
    node.dataset.lmSuppressShortcuts = "true";
    node.addEventListener("click", () => open && onPick(i), { signal });
    node.addEventListener("pointerenter", (event) => event.pointerType === "mouse" && onHover(i), { signal });
    node.addEventListener("pointerleave", () => onHover(null), { signal });
    node.addEventListener(
      "keydown",
      (event) => {
        if (!open || event.ctrlKey || event.metaKey || event.altKey) return;
        const by = STEPS[event.key];
        if (!by && event.key !== " " && event.key !== "Enter") return;
        event.preventDefault();
        event.stopPropagation();
        const next = (i + (by ?? 0) + count) % count;
        nodes[next].node().focus({ preventScroll: true });
        onPick(next);
      },
      { signal },
    );
    return pick;
  });

  /** `chosen` is an index or null; `mark` is how it looks, `other` how the rest does; `names(i)` says what a cell is, for who does not see it. */
  function draw({ left, top, cw, ch, chosen, isOpen, names, mark = "chosen", other = "pick" }) {
    open = isOpen;
    nodes.forEach((pick, i) => {
      const rest = { class: i === chosen ? `pick ${mark}` : other, "aria-checked": String(i === chosen), "aria-label": names(i) };
      set(pick.node(), { x: left + 0.5, y: top + i * ch + 0.5, width: cw - 1, height: ch - 1, ...rest });
      // One of them can be reached by Tab, the others from it.
      set(pick.node(), { tabindex: open && i === (chosen ?? 0) ? 0 : -1, "aria-disabled": String(!open) });
    });
  }

  return { draw };
}
