"""Fold solutions, longer proofs and asides with the browser's own means: they open without scripts.

The extension of that kind that Jupyter Book loads folds them when the page is there, in front of the reader.
Always folded are solutions and what the report prints differently (class ``reading-report``); a proof or
another box is, if it has the class ``fold``.
"""

import re
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx_exercise.nodes import solution_node

FOLDED = {"fold", "reading-report"}
PROOF = "Proof. "
TITLE = re.compile(
    r'(<details class="[^"]*\badmonition\b[^>]*>\s*)<p class="admonition-title">(.*?)</p>', re.DOTALL
)
LINK = re.compile(r"</?a\b[^>]*>")


class text_fold(nodes.Admonition, nodes.Element):  # noqa: N801, for docutils names its nodes so
    """A box that is folded until the reader opens it."""


def fold_texts(app: Sphinx, doctree: nodes.document) -> None:
    """Make folds of the boxes that ask for it; a proof's first word becomes its title."""
    for box in list(doctree.findall(nodes.admonition)):
        if not FOLDED & set(box["classes"]):
            continue
        fold = text_fold("", *box.children, **box.attributes)
        box.replace_self(fold)
        # `fold` alone is the class of the cells that are folded.
        fold["classes"] = [name for name in box["classes"] if name != "fold"] + ["text-fold"]
        if not isinstance(fold[0], nodes.title):
            take_first_word(fold)
            fold.insert(0, nodes.title("", PROOF.rstrip(". ")))


def take_first_word(proof: nodes.Element) -> None:
    """Take out the word with which sphinx-proof begins a proof, and a paragraph of nothing else."""
    first = next(proof.findall(nodes.Text))
    if not first.startswith(PROOF.strip()):
        message = f"folds: a box without a title is no proof, it begins with {first.astext()[:40]!r}"
        raise ValueError(message)
    paragraph = first.parent
    paragraph.replace(first, nodes.Text(first.removeprefix(PROOF.strip()).lstrip()))
    if not paragraph.astext():
        paragraph.parent.remove(paragraph)


def visit_fold(translator: Any, node: nodes.Element) -> None:
    """Begin a fold."""
    # A solution says which exercise it is for.
    of = {"data-of": node["target_label"]} if "target_label" in node else {}
    translator.body.append(translator.starttag(node, "details", CLASS="admonition", **of))


def depart_fold(translator: Any, node: nodes.Element) -> None:
    """End a fold."""
    translator.body.append("</details>\n")


def name_folds(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: Any) -> None:
    """Make a fold's title what is seen of it while it is closed; a link in it would be in the way."""
    if "body" in context:
        context["body"] = TITLE.sub(
            lambda match: f'{match[1]}<summary class="admonition-title">{LINK.sub("", match[2])}</summary>',
            context["body"],
        )


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the extension."""
    visitors = (visit_fold, depart_fold)
    app.add_node(solution_node, override=True, html=visitors, singlehtml=visitors)
    app.add_node(text_fold, html=visitors, singlehtml=visitors)
    app.connect("doctree-read", fold_texts)
    app.connect("html-page-context", name_folds)
    return {"version": "2", "parallel_read_safe": True, "parallel_write_safe": True}
