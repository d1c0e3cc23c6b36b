"""Keep a number together: no line ends between 38 and %, nor inside 10 000. Code stays as it is typed."""

import re
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform

INSIDE = re.compile(r"(?<=\d) (?=%|\d{3}\b)")
VERBATIM = (nodes.FixedTextElement, nodes.literal, nodes.math, nodes.raw)


def is_verbatim(node: nodes.Node | None) -> bool:
    """Whether a node is what somebody may copy into a program, or is in it."""
    return node is not None and (isinstance(node, VERBATIM) or is_verbatim(node.parent))


class KeepNumbers(SphinxPostTransform):
    """Put spaces into the numbers of a text at which no line ends."""

    default_priority = 700
    formats = ("html",)

    def run(self, **kwargs: Any) -> None:
        """Go through the words of a page."""
        for text in list(self.document.findall(nodes.Text)):
            if INSIDE.search(text) and not is_verbatim(text.parent):
                text.parent.replace(text, nodes.Text(INSIDE.sub("\N{NO-BREAK SPACE}", text)))


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the extension."""
    app.add_post_transform(KeepNumbers)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
