// Waits beside the places for a playground until one is asked for; the one that fills a page is asked for by being seen.
import { loadScript } from "./client.js";

const places = document.querySelectorAll(".rnn-playground");

async function open(root) {
  if (root.dataset.state) return;
  root.dataset.state = "loading";
  const words = root.querySelector(".pg-words");
  const before = words.textContent;
  try {
    if (!globalThis.rnnPlayground) await loadScript(new URL(root.dataset.script, document.baseURI).href);
    root.dataset.state = "open";
    globalThis.rnnPlayground.mount(root);
  } catch {
    delete root.dataset.state;
    words.textContent = `${before} Its script could not be loaded. Press again when the network is back.`;
  }
}

for (const root of places) {
  root.querySelector(".pg-open").addEventListener("click", () => open(root));
  if (root.dataset.size !== "full") continue;
  const seen = new IntersectionObserver(([{ isIntersecting }]) => {
    if (!isIntersecting) return;
    seen.disconnect();
    open(root);
  });
  seen.observe(root);
}
