// Bundles the playground's page, its engine's worker, and what waits for the reader, into ../static, without source maps.
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const licence = readFileSync(join(here, "..", "..", "..", "node_modules", "fflate", "LICENSE"), "utf8").trim();

const bundle = (entry, name, options = {}) =>
  build({
    entryPoints: [join(here, entry)],
    outfile: join(here, "..", "static", `${name}.js`),
    bundle: true,
    minify: true,
    format: "iife",
    target: "es2022",
    charset: "utf8",
    ...options,
  });

await bundle("open.js", "playground-open");
await bundle("playground.js", "playground");
// A function: in a worker it runs, on a page that is opened as a file its text makes a worker.
await bundle("../engine/worker.js", "playground-worker", {
  banner: { js: `/*! Contains fflate.\n\n${licence}\n*/\nfunction rnnPlaygroundEngine(){` },
  footer: { js: '}\nif(typeof document==="undefined")rnnPlaygroundEngine();' },
});
