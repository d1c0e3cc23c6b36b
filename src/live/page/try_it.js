// The page Try it: an example, or the text that the address carries, is put into the cell. Nothing is run.
(() => {
  "use strict";
  const cell = document.querySelector(".live-try");
  const code = cell?.querySelector("pre");
  if (!code) return;
  let text = code.textContent;

  function put(next) {
    text = next.replace(/\n*$/, "\n");
    code.textContent = text;
    cell.dispatchEvent(new CustomEvent("live:put", { detail: text.trimEnd() }));
  }

  /** What the address asks for: a text, an example, or the help of a function. */
  function follow() {
    const hash = location.hash.slice(1);
    const example = document.getElementById(hash)?.closest(".live-example")?.querySelector("pre");
    const [, help] = /[?&]help=([\w.]+)/.exec(location.search) ?? [];
    if (hash.startsWith("code=")) {
      try {
        put(decodeURIComponent(hash.slice(5)));
        words.textContent = "This text came with the link. Read it before you run it.";
      } catch {
        words.textContent = "The link does not carry a text that can be read.";
      }
    } else if (example) put(example.textContent);
    else if (help) put(`import ${help.slice(0, help.lastIndexOf("."))}\n\nhelp(${help})`);
  }

  const [share, words] = document.querySelector(".live-share").children;
  share.addEventListener("click", async () => {
    history.replaceState(null, "", `${location.pathname}#code=${encodeURIComponent(text.trimEnd())}`);
    try {
      await navigator.clipboard.writeText(location.href);
      words.textContent = "Copied. The link is in the address bar too.";
    } catch {
      words.textContent = "The link is in the address bar.";
    }
  });
  cell.addEventListener("live:text", ({ detail }) => (text = detail));

  for (const example of document.querySelectorAll(".live-example")) {
    example.querySelector("button").addEventListener("click", () => {
      history.replaceState(null, "", `${location.pathname}#${example.id}`);
      put(example.querySelector("pre").textContent);
      cell.scrollIntoView({ block: "center" });
      (cell.querySelector(".live-tools button") ?? document.querySelector(".live-bar button"))?.focus();
    });
  }
  addEventListener("hashchange", follow);
  follow();
  if (location.hash.startsWith("#example-")) requestAnimationFrame(() => scrollTo(0, 0));
})();
