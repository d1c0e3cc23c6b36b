// Points that a reader puts where the answer will be, on the figure's own axes: by mouse, by finger, by arrow keys.
import { line } from "d3-shape";

/**
 * A guess of one value at each of some places: one point, or several that make a curve.
 *
 * `group` is a selection inside the figure; `x` and `y` are its scales, `places` are values of x, and `step` is what an
 * arrow key adds to a value (ten times as much with Shift). `surface` is the rectangle that answers to a mouse: the
 * nearest point follows it. `onChange(values)` reports, `draw(values, open)` draws; when it is no longer open, it is
 * only a mark beside the answer.
 */
export function createSketch({ group, surface, x, y, places, step, format, label, onChange, signal }) {
  const root = group.append("g").attr("class", "sketch");
  const path = root.append("path").attr("class", "sketch-line").attr("fill", "none");
  const handles = places.map((place) => {
    const handle = root.append("g").attr("class", "handle").attr("role", "slider").attr("tabindex", 0);
    handle.attr("aria-orientation", "vertical").attr("aria-label", label(place));
    handle.append("circle").attr("class", "grip").attr("r", 22);
    handle.append("circle").attr("class", "ring").attr("r", 12);
    handle.append("circle").attr("class", "dot").attr("r", 6.5);
    handle.append("text").attr("class", "hint halo").attr("aria-hidden", "true"); // aria-valuetext says it
    handle.node().dataset.lmSuppressShortcuts = "true";
    return handle;
  });
  let values = places.map(() => 0);
  let open = true;
  let held = -1;
  let moved = -1; // the point that was moved last: it shows its value, the others that they can be moved

  const bounds = () => [Math.min(...y.domain()), Math.max(...y.domain())];
  function put(i, value) {
    const [low, high] = bounds();
    moved = i;
    onChange(values.with(i, Math.min(high, Math.max(low, value))));
  }

  /** The value under a pointer, and the nearest place. */
  function under(event) {
    const box = surface.node().getBoundingClientRect();
    const [left, right] = x.range();
    const at = left + ((event.clientX - box.left) / box.width) * (right - left);
    const distances = places.map((place) => Math.abs(x(place) - at));
    const [bottom, top] = y.range();
    const up = (box.bottom - event.clientY) / box.height;
    return { nearest: distances.indexOf(Math.min(...distances)), value: y.invert(bottom + up * (top - bottom)) };
  }

  function move(event) {
    const { nearest, value } = under(event);
    // A stroke over several places draws a curve; a handle that was taken keeps to its own.
    put(held >= 0 ? held : nearest, value);
  }

  function take(event, i) {
    if (!open || event.button !== 0) return;
    held = i;
    const target = i >= 0 ? handles[i].node() : surface.node();
    target.setPointerCapture(event.pointerId);
    if (i >= 0) target.focus({ preventScroll: true });
    event.preventDefault();
    move(event);
  }

  handles.forEach((handle, i) => {
    const node = handle.node();
    node.addEventListener("pointerdown", (event) => take(event, i), { signal });
    node.addEventListener("pointermove", (event) => node.hasPointerCapture(event.pointerId) && move(event), { signal });
    // See drag.js: a finger on a point must not scroll the page.
    node.addEventListener("touchstart", (event) => open && event.preventDefault(), { signal, passive: false });
    node.addEventListener(
      "keydown",
      (event) => {
        const direction = { ArrowUp: 1, ArrowRight: 1, ArrowDown: -1, ArrowLeft: -1 }[event.key];
        if (!open || !direction || event.ctrlKey || event.metaKey || event.altKey) return;
        event.preventDefault();
        event.stopPropagation();
        put(i, values[i] + direction * step * (event.shiftKey ? 10 : 1));
      },
      { signal },
    );
  });
  const area = surface.node();
  area.addEventListener("pointerdown", (event) => event.pointerType === "mouse" && take(event, -1), { signal });
  area.addEventListener("pointermove", (event) => open && area.hasPointerCapture(event.pointerId) && move(event), { signal });
  area.addEventListener("click", (event) => open && event.pointerType !== "mouse" && move(event), { signal });

  /** Beside a point that is alone; above one of several, or below it where there is no room above. */
  function hint(text, i) {
    const [single, cue] = places.length === 1 ? [true, "↕ your guess"] : [false, "↕"];
    const late = x(places[i]) > (x.range()[0] + x.range()[1]) / 2;
    text.text(!open ? "" : i === moved ? format(values[i]) : moved < 0 || !single ? cue : "");
    text.attr("text-anchor", single ? (late ? "end" : "start") : "middle");
    text.attr("x", single ? (late ? -18 : 18) : 0).attr("y", single ? 5 : y(values[i]) < 20 ? 28 : -15);
  }

  function draw(next, isOpen) {
    values = next;
    open = isOpen;
    if (!open) moved = -1;
    root.classed("open", open);
    const [low, high] = bounds();
    path.attr("d", places.length > 1 ? line((_, i) => x(places[i]), (value) => y(value))(values) : null);
    handles.forEach((handle, i) => {
      handle.attr("transform", `translate(${x(places[i])},${y(values[i])})`);
      handle.attr("aria-valuemin", low).attr("aria-valuemax", high).attr("aria-valuenow", values[i]);
      handle.attr("aria-valuetext", format(values[i])).attr("tabindex", open ? 0 : null);
      handle.attr("role", open ? "slider" : "img");
      hint(handle.select(".hint"), i);
    });
  }

  return { draw };
}
