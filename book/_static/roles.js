// How much of the code is open: one choice for the whole book. It runs before the page is drawn and opens folds as
// they come in, so that nothing moves. The page's file is right for the first choice.
(() => {
  "use strict";
  const OPEN = {
    mathematics: [],
    code: ["fold-plumbing"],
    all: ["fold-plumbing", "fold-check", "fold-equation"],
  };
  const FIRST = "mathematics";
  const root = document.documentElement;
  // Both grow while the page comes in.
  const folds = document.getElementsByClassName("fold");
  const buttons = document.getElementsByName("code");
  let done = 0;

  function remembered() {
    try {
      const mode = localStorage.getItem("code");
      return Object.hasOwn(OPEN, mode) ? mode : FIRST;
    } catch {
      return FIRST; // a browser may refuse to remember
    }
  }

  /** Open and close the folds that have not been looked at, and show the choice on the switch. */
  function apply() {
    const open = OPEN[root.dataset.code];
    for (; done < folds.length; done++) folds[done].open = open.some((name) => folds[done].classList.contains(name));
    for (const button of buttons) button.checked = button.value === root.dataset.code;
  }

  function choose(mode) {
    root.dataset.code = mode;
    done = 0;
    apply();
  }

  root.dataset.code = remembered();
  if (root.dataset.code !== FIRST) {
    const coming = new MutationObserver(apply);
    coming.observe(root, { childList: true, subtree: true });
    addEventListener("DOMContentLoaded", () => {
      coming.disconnect();
      apply();
    });
  }

  addEventListener("change", ({ target }) => {
    if (target.name !== "code" || !target.closest(".code-switch")) return;
    choose(target.value);
    try {
      localStorage.setItem("code", target.value);
    } catch {}
  });
  // A page that the browser had kept may be from before the choice.
  addEventListener("pageshow", ({ persisted }) => {
    if (persisted && remembered() !== root.dataset.code) choose(remembered());
  });
})();
