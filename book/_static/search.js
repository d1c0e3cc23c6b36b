// The search is fetched when the reader is about to search, and not before.
(() => {
  "use strict";
  const here = document.currentScript.src;
  let loaded = false;

  function load() {
    if (loaded) return;
    loaded = true;
    const style = document.createElement("link");
    style.rel = "stylesheet";
    style.href = new URL("search.css", here);
    const script = document.createElement("script");
    script.src = new URL("search-index.js", here);
    document.head.append(style, script);
  }

  // The hits have their room below the field, so the dialog stands at the top from the first moment.
  const dialog = document.getElementById("pst-search-dialog");
  if (dialog) Object.assign(dialog.style, { top: "3.5rem", transform: "translateX(-50%)" });
  addEventListener("focusin", (event) => event.target.closest?.(".bd-search") && load());
  if (document.querySelector(".bd-search-container")) load();
})();
