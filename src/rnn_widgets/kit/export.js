// A figure and its numbers as files. Nothing leaves the browser.
const STYLES = [
  "fill", "fill-opacity", "stroke", "stroke-width", "stroke-opacity", "stroke-dasharray", "stroke-linecap",
  "stroke-linejoin", "opacity", "font-family", "font-size", "font-style", "font-weight", "text-anchor",
  "dominant-baseline", "paint-order", "visibility", "overflow", "filter",
];
const SVG = "http://www.w3.org/2000/svg";
const MARGIN = 12;

/** The figures that are seen, side by side as on the page, in one SVG with its styles in it. */
export function toSvg(root) {
  const shown = [...root.querySelectorAll(".panels svg")].filter((svg) => !svg.parentElement.closest("svg") && svg.checkVisibility());
  const boxes = shown.map((svg) => svg.getBoundingClientRect());
  const left = Math.min(...boxes.map((box) => box.left)) - MARGIN;
  const top = Math.min(...boxes.map((box) => box.top)) - MARGIN;
  const width = Math.max(...boxes.map((box) => box.right)) - left + MARGIN;
  const height = Math.max(...boxes.map((box) => box.bottom)) - top + MARGIN;
  const whole = document.createElementNS(SVG, "svg");
  const set = (node, values) => Object.entries(values).forEach(([name, value]) => node.setAttribute(name, value));
  set(whole, { xmlns: SVG, width, height, viewBox: `0 0 ${width} ${height}` });
  const ground = document.createElementNS(SVG, "rect");
  set(ground, { width: "100%", height: "100%", fill: getComputedStyle(root).getPropertyValue("--surface") || "white" });
  whole.append(ground);
  shown.forEach((svg, i) => {
    const copy = svg.cloneNode(true);
    const originals = [svg, ...svg.querySelectorAll("*")];
    [copy, ...copy.querySelectorAll("*")].forEach((node, k) => {
      const style = getComputedStyle(originals[k]);
      if (style.display === "none") return node.setAttribute("display", "none");
      for (const name of STYLES) node.style.setProperty(name, style.getPropertyValue(name));
      for (const name of ["class", "tabindex", "role"]) node.removeAttribute(name);
    });
    set(copy, { x: boxes[i].left - left, y: boxes[i].top - top });
    whole.append(copy);
  });
  return { text: new XMLSerializer().serializeToString(whole), width, height };
}

/** The same as a PNG, twice as fine as the screen's pixels: a promise of a Blob. */
export async function toPng(root) {
  const { text, width, height } = toSvg(root);
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  await image.decode();
  const canvas = Object.assign(document.createElement("canvas"), { width: 2 * width, height: 2 * height });
  const context = canvas.getContext("2d");
  context.scale(2, 2);
  context.drawImage(image, 0, 0, width, height);
  return new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
}

const cell = (value) => (/[",\n]/.test(String(value)) ? `"${String(value).replaceAll('"', '""')}"` : String(value));

/** A table, its columns' names first, as comma-separated values. */
export const toCsv = ({ columns, rows }) => [columns, ...rows].map((row) => row.map(cell).join(",")).join("\r\n") + "\r\n";

export function download(name, content, type) {
  const url = URL.createObjectURL(content instanceof Blob ? content : new Blob([content], { type }));
  Object.assign(document.createElement("a"), { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
