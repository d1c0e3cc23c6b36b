"""Collect in _build/release what a release offers: site, PDF, wheel, sdist, checksums, what is new.

Usage: python tools/release_files.py [TAG]

The site and the PDF have been built. With a tag it is refused unless everything has that version.
"""

import hashlib
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import release

ROOT = Path(__file__).resolve().parents[1]


def zip_folder(folder: Path, target: Path, name: str) -> None:
    """Pack a folder under a name, the same bytes for the same files."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                member = zipfile.ZipInfo(
                    f"{name}/{path.relative_to(folder).as_posix()}", (1980, 1, 1, 0, 0, 0)
                )
                member.compress_type, member.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
                archive.writestr(member, path.read_bytes())


def checksums(folder: Path) -> str:
    """Return a line for each file, as `sha256sum --check` reads them."""
    files = sorted(path for path in folder.iterdir() if path.name not in {"SHA256SUMS", "NOTES.md"})
    return "".join(f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in files)


def collect(built: Path, version: str) -> Path:
    """Fill the folder of the release and return it."""
    folder = built / "release"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    zip_folder(built / "html", folder / f"rnn-book-{version}-site.zip", f"rnn-book-{version}")
    for ending in ("pdf", "epub"):
        if (book := built / f"book.{ending}").is_file():
            shutil.copy(book, folder / f"rnn-book-{version}.{ending}")
    for command in (["-t", "sdist"], ["-t", "wheel"]):
        subprocess.run(
            [sys.executable, "-m", "hatchling", "build", *command, "-d", folder], cwd=ROOT, check=True
        )
    (folder / "SHA256SUMS").write_text(checksums(folder), encoding="utf-8")
    return folder


def main(arguments: list[str]) -> int:
    """Return the exit code."""
    (version,) = {*release.found(ROOT).values()}
    if arguments:
        release.check(ROOT, arguments[0])
    folder = collect(ROOT / "_build", version)
    notes = release.section(ROOT, version) or release.section(ROOT, "Unreleased")
    (folder / "NOTES.md").write_text(notes + "\n", encoding="utf-8")
    print((folder / "SHA256SUMS").read_text(encoding="utf-8"), end="")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
