"""Publish the notebooks' figures as lossless WebP, a third of a PNG's size, and load them when near."""

import re
from pathlib import Path
from typing import Any

from docutils import nodes
from PIL import Image
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms.images import BaseImageConverter

IMAGE = re.compile(r'<img (?=[^>]*src="[^"]*_images/)')


class PublishAsWebP(BaseImageConverter):
    """Replace each PNG that a notebook wrote by the same picture in a smaller file."""

    default_priority = 90
    formats = ("html",)

    def match(self, node: nodes.image) -> bool:
        """Take the PNG files that lie in the build folder, where myst-nb writes them."""
        return "jupyter_execute" in node["uri"] and node["uri"].endswith(".png")

    def handle(self, node: nodes.image) -> None:
        """Write the new file beside the old one and use it."""
        source = Path(self.app.srcdir) / node["uri"]
        if not source.is_file():
            return
        target = source.with_suffix(".webp")
        if not target.exists():  # the name is a hash of the picture
            with Image.open(source) as picture:
                picture.save(target, "WEBP", lossless=True, quality=80, method=4)
        uri = str(Path(node["uri"]).with_suffix(".webp"))
        node["uri"] = uri
        node["candidates"] = {"*": uri}
        self.env.images.add_file(self.env.docname, uri)


def load_lazily(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: Any) -> None:
    """Mark the figures of a page as not to be fetched before the reader comes near."""
    if "body" in context:
        context["body"] = IMAGE.sub('<img loading="lazy" ', context["body"])


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the extension."""
    app.add_post_transform(PublishAsWebP)
    app.connect("html-page-context", load_lazily)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
