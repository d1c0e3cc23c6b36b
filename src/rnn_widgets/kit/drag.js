// A point that is moved over a surface: by mouse, by finger, and by the arrow keys.
const DIRECTIONS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowDown: [0, -1], ArrowUp: [0, 1] };

/** Append the point to a group of an SVG; it is a slider to a screen reader. */
export function appendHandle(parent, label) {
  const handle = parent.append("g").attr("class", "handle").attr("tabindex", 0).attr("role", "slider");
  handle.attr("aria-roledescription", "point in a plane").attr("aria-label", label);
  handle.append("circle").attr("class", "grip").attr("r", 22); // 44 px across, for fingers
  handle.append("circle").attr("class", "ring").attr("r", 13);
  handle.append("circle").attr("class", "dot").attr("r", 7.5);
  handle.node().dataset.lmSuppressShortcuts = "true";
  return handle;
}

/**
 * Let the handle be moved over the surface. All nodes are selections; `areas` are what lies under the point.
 *
 * `onPlace(right, up)` gets shares of the surface from its lower left corner, outside 0 to 1 beyond its edges;
 * `onStep([right, up], large)` gets −1, 0 or 1 for an arrow key, large with Shift.
 */
export function draggable({ handle, surface, areas = [surface], onPlace, onStep, signal }) {
  const grip = handle.node();
  const listen = (selection, type, listener) => selection.node().addEventListener(type, listener, { signal });

  function moveTo(event) {
    const box = surface.node().getBoundingClientRect(); // also right when a page is zoomed or scaled
    onPlace((event.clientX - box.left) / box.width, 1 - (event.clientY - box.top) / box.height);
  }

  function startDrag(event) {
    if (event.button !== 0) return;
    grip.setPointerCapture(event.pointerId);
    grip.focus({ preventScroll: true });
    event.preventDefault();
    moveTo(event);
  }

  listen(handle, "pointerdown", startDrag);
  // The style touch-action would say the same, but Chromium heeds it on a whole <svg> only, not on its parts,
  // and the rest of the plane must let a finger scroll the page.
  const noScroll = (event) => event.preventDefault();
  grip.addEventListener("touchstart", noScroll, { signal, passive: false });
  listen(handle, "pointermove", (event) => {
    if (grip.hasPointerCapture(event.pointerId)) moveTo(event);
  });
  // A mouse may start anywhere. A finger outside the point scrolls the page, and a tap moves the point.
  for (const area of areas) {
    listen(area, "pointerdown", (event) => event.pointerType === "mouse" && startDrag(event));
    listen(area, "click", (event) => event.pointerType !== "mouse" && moveTo(event));
  }
  listen(handle, "keydown", (event) => {
    const direction = DIRECTIONS[event.key];
    if (!direction || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    onStep(direction, event.shiftKey);
  });
}
