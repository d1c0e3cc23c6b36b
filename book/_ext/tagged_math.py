r"""Leave equations that carry their own number alone.

Sphinx wraps displayed mathematics of several lines in ``split``, an environment in which ``\tag`` is an
error. The report's numbers are tags, so such a block goes to MathJax as it was written.
"""

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform


class UnwrapTaggedMath(SphinxPostTransform):
    """Mark each displayed equation that has a tag as not to be wrapped."""

    default_priority = 20
    formats = ("html",)

    def run(self, **kwargs: Any) -> None:
        r"""Put ``\[ … \]`` around the tagged blocks and tell Sphinx to add nothing."""
        for block in self.document.findall(nodes.math_block):
            text = block.astext()
            if r"\tag{" in text and not block.get("nowrap"):
                block["nowrap"] = True
                block.children = []
                block += nodes.Text(rf"\[{text}\]")


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the extension."""
    app.add_post_transform(UnwrapTaggedMath)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
