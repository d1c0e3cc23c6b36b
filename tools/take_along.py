"""Offer on the site's first page what there is to take along: the PDF, the EPUB, the site as a zip.

A file is offered if it was made from this site, so after it. It is put into the folder `downloads`, and the
first page gets a link to it.

Usage: python tools/take_along.py [--site _build/html]
"""

import argparse
import re
import shutil
import sys
from pathlib import Path

import release

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "book" / "_ext"))
import offline  # noqa: E402

FOLDER = "downloads"
WELCOME = "book/welcome.html"
PLACE = re.compile(r'<p class="take-along"[^>]*>.*?</p>', re.S)
EMPTY = '<p class="take-along" hidden></p>'
# For each file beside the site: the end of its name, what the link says, and what is said after the size.
OFFERS = {
    "book.pdf": (".pdf", "PDF", "to print"),
    "book.epub": (".epub", "EPUB", "for reading devices"),
    "book.zip": (
        "-site.zip",
        "the whole site",
        "a zip: unpack it and open <code>index.html</code>; all of it works without a network, but a browser "
        "does not run Python from a file",
    ),
}


def names(built: Path, version: str) -> dict[Path, str]:
    """Return the files that have been made beside the site, and the names that a reader gets them under."""
    found = {built / name: f"rnn-book-{version}{ending}" for name, (ending, *_) in OFFERS.items()}
    return {path: name for path, name in found.items() if path.is_file()}


def fill(site: Path, words: str) -> None:
    """Put the words into their place on the first page."""
    page = site / WELCOME
    text, count = PLACE.subn(lambda _: words, page.read_text(encoding="utf-8"))
    if count != 1:
        raise ValueError(f"{page} has {count} places for what can be taken along, not one")
    page.write_text(text, encoding="utf-8")
    if (site / offline.FOLDER).is_dir():
        offline.write_edition(site)  # the first page is another one now, for those who keep the book too


def clear(site: Path) -> None:
    """Take back what was offered."""
    shutil.rmtree(site / FOLDER, ignore_errors=True)
    fill(site, EMPTY)


def offer(site: Path, version: str) -> list[str]:
    """Offer what was made from the site; return the files' names."""
    built_at = (site / "objects.inv").stat().st_mtime
    fresh = {
        path: name for path, name in names(site.parent, version).items() if path.stat().st_mtime > built_at
    }
    if not fresh:
        clear(site)
        return []
    shutil.rmtree(site / FOLDER, ignore_errors=True)
    offers = []
    for path, name in fresh.items():
        _, what, use = OFFERS[path.name]
        size = max(1, round(path.stat().st_size / 1e6))
        offers.append(f'<a href="../{FOLDER}/{name}" download>{what}</a>, {size} MB, {use}')
    fill(site, f'<p class="take-along"><strong>Take it along:</strong> {"; ".join(offers)}.</p>')
    (site / FOLDER).mkdir()
    for path, name in fresh.items():
        shutil.copy(path, site / FOLDER / name)
    return list(fresh.values())


def main(arguments: list[str] | None = None) -> int:
    """Return the exit code."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--site", type=Path, default=Path("_build/html"))
    options = parser.parse_args(arguments)
    offered = offer(options.site, release.version_of(ROOT))
    print(f"The first page offers {', '.join(offered) or 'nothing'}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
