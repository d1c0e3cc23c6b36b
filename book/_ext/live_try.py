"""The page Try it: a cell, examples to put into it, and a link *try* beside each function of the API.

The examples are the files of ``src/live/examples``, in the order of their numbers; the first line of
each says what it shows.
"""

import html
import re
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from live import read_list

PAGE = "book/try_it"
EXAMPLES = Path("src") / "live" / "examples"
FIRST = "import numpy as np\n\nimport rnn_core\n"
# Buttons that the page's script needs; they stand here so that nothing moves when it comes.
BUTTON = '<button type="button" class="live-button"'
WORDS = '<span class="live-words" role="status"></span>'
SHARE = f'<p class="live-share">{BUTTON}>Link to this text</button>{WORDS}</p>'
PUT = f'{BUTTON} aria-label="Put it into the cell: {{}}">Put it into the cell</button>'
# The signature of a function on an API page, and a link to one in the concordance.
SIGNATURE = re.compile(r'<dt class="sig[^"]*" id="(rnn_core[\w.]*)">(?:(?!</dt>).)*', re.S)
FUNCTION = re.compile(r'<dl class="py function">.*?</dt>', re.S)
REFERENCE = re.compile(
    r'<a class="reference internal" href="api\w*\.html#(rnn_core[\w.]*)"[^>]*>.*?</a>', re.S
)


def read_examples(root: Path) -> dict[str, tuple[str, str]]:
    """Return, by name, what an example shows and its text."""
    examples = {}
    for path in sorted((root / EXAMPLES).glob("*.py")):
        title, text = path.read_text(encoding="utf-8").split("\n", 1)
        examples[path.stem.partition("_")[2]] = (title.removeprefix("# "), text.strip())
    return examples


def cell(code: str, *classes: str) -> nodes.container:
    """Make what a notebook's cell is on a page."""
    block = nodes.literal_block(code, code, language="ipython3")
    return nodes.container(
        "", nodes.container("", block, classes=["cell_input"]), classes=["cell", "live-try", *classes]
    )


class TryIt(SphinxDirective):
    """The cell and the examples."""

    def run(self) -> list[nodes.Node]:
        """Make a cell, and a section for each example."""
        packed = read_list(self.env.app) is not None
        if not packed:
            words = (
                "This copy of the book was built without the files that run its cells. Here are the examples."
            )
            made: list[nodes.Node] = [nodes.paragraph("", words)]
        else:
            made = [cell(FIRST), nodes.raw("", SHARE, format="html")]
        self.env.note_dependency(str(EXAMPLES))
        for name, (title, code) in read_examples(Path(self.env.srcdir)).items():
            section = nodes.section(ids=[f"example-{name}"], classes=["live-example"])
            section += nodes.title("", title)
            if packed:
                section += nodes.raw("", PUT.format(html.escape(title)), format="html")
            section += nodes.literal_block(code, code, language="ipython3")
            made.append(section)
        return made


def address(name: str, examples: dict[str, tuple[str, str]]) -> str:
    """Return the address of the page with the first example that uses a function, else with its help."""
    word = re.compile(rf"\b{re.escape(name.rpartition('.')[2])}\(")
    fitting = next((example for example, (_, code) in examples.items() if word.search(code)), None)
    return f"try_it.html#example-{fitting}" if fitting else f"try_it.html?help={name}"


def add_links(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: Any) -> None:
    """Give each function of the API and of the concordance a link to the page."""
    if not page.startswith(("book/api", "book/concordance")) or read_list(app) is None:
        return
    examples = read_examples(Path(app.srcdir))

    def link(match: re.Match[str]) -> str:
        name = match[1]
        label = f"try {name.rpartition('.')[2]} on the page"
        return (
            f'{match[0]} <a class="live-link" aria-label="{label}" href="{address(name, examples)}">try</a>'
        )

    if page == "book/concordance":
        context["body"] = REFERENCE.sub(link, context["body"])
    else:
        context["body"] = FUNCTION.sub(lambda match: SIGNATURE.sub(link, match[0]), context["body"])


def add_script(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: Any) -> None:
    """Load the page's own script."""
    listing = read_list(app)
    if page == PAGE and listing is not None:
        app.add_js_file(f"live/{listing['scripts']['try']}", loading_method="defer")


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the extension."""
    app.add_directive("try-it", TryIt)
    app.connect("html-page-context", add_links)
    app.connect("html-page-context", add_script)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
