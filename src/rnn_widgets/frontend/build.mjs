// Bundles each explorer into one ES module and one style sheet in ../static, without source maps.
import { readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const entries = readdirSync(here).filter((name) => /_explorer\.(js|css)$/.test(name));

await build({
  entryPoints: entries.map((name) => join(here, name)),
  outdir: join(here, "..", "static"),
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  charset: "utf8",
  legalComments: "inline",
});
