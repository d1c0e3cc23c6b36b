"""Publish the notebooks' figures as WebP, a quarter of a PNG's size, and load them when near.

Each says its size, so that the page keeps its room until it is there.

The colours of lines, areas and cells stay as they are. Those of the blurred edges between them, which are
most of the colours of a figure and few of its dots, are rounded to sixteen levels a channel.
"""

import re
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from docutils import nodes
from PIL import Image
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms.images import BaseImageConverter

IMAGE = re.compile(r'<img (?=[^>]*src="[^"]*_images/([^"]+)")([^>]*?)\s*/?>')
FLAT = 200  # dots; a colour that fills fewer of them belongs to an edge
STEP = 17  # from 0 to 255 in fifteen steps, so that black and white stay what they are


def round_edges(picture: Image.Image) -> Image.Image:
    """Return the picture with its rare colours rounded."""
    dots = np.asarray(picture.convert("RGB"))
    colours, place, count = np.unique(
        dots.reshape(-1, 3) @ [1 << 16, 1 << 8, 1], return_inverse=True, return_counts=True
    )
    channels = np.stack([colours >> 16, colours >> 8 & 255, colours & 255], axis=1)
    rare = count < FLAT
    channels[rare] = (channels[rare] + STEP // 2) // STEP * STEP
    return Image.fromarray(channels.astype(np.uint8)[place.reshape(dots.shape[:2])])


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
                round_edges(picture).save(target, "WEBP", lossless=True, quality=80, method=4)
        uri = str(Path(node["uri"]).with_suffix(".webp"))
        node["uri"] = uri
        node["candidates"] = {"*": uri}
        self.env.images.add_file(self.env.docname, uri)


@cache
def size(path: Path) -> tuple[int, int]:
    """Return the width and the height of a picture, in dots."""
    if path.suffix == ".svg":
        head = path.read_text(encoding="utf-8").partition(">")[0]
        width, height = (re.search(rf' {side}="(\d+)"', head) for side in ("width", "height"))
        if width is None or height is None:
            raise ValueError(f"{path} does not say its size in whole dots")
        return int(width[1]), int(height[1])
    with Image.open(path) as picture:
        return picture.size


def load_lazily(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: Any) -> None:
    """Mark the figures of a page as not to be fetched before the reader comes near, and write their size."""
    if "body" not in context:
        return
    files = {name: Path(app.srcdir) / uri for uri, (_, name) in app.env.images.items()}

    def mark(image: re.Match[str]) -> str:
        if "width=" in image[2]:
            return f'<img loading="lazy" {image[2]} />'
        width, height = size(files[image[1]])
        return f'<img loading="lazy" width="{width}" height="{height}" {image[2]} />'

    context["body"] = IMAGE.sub(mark, context["body"])


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the extension."""
    app.add_post_transform(PublishAsWebP)
    app.connect("html-page-context", load_lazily)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
