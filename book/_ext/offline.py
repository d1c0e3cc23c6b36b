"""Let a reader keep the book on a device: the list of its files, the worker that answers from the copy.

Nothing is kept until the reader asks, with the button that the directive `offline-copy` makes (`offline.js`,
`sw.js` in ``book/_offline``). An edition is named by the hash of all files, so a copy knows that it is old.
"""

import hashlib
import json
from pathlib import Path
from typing import Any

from citing import citation
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

SOURCES = Path(__file__).resolve().parents[1] / "_offline"
FOLDER = Path("_static") / "offline"
WORKER = "sw.js"  # at the top: a worker answers for the pages beside and below it
APP = "site.webmanifest"
ICONS = {"icon-192.png": "any", "icon-512.png": "any", "icon-maskable-512.png": "maskable"}
# Not kept: the sources that the download button gives, and what is for hosts and other programs.
LEFT_OUT = (
    *("_sources/", "downloads/", "slides/", "_static/offline/edition", "."),
    *(WORKER, "objects.inv", "sitemap.xml", "robots.txt"),
)
SIZE = "?? MB"  # in the page until all is built
MB = 1e6
BLOCK = f"""
<div class="offline-block pst-js-only">
<button type="button" class="offline-button" disabled>Keep this book on this device, {SIZE}</button>
<progress hidden value="0" aria-label="How much of the book has come"></progress>
<span role="status"></span>
</div>
"""


class OfflineCopy(SphinxDirective):
    """The button that keeps the book on the reader's device."""

    def run(self) -> list[nodes.Node]:
        """Make the block; it has its size before the script is there."""
        return [nodes.raw("", BLOCK, format="html")]


def kept_files(site: Path) -> dict[str, tuple[str, int]]:
    """Return hash and size of every file that is kept, by its path."""
    files = {}
    for path in sorted(site.rglob("*")):
        name = path.relative_to(site).as_posix()
        if path.is_file() and not name.startswith(LEFT_OUT):
            content = path.read_bytes()
            files[name] = (hashlib.sha256(content).hexdigest()[:16], len(content))
    return files


def edition_of(files: dict[str, tuple[str, int]]) -> str:
    """Return the name of an edition: another one if anything of it is another."""
    return hashlib.sha256(json.dumps(files, sort_keys=True).encode()).hexdigest()[:16]


def write_edition(site: Path) -> str:
    """Write what a copy is made of, and return the edition's name."""
    folder = site / FOLDER
    for old in folder.glob("edition*.json"):
        old.unlink()
    size = f"{sum(bytes for _, bytes in kept_files(site).values()) / MB:.0f} MB"
    for path in site.rglob("*.html"):
        page = path.read_text(encoding="utf-8")
        if SIZE in page:
            path.write_text(page.replace(SIZE, size), encoding="utf-8")
    files = kept_files(site)
    edition = edition_of(files)
    listing = f"edition-{edition}.json"
    about = {"edition": edition, "bytes": sum(bytes for _, bytes in files.values()), "list": listing}
    (folder / listing).write_text(json.dumps(files), encoding="utf-8")
    (folder / "edition.json").write_text(json.dumps(about), encoding="utf-8")
    return edition


def manifest(title: str, words: str, start: str, language: str) -> dict[str, Any]:
    """Return what a system shows of the book when it is installed like an app."""
    return {
        "id": "./",
        "name": title,
        "short_name": "RNN book",
        "description": words,
        "lang": language,
        "dir": "ltr",
        "categories": ["books", "education"],
        "start_url": start,
        "scope": "./",
        "display": "minimal-ui",  # with a way back, which a book needs
        "theme_color": "#0072b2",
        "background_color": "#ffffff",
        "icons": [
            {
                "src": f"_static/{name}",
                "sizes": "x".join([name.split("-")[-1][:-4]] * 2),
                "type": "image/png",
                "purpose": use,
            }
            for name, use in ICONS.items()
        ],
    }


def write_files(app: Sphinx, exception: Exception | None) -> None:
    """Write all this beside the pages, when they are as they will stay."""
    if exception or app.builder.format != "html":
        return
    site = Path(app.outdir)
    about = manifest(
        app.config.html_title,
        " ".join(citation(Path(app.srcdir))["abstract"].split()),
        app.builder.get_target_uri(app.config.root_doc),
        app.config.language,
    )
    (site / APP).write_text(json.dumps(about, indent=1, ensure_ascii=False), encoding="utf-8")
    (site / FOLDER).mkdir(exist_ok=True)
    (site / FOLDER / "offline.js").write_bytes((SOURCES / "offline.js").read_bytes())
    (site / WORKER).write_bytes((SOURCES / WORKER).read_bytes())
    write_edition(site)


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the extension."""
    app.add_directive("offline-copy", OfflineCopy)
    app.connect("build-finished", write_files, priority=999)  # after all that changes a file
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
