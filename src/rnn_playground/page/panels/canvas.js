// A canvas as wide as its place and as sharp as the screen.

/** `paint(context, width, height)` is called by draw(), in px of the page. */
export function createCanvas({ height, label, paint }) {
  const node = document.createElement("canvas");
  node.className = "pg-canvas";
  node.setAttribute("role", "img");
  node.setAttribute("aria-label", label);
  node.style.height = `${height}px`;
  const context = node.getContext("2d");
  let width = 0;
  let drawn = false;

  function fit() {
    const dense = Math.min(3, globalThis.devicePixelRatio || 1);
    const [across, down] = [Math.round(width * dense), Math.round(height * dense)];
    if (node.width !== across || node.height !== down) Object.assign(node, { width: across, height: down });
    context.setTransform(dense, 0, 0, dense, 0, 0);
  }

  function draw() {
    drawn = true;
    if (width < 20) return;
    fit();
    context.clearRect(0, 0, width, height);
    paint(context, width, height);
  }

  new ResizeObserver(([{ contentRect }]) => {
    width = contentRect.width;
    if (drawn) draw();
  }).observe(node);

  return { node, draw, describe: (text) => node.getAttribute("aria-label") !== text && node.setAttribute("aria-label", text) };
}
