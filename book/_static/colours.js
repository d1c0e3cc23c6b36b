// Run before the page is drawn: light or dark, as the reader chose or else as the system has it.
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
})();
