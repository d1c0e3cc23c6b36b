"""Mend what the generated pages get wrong for readers who use a screen reader."""

import re
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

MENDS = (
    # Docutils gives bibliography entries a deprecated role. They are a list, so they become its items.
    (re.compile(r' role="doc-biblioentry"'), ' role="listitem"'),
    (re.compile(r' role="doc-backlink"'), ""),
    # An empty corner of a table heads nothing.
    (re.compile(r'<th class="head[^"]*">(?:<p></p>)?</th>'), "<td></td>"),
    # The boxes of the map in chapter 1 link to notebooks, as Jupyter needs; on the site these are pages.
    (re.compile(r'(<a href="\d\d_\w+)\.ipynb"'), r'\1.html"'),
)


def mend(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Apply the mends to the body of a page."""
    if "body" in context:
        for pattern, replacement in MENDS:
            context["body"] = pattern.sub(replacement, context["body"])


def write_front_door(app: Sphinx, exception: Exception | None) -> None:
    """Write the page at the site's root, which leads to the welcome page; Jupyter Book's has no title."""
    if exception or app.builder.format != "html":
        return
    target = f"{app.config.root_doc}.html"
    (Path(app.outdir) / "index.html").write_text(
        f"""<!DOCTYPE html>
<html lang="{app.config.language}">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta http-equiv="refresh" content="0; url={target}">
    <link rel="icon" href="data:,">
    <title>{app.config.html_title}</title>
  </head>
  <body><main><h1>{app.config.html_title}</h1><p><a href="{target}">Open the book</a></p></main></body>
</html>
""",
        encoding="utf-8",
    )


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the extension."""
    app.connect("html-page-context", mend)
    app.connect("build-finished", write_front_door, priority=900)  # last, over Jupyter Book's own
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
