// Bundles the search into one script, which it prints; the licence of what is bundled goes with it.
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const licence = readFileSync(join(here, "..", "..", "node_modules", "minisearch", "LICENSE.txt"), "utf8").trim();
const { outputFiles } = await build({
  entryPoints: [join(here, "main.mjs")],
  bundle: true,
  minify: true,
  format: "iife",
  target: "es2022",
  charset: "utf8",
  write: false,
  banner: { js: `/*! Contains minisearch.\n\n${licence}\n*/` },
});
process.stdout.write(outputFiles[0].text);
