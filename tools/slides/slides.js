// Turns the pages of a deck. Slides are laid out by the browser, not scaled: explorers know their width.
Reveal.initialize({
  disableLayout: true,
  display: "flex",
  controls: true,
  slideNumber: "c/t",
  hash: false, // the address holds the state of an explorer
  keyboardCondition: (event) => !document.activeElement?.closest(".explorer, input, select"),
  transition: "none",
});
