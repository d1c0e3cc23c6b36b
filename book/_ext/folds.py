"""Fold the solutions with the browser's own means: they open without scripts, and nothing moves at the start.

The extension of that kind that Jupyter Book loads folds them when the page is there, in front of the reader.
"""

import re
from typing import Any

from sphinx.application import Sphinx
from sphinx_exercise.nodes import solution_node

TITLE = re.compile(r'(<details class="[^"]*\bsolution\b[^>]*>\s*)<p class="admonition-title">(.*?)</p>', re.S)
LINK = re.compile(r"</?a\b[^>]*>")


def visit_solution(translator: Any, node: solution_node) -> None:
    """Begin a solution."""
    translator.body.append(translator.starttag(node, "details", CLASS="admonition"))


def depart_solution(translator: Any, node: solution_node) -> None:
    """End a solution."""
    translator.body.append("</details>\n")


def name_folds(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: Any) -> None:
    """Make a solution's title what is seen of it while it is folded; a link in it would be in the way."""
    if "body" in context:
        context["body"] = TITLE.sub(
            lambda match: f'{match[1]}<summary class="admonition-title">{LINK.sub("", match[2])}</summary>',
            context["body"],
        )


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the extension."""
    visitors = (visit_solution, depart_solution)
    app.add_node(solution_node, override=True, html=visitors, singlehtml=visitors)
    app.connect("html-page-context", name_folds)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
