"""Refuse an image without a text: Sphinx would show its file name to readers who cannot see it."""

import re
from html import unescape
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util import logging

LOGGER = logging.getLogger(__name__)


def take_own_words(app: Sphinx, doctree: nodes.document) -> None:
    """Give each drawn picture of a cell without an alternative text the one that it carries itself."""
    for image in doctree.findall(nodes.image):
        path = Path(app.srcdir) / image["uri"]
        if path.suffix == ".svg" and not image.get("alt") and path.is_file():
            label = re.search(r'<svg [^>]*aria-label="([^"]*)"', path.read_text(encoding="utf-8"))
            if label:
                image["alt"] = unescape(label[1])


def check_images(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Warn of every image that has no alternative text."""
    for image in doctree.findall(nodes.image):
        if not str(image.get("alt", "")).strip():
            LOGGER.warning(
                "image %s has no alternative text (in a notebook: cell metadata mystnb.image.alt)",
                image.get("uri"),
                location=docname,
                type="alt_text",
            )


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the extension."""
    app.connect("doctree-read", take_own_words)
    app.connect("doctree-resolved", check_images)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
