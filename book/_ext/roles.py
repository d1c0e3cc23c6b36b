"""Fold the code of a chapter by what it is for.

Each code cell has one of four tags. `equation` is a function that is the mathematics: its source is shown,
the call that shows it is folded. `run` is what a reader should see being computed: open. `plumbing` (imports,
plots, tables) is folded to a quiet line above its output, `check` to the marks that it prints. The folds
are the browser's own, so they open without scripts; `roles.js` opens those that a reader's choice for the
whole book asks for.
"""

import ast
import re
from html import escape
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging

LOGGER = logging.getLogger(__name__)
ROLES = ("equation", "run", "plumbing", "check")
MARK = "✓ "
CHECKED = "✓ checked"  # of a cell that only asserts, and prints nothing
SHOW = "show_source"
SHOWS = "shows-source"  # the class of a cell that calls it
SHOWN = re.compile(rf'<div class="[^"]*\b{SHOWS}\b.*?</details>.*?</pre>', re.S)
DEFINED = re.compile(r'(<span class="k">def</span>(?:<span class="w"> </span>| )<span class="nf">)(\w+)')
SWITCH = "code-switch.html"
TITLE = re.compile(r'</h1>\n?(?:<p class="report-heading">.*?</p>\n)?', re.S)


class Fold(nodes.General, nodes.Element):
    """What is folded; `summary` holds the lines that are seen of it."""


def visit_fold(translator: Any, node: Fold) -> None:
    """Begin a fold with its summary."""
    lines = "".join(f"<span>{escape(line)}</span>" for line in node["summary"])
    lines = lines.replace(f"<span>{MARK}", f'<span><span class="tick">{MARK.strip()}</span> ')
    translator.body.append(translator.starttag(node, "details", "") + f"<summary>{lines}</summary>\n")


def depart_fold(translator: Any, node: Fold) -> None:
    """End a fold."""
    translator.body.append("</details>\n")


def role_of(tags: list[str]) -> str | None:
    """Return the role that a cell's tags name, or None if they name none or several."""
    named = [role for role in ROLES if role in tags]
    return named[0] if len(named) == 1 else None


def shown_functions(source: str) -> list[str]:
    """Return what a cell that only calls `show_source` shows, as it is written there; else nothing."""
    names: list[str] = []
    for statement in statements(source):
        call = statement.value if isinstance(statement, ast.Expr) else None
        if not (isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == SHOW):
            return []
        names += map(ast.unparse, call.args)
    return names


def statements(source: str) -> list[ast.stmt]:
    """Return the statements of a cell; none if it is not plain Python."""
    try:
        return ast.parse(source).body
    except SyntaxError:
        return []


def quiet_line(source: str, output: nodes.Element | None) -> str:
    """Return a few words for the folded code of a cell: what it draws, or what it defines."""
    if output is not None:
        kinds = {
            "this explorer": has_class(output, "explorer"),
            "this figure": any(output.findall(nodes.image)) or "<svg" in output.astext(),
            "this table": any(output.findall(nodes.table)),
        }
        return next((f"Code of {kind}" for kind, there in kinds.items() if there), "Code")
    body = statements(source)
    named = [f"{node.name}" for node in body if isinstance(node, ast.FunctionDef | ast.ClassDef)]
    if any(isinstance(node, ast.Import | ast.ImportFrom) for node in body):
        return "Imports" + (f" and helpers: {', '.join(named)}" if named else "")
    return f"Helpers: {', '.join(named)}" if named else "Code"


def has_class(node: nodes.Element, name: str) -> bool:
    """Whether a node or one inside it has a class."""
    return any(name in inner.get("classes", ()) for inner in node.findall(nodes.Element))


def take_marks(output: nodes.Element | None) -> list[str]:
    """Remove the printed lines that begin with a check mark from a cell's output, and return them."""
    marks: list[str] = []
    for printed in list(output.findall(nodes.literal_block)) if output is not None else []:
        lines = printed.astext().splitlines()
        marks += [line for line in lines if line.startswith(MARK)]
        rest = "\n".join(line for line in lines if not line.startswith(MARK)).strip("\n")
        if not rest:
            printed.parent.remove(printed)
        else:
            printed.rawsource = rest
            printed.children = [nodes.Text(rest)]
    return marks


class FoldCells(SphinxPostTransform):
    """Give each cell the class of its role, and fold what the role folds."""

    default_priority = 190  # the format of each output is chosen (4), and myst-nb folds nothing yet (199)
    formats = ("html",)

    def run(self, **kwargs: Any) -> None:
        """Go through the cells of a page."""
        for cell in list(self.document.findall(nodes.container)):
            if not is_cell(cell):
                continue
            parts = {part["nb_element"]: part for part in cell.children if isinstance(part, nodes.container)}
            code = parts.get("cell_code_source")
            if code is None:
                continue
            cell.attributes.pop("hide_mode", None)  # the roles say what is folded
            tags = cell["cell_metadata"].get("tags", [])
            role = role_of(tags)
            if role is None:
                LOGGER.warning(
                    "cell %s, %r, needs exactly one of the tags %s, and has %s",
                    cell["cell_index"],
                    code.astext().strip().partition("\n")[0],
                    ", ".join(ROLES),
                    ", ".join(tag for tag in tags if tag in ROLES) or "none",
                    location=self.env.docname,
                    type="roles",
                )
                role = "run"
            cell["classes"].append(f"cell-{role}")
            self.fold(role, cell, code, parts.get("cell_code_output"))

    def fold(self, role: str, cell: nodes.Element, code: nodes.Element, output: nodes.Element | None) -> None:
        """Fold the code of a cell, and what else its role hides."""
        source = code.astext()
        inside, summary = [code], []
        if role == "equation" and (shown := shown_functions(source)):
            summary = ["Code"]
            cell["classes"].append(SHOWS)
            cell["functions"] = {name.rpartition(".")[2]: self.address(name) for name in shown}
        elif role == "plumbing":
            summary = [quiet_line(source, output)]
        elif role == "check":
            summary = take_marks(output) or [CHECKED]
            if output is not None and not output.children:
                cell.remove(output)
            elif output is not None and all(
                isinstance(part, nodes.literal_block) for part in output.children
            ):
                inside.append(output)  # a figure or a table stays in sight
        if not summary:
            return
        fold = Fold(classes=["fold", f"fold-{role}"], summary=summary)
        cell.replace(code, fold)
        for part in inside[1:]:
            cell.remove(part)
        fold += inside

    def address(self, name: str) -> str | None:
        """Return where the pages of the API have a function, if they have just one of that name."""
        found = [
            f"{self.app.builder.get_relative_uri(self.env.docname, entry.docname)}#{entry.node_id}"
            for full, entry in self.env.get_domain("py").objects.items()
            if full.endswith(f".{name}") and not entry.aliased
        ]
        return found[0] if len(found) == 1 else None


def finish_page(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: Any) -> None:
    """Link the names of shown functions, and put the switch below the title of a page that has code cells."""
    cells = [node for node in doctree.findall(nodes.container) if has_code(node)] if doctree else []
    if not cells:
        return
    functions = iter([cell["functions"] for cell in cells if SHOWS in cell["classes"]])
    body = SHOWN.sub(lambda match: link_names(match[0], next(functions)), context["body"])
    switch = app.builder.templates.render(SWITCH, context)
    context["body"] = TITLE.sub(lambda match: match[0] + switch, body, count=1)


def link_names(html: str, addresses: dict[str, str | None]) -> str:
    """Make the names that a highlighted source defines links, where there is an address."""

    def link(match: re.Match[str]) -> str:
        address = addresses.get(match[2])
        return f'{match[1]}<a href="{address}">{match[2]}</a>' if address else match[0]

    return DEFINED.sub(link, html)


def is_cell(node: nodes.Element) -> bool:
    """Whether a node is a code cell of a notebook."""
    return node.get("nb_element") == "cell_code"


def has_code(node: nodes.Element) -> bool:
    """Whether a node is a cell whose code is on the page, folded or not."""
    return is_cell(node) and any(name.startswith("cell-") for name in node["classes"])


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the extension."""
    app.add_node(Fold, html=(visit_fold, depart_fold))
    app.add_post_transform(FoldCells)
    app.connect("html-page-context", finish_page)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
