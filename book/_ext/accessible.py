"""Mend what the generated pages get wrong for readers who use a screen reader."""

import re
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

MENDS = (
    # Docutils gives bibliography entries a deprecated role. They are a list, so they become its items.
    (re.compile(r' role="doc-biblioentry"'), ' role="listitem"'),
    (re.compile(r' role="doc-backlink"'), ""),
    # An empty corner of a table heads nothing.
    (re.compile(r'<th class="head(?: stub)?"><p></p></th>'), "<td></td>"),
    # A folded cell says "Show code cell source"; the label hides that from those who listen.
    (re.compile(r' aria-label="Toggle hidden content"'), ""),
)


def mend(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Apply the mends to the body of a page."""
    if "body" in context:
        for pattern, replacement in MENDS:
            context["body"] = pattern.sub(replacement, context["body"])


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the extension."""
    app.connect("html-page-context", mend)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
