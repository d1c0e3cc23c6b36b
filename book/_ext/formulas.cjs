// Sets formulas for formulas.py. On each line of the input stands a JSON string, TeX, after "d" if it is displayed
// or "i" if it stands in a line; on each line of the output an object, with `html` or `error`, in the same order.
// A line "style" is answered by the whole style sheet, of which the site needs a part.
"use strict";
const { createInterface } = require("node:readline");

async function main() {
  const MathJax = await require("mathjax/es5/node-main.js").init({
    loader: { load: ["input/tex", "output/chtml", "a11y/assistive-mml"] },
    // An undefined command is an error, not red text.
    tex: { packages: { "[-]": ["noundefined"] }, formatError: (_, error) => { throw error; } },
    chtml: { adaptiveCSS: false, fontURL: "" },
    startup: { typeset: false },
  });
  const { adaptor, document } = MathJax.startup;
  const { handleRetriesFor } = MathJax._.util.Retries;
  const { STATE } = MathJax._.core.MathItem;

  /** Set one formula; the others are the size of its box, in em. */
  async function set(tex, display) {
    const item = await handleRetriesFor(() => {
      MathJax.texReset();
      const item = new document.options.MathItem(tex, document.inputJax[0], display);
      item.start.node = adaptor.body(document.document);
      item.setMetrics(16, 8, 80 * 16, 1e6, 1);
      item.convert(document, STATE.LAST);
      return item;
    });
    const { w: width, h: height, d: depth } = document.outputJax.getBBox(item, document);
    return { html: adaptor.outerHTML(item.typesetRoot), width, height, depth };
  }

  for await (const line of createInterface({ input: process.stdin })) {
    let answer;
    try {
      answer =
        line === "style"
          ? { css: adaptor.textContent(MathJax.chtmlStylesheet()) }
          : await set(JSON.parse(line.slice(1)), line[0] === "d");
    } catch (error) {
      answer = { error: error.message };
    }
    process.stdout.write(`${JSON.stringify(answer)}\n`);
  }
}

main();
