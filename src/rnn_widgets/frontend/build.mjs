// Bundles each explorer into one ES module and one style sheet in ../static, without source maps.
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const packages = join(here, "..", "..", "..", "node_modules");

/** The licences of the bundled packages, which copies must carry; most share one text. */
function licences(inputs) {
  const names = Object.keys(inputs).map((path) => /node_modules\/([^/]+)\//.exec(path)?.[1]);
  const used = [...new Set(names.filter(Boolean))];
  const texts = new Set(used.map((name) => readFileSync(join(packages, name, "LICENSE"), "utf8").trim()));
  return `/*! Contains ${used.join(", ")}.\n\n${[...texts].join("\n\n")}\n*/`;
}

for (const name of readdirSync(here).filter((file) => /_explorer\.(js|css)$/.test(file))) {
  const options = {
    entryPoints: [join(here, name)],
    outfile: join(here, "..", "static", name),
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    charset: "utf8",
  };
  const { metafile } = await build({ ...options, write: false, metafile: true });
  await build({ ...options, banner: name.endsWith(".js") ? { js: licences(metafile.inputs) } : {} });
}
