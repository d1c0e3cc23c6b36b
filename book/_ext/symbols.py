r"""Tell what a symbol means where it stands: in each section the first of its kind links to the notation.

The meanings are those of the tables in ``book/notation.md``, so they are written once. The link's title is
shown when the mouse rests on it, and by the style sheet when the keyboard reaches it. Single letters are left
alone: they are sizes on that page, and also count steps in some chapters. A section of the notation page with
the comment ``% symbols of notebooks/10_...`` is about the chapters that it names alone: elsewhere its letters
mean other things.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError
from sphinx.transforms.post_transforms import SphinxPostTransform

NOTATION = "book/notation"
ROW = re.compile(r"^\| (\$.+?\$(?:, \$.+?\$)*) \| (.+) \| ([^|]+) \|$", re.M)
SCOPE = re.compile(r"^% symbols of (\S+(?: \S+)*)$", re.M)
# What the meanings need of LaTeX, as plain text.
PLAIN = (
    (r"\\[lr]vert(?![a-z]) ?", "|"),
    (r"\\[lr]Vert(?![a-z]) ?", "‖"),
    (r"\\partial(?![a-z]) ?", "∂"),
    (r"\\phi(?![a-z])", "φ"),
    (r"\\sup(?![a-z])", "sup"),
    (r"\\math(?:bf|cal)\{(\w)\}", r"\1"),
    (r"\^\{(\([^}]*\))\}", r"^\1"),
    (r"_\{(\w+)\}", r"_\1"),
    (r"[$`*]", ""),
)


class Symbol(NamedTuple):
    """A symbol of the notation page."""

    latex: str
    anchor: str
    meaning: str


def read_symbols(text: str) -> dict[str, dict[str, Symbol]]:
    r"""Return the symbols of the page's tables by chapter, "" for all, and by their LaTeX.

    A step such as ``^{(t)}`` stands for any step.

    Raises
    ------
    ExtensionError
        If a meaning holds LaTeX that cannot be written as plain text, or two rows name one symbol.
    """
    symbols: dict[str, dict[str, Symbol]] = {"": {}}
    for section in re.split(r"^## ", text, flags=re.M):
        chapter = SCOPE.search(section)
        scopes = chapter[1].split() if chapter else [""]
        for latex, meaning in read_rows(section):
            name = re.sub(r"[^A-Za-z0-9]+", "-", re.sub(r"\\math(?:bf|cal)|\^\{\(t\)\}", "", latex)).strip(
                "-"
            )
            anchor = "-".join(["symbol", *re.findall(r"\d+", scopes[0]), name])
            for scope in scopes:
                if key(latex) in symbols.setdefault(scope, {}):
                    raise ExtensionError(f"{NOTATION}: two rows name {latex}")
                symbols[scope][key(latex)] = Symbol(latex, anchor, meaning)
    return symbols


def read_rows(section: str) -> Iterator[tuple[str, str]]:
    """Yield each symbol of more than one letter in a section's tables, with its meaning as plain text."""
    for first, _, meaning in ROW.findall(section):
        for pattern, replacement in PLAIN:
            meaning = re.sub(pattern, replacement, meaning)
        if re.search(r"[\\{}]", meaning):
            raise ExtensionError(f"{NOTATION}: cannot write this meaning as plain text: {meaning}")
        for latex in re.findall(r"\$(.+?)\$", first):
            if len(latex) > 1:
                yield latex, meaning.strip()


def key(latex: str) -> str:
    """Return a form in which a symbol is the same at every step."""
    return re.sub(r"\^\{\([^}]*\)\}", "^{(t)}", re.sub(r"\s", "", latex))


class ExplainSymbols(SphinxPostTransform):
    """Link symbols in running text to the notation page, once in each section of a chapter."""

    default_priority = 300
    formats = ("html",)

    def run(self, **kwargs: Any) -> None:
        """Put anchors into the notation page, links into the chapters."""
        symbols = read_symbols((Path(self.env.srcdir) / f"{NOTATION}.md").read_text(encoding="utf-8"))
        if self.env.docname == NOTATION:
            for section in self.document.findall(nodes.section):
                comments = "\n".join(
                    f"% {c.astext()}" for c in section.children if isinstance(c, nodes.comment)
                )
                chapter = SCOPE.search(comments)
                self._anchor(section, symbols[chapter[1].split()[0] if chapter else ""])
        elif self.env.docname.startswith("notebooks/"):
            self._link(symbols[""] | symbols.get(self.env.docname, {}))

    def _anchor(self, section: nodes.section, symbols: dict[str, Symbol]) -> None:
        for row in section.findall(nodes.row):
            for formula in row[0].findall(nodes.math):
                if _section(row) is not section:
                    continue
                if key(formula.astext()) in symbols:
                    formula.replace_self(
                        nodes.inline("", "", formula.deepcopy(), ids=[symbols[key(formula.astext())].anchor])
                    )

    def _link(self, symbols: dict[str, Symbol]) -> None:
        page = self.app.builder.get_relative_uri(self.env.docname, NOTATION)
        seen: set[tuple[int, str]] = set()
        for formula in list(self.document.findall(nodes.math)):
            name = key(formula.astext())
            if name not in symbols or not _in_running_text(formula):
                continue
            place = (id(_section(formula)), name)
            if place not in seen:
                seen.add(place)
                _, anchor, meaning = symbols[name]
                link = nodes.reference(
                    "", "", formula.deepcopy(), refuri=f"{page}#{anchor}", internal=True, reftitle=meaning
                )
                link["classes"].append("symbol")
                formula.replace_self(link)


def _ancestors(node: nodes.Node) -> Any:
    while node.parent is not None:
        node = node.parent
        yield node


def _in_running_text(node: nodes.Node) -> bool:
    apart = (nodes.reference, nodes.title, nodes.table, nodes.caption, nodes.rubric)
    return isinstance(node.parent, nodes.paragraph) and not any(
        isinstance(a, apart) for a in _ancestors(node)
    )


def _section(node: nodes.Node) -> nodes.Node | None:
    return next((a for a in _ancestors(node) if isinstance(a, nodes.section)), None)


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the extension."""
    app.add_post_transform(ExplainSymbols)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
