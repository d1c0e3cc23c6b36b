// The quiet bar at the top of a chapter. All else is loaded when its button is pressed.
(() => {
  "use strict";
  const bar = document.querySelector(".live-bar");
  const button = bar?.querySelector("button");
  const words = bar?.querySelector(".live-words");
  button?.addEventListener("click", async () => {
    if (location.protocol === "file:") {
      words.textContent =
        "Opened as a file, a page may not run Python. Read the book on a site, or run “python3 -m http.server” in the folder of index.html and open the address that it prints.";
      return;
    }
    button.disabled = true;
    words.textContent = "Loading …";
    try {
      const { begin } = await import(new URL(bar.dataset.script, document.baseURI));
      await begin(bar);
    } catch {
      words.textContent = "The scripts that run the cells could not be loaded. Press again when the network is back.";
      button.disabled = false;
    }
  });
})();
