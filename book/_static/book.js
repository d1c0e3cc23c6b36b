// Boxes that scroll sideways can be reached with the keyboard, who copies a formula gets its TeX, paper is white.
(() => {
  "use strict";
  const BOXES =
    "mjx-container:is([display], .long), pre:not(.pg-code), .pst-scrollable-table-container, table.indextable, .cell_output .output, "
    + '.bd-article :is(.cell_output, figure):has(> img[src$=".svg"])';

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

  const here = document.currentScript.src;

  /** On a site, what an app of the book would be called; and what keeps the book, where it is offered or kept. */
  function offerCopy() {
    const add = (name, properties) => document.head.append(Object.assign(document.createElement(name), properties));
    if (location.protocol !== "file:") add("link", { rel: "manifest", href: new URL("../site.webmanifest", here) });
    if (!document.querySelector(".offline-block") && !navigator.serviceWorker?.controller) return;
    add("script", { src: new URL("offline/offline.js", here) });
  }

  let solutions = false; // whether they are wanted on paper

  /** Paper is white, and shows the solutions that are asked for; what was before comes back. */
  function toPaper() {
    const root = document.documentElement;
    const theme = root.dataset.theme;
    const wanted = `details.text-fold${solutions ? ", details.solution" : ""}`; // what is proved is printed
    const folded = [...document.querySelectorAll(wanted)].filter((details) => !details.open);
    root.dataset.theme = "light";
    root.classList.toggle("with-solutions", solutions);
    for (const details of folded) details.open = true;
    const back = () => {
      root.dataset.theme = theme;
      root.classList.remove("with-solutions");
      for (const details of folded) details.open = false;
      solutions = false;
    };
    addEventListener("afterprint", back, { once: true });
  }

  /** A formula asks for its letters when it comes into sight. On paper all are seen, and a printer does not wait. */
  function fetchLetters() {
    if (!document.querySelector("mjx-container")) return;
    for (const face of document.fonts) if (face.family.startsWith("MJX")) face.load().catch(() => {});
  }

  // Bootstrap watches a table of contents that this theme names otherwise; not finding it, it takes every link of the
  // page for an entry, and stops at the first whose fragment names no element (those into the state of an explorer).
  const contents = "#pst-page-toc-nav";
  if (document.querySelector(contents)) document.body.dataset.bsTarget = contents;
  else document.body.removeAttribute("data-bs-spy");
  addEventListener("copy", copy);
  addEventListener("beforeprint", toPaper);
  addEventListener("click", (event) => {
    const action = event.target.closest("[data-action]")?.dataset.action;
    if (!action?.startsWith("print")) return;
    solutions = action === "print-solutions";
    print();
  });
  document.querySelector(".bd-search-container .bd-search input")?.focus();
  offerCopy();
  addEventListener("load", () => (window.requestIdleCallback ?? setTimeout)(fetchLetters));
  if (document.readyState === "complete") start();
  else addEventListener("load", start);
})();
