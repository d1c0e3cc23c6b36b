// Boxes that scroll sideways can be reached with the keyboard, who copies a formula gets its TeX, paper shows what
// is folded.
(() => {
  "use strict";
  const BOXES =
    "mjx-container:is([display], .long), pre, .pst-scrollable-table-container, table.indextable, .cell_output .output";

  function update() {
    const boxes = [...document.querySelectorAll(BOXES)];
    const scrolls = boxes.map((box) => box.scrollWidth > box.clientWidth + 1); // all looks before all changes
    boxes.forEach((box, i) => {
      if (scrolls[i]) box.tabIndex = 0;
      else if (box.hasAttribute("tabindex")) box.removeAttribute("tabindex");
    });
  }

  function start() {
    let waiting = 0;
    new ResizeObserver(() => {
      cancelAnimationFrame(waiting);
      waiting = requestAnimationFrame(update);
    }).observe(document.querySelector(".bd-article") ?? document.body);
  }

  /** The whole formula in which a place lies, if it lies in one. */
  const formulaAround = (node) => (node.nodeType === 1 ? node : node.parentElement)?.closest("mjx-container");

  function copy(event) {
    const selection = getSelection();
    if (event.defaultPrevented || selection.isCollapsed) return;
    const range = selection.getRangeAt(0).cloneRange();
    const [first, last] = [formulaAround(range.startContainer), formulaAround(range.endContainer)];
    if (first) range.setStartBefore(first);
    if (last) range.setEndAfter(last);
    const copied = range.cloneContents();
    const formulas = copied.querySelectorAll("mjx-container");
    if (!formulas.length) return;
    for (const formula of formulas) {
      const mark = formula.hasAttribute("display") ? "$$" : "$";
      formula.replaceWith(mark + formula.dataset.tex + mark);
    }
    // Laid out out of sight, so that paragraphs and lines stay apart in the plain text.
    const box = document.createElement("div");
    box.style.cssText = "position: fixed; left: -200vw; width: 100vw";
    box.append(copied);
    document.body.append(box);
    event.clipboardData.setData("text/plain", box.innerText);
    event.clipboardData.setData("text/html", box.innerHTML);
    box.remove();
    event.preventDefault();
  }

  /** Open what is folded while the page is printed. */
  function unfold() {
    const folded = [...document.querySelectorAll(".bd-article details:not([open])")];
    for (const details of folded) details.open = true;
    addEventListener("afterprint", () => folded.forEach((details) => (details.open = false)), { once: true });
  }

  addEventListener("copy", copy);
  addEventListener("beforeprint", unfold);
  addEventListener("click", (event) => {
    if (event.target.closest('[data-action="print"]')) print();
  });
  document.querySelector(".bd-search-container .bd-search input")?.focus();
  if (document.readyState === "complete") start();
  else addEventListener("load", start);
})();
