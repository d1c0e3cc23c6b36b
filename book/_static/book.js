// Boxes that scroll sideways can be reached with the keyboard; inline formulas wider than the column get such a box.
(() => {
  "use strict";
  const BOXES =
    "mjx-container:is([display], .wide), pre, .pst-scrollable-table-container, table.indextable, .cell_output .output";

  function update() {
    for (const formula of document.querySelectorAll("mjx-container:not([display])")) {
      formula.classList.remove("wide");
      const column = formula.closest("p, li, dd, td, th, div");
      if (!formula.closest("td, th") && formula.offsetWidth > column?.clientWidth) formula.classList.add("wide");
    }
    for (const box of document.querySelectorAll(BOXES)) {
      if (box.scrollWidth > box.clientWidth + 1) {
        box.tabIndex = 0;
      } else {
        box.removeAttribute("tabindex");
      }
    }
  }

  async function start() {
    await window.MathJax?.startup?.promise;
    update();
    let waiting = 0;
    new ResizeObserver(() => {
      cancelAnimationFrame(waiting);
      waiting = requestAnimationFrame(update);
    }).observe(document.querySelector(".bd-article") ?? document.body);
  }

  if (document.readyState === "complete") start();
  else addEventListener("load", start);
})();
