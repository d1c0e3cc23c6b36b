// Bundles the scripts of the exercises into ../static, without source maps.
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const licence = readFileSync(join(here, "..", "..", "..", "node_modules", "jsep", "LICENSE"), "utf8").trim();

for (const name of ["answers", "practice", "progress"]) {
  await build({
    entryPoints: [join(here, `${name}.js`)],
    outfile: join(here, "..", "static", `${name}.js`),
    bundle: true,
    minify: true,
    format: "iife",
    target: "es2022",
    charset: "utf8",
    banner: name !== "progress" ? { js: `/*! Contains jsep.\n\n${licence}\n*/` } : {},
  });
}
