// Bundles each explorer, a folder with a view.js and a style.css, into one ES module and one style sheet in
// ../static, without source maps.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const explorers = join(dirname(fileURLToPath(import.meta.url)), "..");
const packages = join(explorers, "..", "..", "node_modules");

/** The licences of the bundled packages, which copies must carry; most share one text. */
function licences(inputs) {
  const names = Object.keys(inputs).map((path) => /node_modules\/([^/]+)\//.exec(path)?.[1]);
  const used = [...new Set(names.filter(Boolean))];
  const texts = new Set(used.map((name) => readFileSync(join(packages, name, "LICENSE"), "utf8").trim()));
  return `/*! Contains ${used.join(", ")}.\n\n${[...texts].join("\n\n")}\n*/`;
}

async function bundle(source, name) {
  const options = {
    entryPoints: [join(explorers, source)],
    outfile: join(explorers, "static", name),
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    charset: "utf8",
  };
  const { metafile } = await build({ ...options, write: false, metafile: true });
  await build({ ...options, banner: name.endsWith(".js") ? { js: licences(metafile.inputs) } : {} });
}

for (const name of readdirSync(explorers)) {
  if (!existsSync(join(explorers, name, "view.js"))) continue;
  await bundle(join(name, "view.js"), `${name}.js`);
  await bundle(join(name, "style.css"), `${name}.css`);
}
