"""Pack the built site as a zip to take along: unpacked, it opens from its index.html, without a server.

Usage: python tools/site_zip.py [--site _build/html] [--output _build/book.zip]
"""

import argparse
import sys
import zipfile
from pathlib import Path

import release
import take_along

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


def write_zip(site: Path, output: Path, version: str) -> None:
    """Pack the site, without what it offers to take along: it would hold itself."""
    take_along.clear(site)
    zip_folder(site, output, f"rnn-book-{version}")


def main(arguments: list[str] | None = None) -> int:
    """Return the exit code."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--site", type=Path, default=Path("_build/html"))
    parser.add_argument("--output", type=Path, default=Path("_build/book.zip"))
    options = parser.parse_args(arguments)
    write_zip(options.site, options.output, release.version_of(ROOT))
    print(f"Written to {options.output}. Unpack it anywhere and open index.html.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
