// Run before the page is drawn: light or dark, as the reader chose or else as the system has it; and the faces of
// the text are asked for before the style sheets that name them are there.
(() => {
  "use strict";
  let mode = null;
  try {
    mode = localStorage.getItem("mode");
  } catch {} // a browser may refuse to remember
  if (!["light", "dark"].includes(mode)) mode = "auto";
  const dark = mode === "auto" ? matchMedia("(prefers-color-scheme: dark)").matches : mode === "dark";
  document.documentElement.dataset.mode = mode;
  document.documentElement.dataset.theme = dark ? "dark" : "light";
  if (location.protocol === "file:") return; // of which nothing can be asked for early
  for (const style of ["400-normal", "400-italic", "600-normal"]) {
    const href = new URL(`fonts/source-serif-4-latin-${style}.woff2`, document.currentScript.src).href;
    const attributes = { rel: "preload", as: "font", type: "font/woff2", crossOrigin: "", href };
    document.head.append(Object.assign(document.createElement("link"), attributes));
  }
})();
