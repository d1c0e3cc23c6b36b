// The colours of the page for drawings on a canvas, which do not follow its style sheet by themselves.
const NAMES = ["surface", "text", "quiet", "line", "blue", "vermillion", "green"];

/** { colours, onChange(f) } of a playground's root. */
export function createPalette(root) {
  const listeners = new Set();
  const colours = {};

  function read() {
    const probe = document.createElement("span");
    probe.hidden = true;
    root.append(probe);
    for (const name of NAMES) {
      probe.style.color = `var(--${name})`;
      colours[name] = toRgb(getComputedStyle(probe).color);
    }
    colours.face = getComputedStyle(root).fontFamily;
    probe.remove();
    for (const listener of listeners) listener();
  }

  // The theme writes the mode on the page's root.
  new MutationObserver(read).observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme", "data-mode"] });
  read();
  return { colours, onChange: (listener) => listeners.add(listener) };
}

const pixel = Object.assign(document.createElement("canvas"), { width: 1, height: 1 }).getContext("2d", { willReadFrequently: true });

/** Red, green, blue and opacity (0 to 1) of any colour that a browser writes. */
function toRgb(colour) {
  pixel.clearRect(0, 0, 1, 1);
  pixel.fillStyle = colour;
  pixel.fillRect(0, 0, 1, 1);
  const [red, green, blue, alpha] = pixel.getImageData(0, 0, 1, 1).data;
  return [red, green, blue, alpha / 255];
}

export const css = ([red, green, blue, alpha], opacity = 1) => `rgba(${red}, ${green}, ${blue}, ${alpha * opacity})`;
