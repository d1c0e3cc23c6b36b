"""Put the bar that runs a page's cells on every page that has some, and what it loads into the site.

`make book` packs these files beforehand into ``_build/live``. Where that could not be done, for want of a
network, the book is built without the bar. The page What runs here is made from the same list.
"""

import html
import json
import re
import shutil
from pathlib import Path
from typing import Any

from docutils import nodes
from roles import TITLE
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

PACKED = Path("_build") / "live"
SECONDS = Path("src") / "live" / "seconds.json"
CELL = re.compile(r'<div class="cell_input\b')
ABOUT = "book/what_runs_here"
MB = 1e6


def read_list(app: Sphinx) -> dict[str, Any] | None:
    """Return the list of what was packed, or None if nothing was."""
    path = Path(app.srcdir) / PACKED / "parts.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else None


def copy_files(app: Sphinx) -> None:
    """Copy the packed files into the site."""
    listing = read_list(app)
    if app.builder.format == "html" and listing is not None:
        target = Path(app.outdir) / "_static" / "live"
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(Path(app.srcdir) / PACKED, target)


def size(listing: dict[str, Any]) -> int:
    """Return what a reader loads, in MB."""
    return round(sum(part["bytes"] for part in listing["parts"].values()) / MB)


def bar(listing: dict[str, Any], script: str, about: str, what: str, times: str) -> str:
    """Return the bar; nothing in it changes its size when the page's scripts are there."""
    return (
        f'<div class="live-bar" role="region" aria-label="Run it here" data-script="{html.escape(script)}"'
        f' data-seconds="{html.escape(times)}">'
        f'<button type="button" class="live-button">Run {what} here</button>'
        f'<span class="live-words" role="status">about {size(listing)} MB, once</span>'
        f'<a class="live-about" href="{html.escape(about)}">What runs here</a></div>'
    )


def seconds(root: Path, page: str) -> str:
    """Return how long the slow cells of a chapter took on a page when it was measured, by their place."""
    measured = json.loads((root / SECONDS).read_text(encoding="utf-8")).get(Path(page).name, {})
    notebook = root / f"{page}.ipynb"
    if not measured or not notebook.is_file():
        return "{}"
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    names = [cell.get("id") for cell in cells if cell["cell_type"] == "code"]
    return json.dumps({place: measured[name] for place, name in enumerate(names) if name in measured})


def add_bar(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: Any) -> None:
    """Put the bar below the title of a page with cells."""
    listing = read_list(app) if CELL.search(context.get("body", "")) else None
    if listing is None:
        return
    scripts, address = listing["scripts"], context["pathto"]
    app.add_css_file(f"live/{scripts['style']}")
    app.add_js_file(f"live/{scripts['bar']}", loading_method="defer")
    what = "this chapter" if page.startswith("notebooks/") else "Python"
    times = seconds(Path(app.srcdir), page)
    made = bar(listing, address(f"_static/live/{scripts['live']}", 1), address(ABOUT), what, times)
    context["body"] = TITLE.sub(lambda match: f"{match[0]}\n{made}", context["body"], count=1)


class WhatRunsHere(SphinxDirective):
    """Two tables: the files that a reader loads, and the pieces that they hold."""

    def run(self) -> list[nodes.Node]:
        """Make the tables, or a sentence where nothing was packed."""
        listing = read_list(self.env.app)
        self.env.note_dependency(str(Path(self.env.app.srcdir) / PACKED / "parts.json"))
        if listing is None:
            words = "This copy of the book was built without the files that run its cells."
            return [nodes.paragraph("", words)]
        files = [
            [name, f"{part['bytes'] / MB:.2f} MB", part["sha256"]] for name, part in listing["parts"].items()
        ]
        pieces = [[piece["name"], piece["version"], piece["licence"]] for piece in listing["contents"]]
        return [
            *table(["File", "Size", "SHA-256"], files),
            *table(["Piece", "Version", "Licence"], pieces),
        ]


def table(head: list[str], rows: list[list[str]]) -> list[nodes.Node]:
    """Make a table of words; what is long and has no spaces is set as code."""

    def row(entries: list[str]) -> nodes.row:
        def content(entry: str) -> nodes.Node:
            return nodes.paragraph(
                "", "", nodes.literal("", entry) if len(entry) == 64 else nodes.Text(entry)
            )

        return nodes.row("", *(nodes.entry("", content(entry)) for entry in entries))

    group = nodes.tgroup("", *(nodes.colspec(colwidth=1) for _ in head), cols=len(head))
    group += [nodes.thead("", row(head)), nodes.tbody("", *map(row, rows))]
    return [nodes.table("", group)]


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the extension."""
    app.add_directive("what-runs-here", WhatRunsHere)
    app.connect("builder-inited", copy_files)
    app.connect("html-page-context", add_bar)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
