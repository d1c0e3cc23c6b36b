// Makes with the packed Python what it will read: compiled modules, and Matplotlib's list of fonts. Argument: a folder
// with `python.wasm`, `library`, `figures` and `book`. Prints one line of JSON {path: bytes in base64} for each file.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { filesOf, guest } from "./guest.mjs";

const read = (name) => readFileSync(join(process.argv[2], name));
const PROGRAM = `
import base64, json, os, sys
from importlib import _bootstrap_external as files
from importlib.util import source_hash
channel = int(os.environ["LIVE_CHANNEL"])

def tell(path, content):
    line = json.dumps({path.removeprefix("/book/"): base64.b64encode(content).decode()}) + "\\n"
    os.write(channel, line.encode())

for place, _, names in os.walk("/book"):
    for name in sorted(names):
        if name.endswith(".py"):
            path = f"{place}/{name}"
            with open(path, "rb") as file:
                source = file.read()
            code = compile(source, path, "exec", dont_inherit=True)
            # Not checked when it is read: a page's files have no dates, and to hash each source takes time.
            tell(files.cache_from_source(path), files._code_to_hash_pyc(code, source_hash(source), False))

os.mkdir("/book/settings")
sys.path.insert(0, "/book")
import matplotlib.font_manager
for name in os.listdir("/book/settings"):
    if name.endswith(".json"):
        with open(f"/book/settings/{name}", "rb") as file:
            fonts = json.load(file)
        fonts["ttflist"].sort(key=lambda font: (font["fname"], font["index"]))
        tell(f"/book/settings/{name}", json.dumps(fonts).encode())
`;

const python = guest({
  module: await WebAssembly.compile(read("python.wasm")),
  parts: { library: read("library"), figures: filesOf(read("figures")), book: filesOf(read("book")) },
  program: PROGRAM,
  lasts: false,
  onMessage: (message) => {
    if (message.kind === "stream") process.stderr.write(message.text);
    else console.log(JSON.stringify(message));
  },
});
process.exitCode = await python.start();
