"""Collect in _build/release what a release offers: site, PDF, EPUB, wheel, sdist, checksums, what is new.

Usage: python tools/release_files.py [TAG]

What readers take along has been made (`make take-along`). With a tag it is refused unless everything has that
version.
"""

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

import release
import take_along

ROOT = Path(__file__).resolve().parents[1]


def checksums(folder: Path) -> str:
    """Return a line for each file, as `sha256sum --check` reads them."""
    files = sorted(path for path in folder.iterdir() if path.name not in {"SHA256SUMS", "NOTES.md"})
    return "".join(f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in files)


def collect(built: Path, version: str) -> Path:
    """Fill the folder of the release and return it."""
    folder = built / "release"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for path, name in take_along.names(built, version).items():
        shutil.copy(path, folder / name)
    for command in (["-t", "sdist"], ["-t", "wheel"]):
        subprocess.run(
            [sys.executable, "-m", "hatchling", "build", *command, "-d", folder], cwd=ROOT, check=True
        )
    (folder / "SHA256SUMS").write_text(checksums(folder), encoding="utf-8")
    return folder


def main(arguments: list[str]) -> int:
    """Return the exit code."""
    version = release.version_of(ROOT)
    if arguments:
        release.check(ROOT, arguments[0])
    folder = collect(ROOT / "_build", version)
    notes = release.section(ROOT, version) or release.section(ROOT, "Unreleased")
    (folder / "NOTES.md").write_text(notes + "\n", encoding="utf-8")
    print((folder / "SHA256SUMS").read_text(encoding="utf-8"), end="")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
