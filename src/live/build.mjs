// Bundles the scripts and the styles into a folder, without source maps, under names with a hash. Arguments: the folder
// and the list of parts, which becomes part of the script. Prints {name: file}.
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const [folder, parts] = process.argv.slice(2);
const files = {};

async function bundle(name, entry, format, define = {}) {
  const { metafile } = await build({
    entryPoints: { [name]: join(here, entry) },
    entryNames: "[name]-[hash]",
    outdir: folder,
    bundle: true,
    minify: true,
    metafile: true,
    format,
    target: "es2022",
    charset: "utf8",
    legalComments: "none",
    banner: { js: "/*! Licences: licences.txt in this folder. */" },
    define,
  });
  files[name] = basename(Object.keys(metafile.outputs)[0]);
}

await bundle("worker", "runtime/worker.js", "iife");
await bundle("live", "page/live.js", "esm", { PARTS: parts, WORKER: JSON.stringify(files.worker) });
await bundle("bar", "page/bar.js", "iife");
await bundle("try", "page/try_it.js", "iife");
await bundle("style", "page/live.css", undefined);
console.log(JSON.stringify(files));
