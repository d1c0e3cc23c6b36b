// Bundles the playground's page, its engine's worker, and what waits for the reader, into ../static, without source maps.
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const licence = (name) => `${name}.\n\n${readFileSync(join(here, "..", "..", "..", "node_modules", name, "LICENSE"), "utf8").trim()}`;
const contains = (...names) => `/*! Contains ${names.map(licence).join("\n\n")}\n*/\n`;

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
await bundle("playground.js", "playground", { banner: { js: contains("d3-array") } });
// A function: in a worker it runs, on a page that is opened as a file its text makes a worker.
await bundle("../engine/worker.js", "playground-worker", {
  banner: { js: `${contains("fflate")}function rnnPlaygroundEngine(){` },
  footer: { js: '}\nif(typeof document==="undefined")rnnPlaygroundEngine();' },
});
