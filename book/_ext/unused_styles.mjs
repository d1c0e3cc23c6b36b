// Cuts style sheets down to the rules that the pages and scripts of a site can use.
// Usage: node unused_styles.mjs SITE SHEET...
import { globSync, writeFileSync } from "node:fs";
import { PurgeCSS } from "purgecss";

const [site, ...css] = process.argv.slice(2);
process.chdir(site);
const results = await new PurgeCSS().purge({
  content: globSync(["**/*.html", "_static/**/*.js"]),
  css,
  // A name that stands anywhere in a page or a script may be a class there.
  defaultExtractor: (text) => text.match(/[\w-]+/g) ?? [],
  // Bootstrap puts the names of its tooltips' classes together from parts.
  safelist: [/^bs-tooltip-/],
  // What scripts and browsers set while a page is read.
  dynamicAttributes: ["data-popper-placement", "data-theme", "data-mode", "open", "hidden", "aria-expanded"],
});
for (const { file, css: rest } of results) writeFileSync(file, rest);
