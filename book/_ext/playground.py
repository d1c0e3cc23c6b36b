"""Put a playground into a page: the directive ``playground``. Its script is `src/rnn_playground/page`.

````
```{playground}
:setup: task=recall&T=20&clip=0
:controls: clip rate
:panels: learning norm

One sentence on what is trained here.
```
````

A small one, as this, waits for a press; with ``:size: full`` it fills its page and opens when it is seen.
Without scripts the sentence stays, which says what is there.
"""

import hashlib
import re
import shutil
from pathlib import Path
from typing import Any

from answers import make
from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError
from sphinx.util.docutils import SphinxDirective

from rnn_playground.setup import Setup

STATIC = Path(__file__).resolve().parents[2] / "src" / "rnn_playground" / "static"
SCRIPTS = OPEN, PAGE, WORKER = "playground-open.js", "playground.js", "playground-worker.js"
FULL_PAGE = "book/playground"
PANELS = ("learning", "gradient", "norm", "states", "spectrum", "gates", "weights")
CONTROLS = tuple(Setup.__dataclass_fields__)
# Addresses are known when the page is written: they depend on its folder.
ADDRESS = re.compile(r'(?<= data-(?:script|worker)=")([\w-]+\.js)|(?<= data-page=")(here)')
WITHOUT = "It needs scripts, which this browser does not run."


def names_of(known: tuple[str, ...]) -> Any:
    """Return a reader of an option that holds some of the known names."""

    def read(text: str) -> str:
        names = text.split()
        if unknown := set(names) - set(known):
            raise ValueError(f"there is no {', '.join(sorted(unknown))}; there are {', '.join(known)}")
        return " ".join(names)

    return read


def set_up(text: str) -> str:
    """Return a set-up as it stands in an address, checked."""
    return Setup.from_text(text).to_text()


class Playground(SphinxDirective):
    """A place for a playground, with a sentence on it and a button that opens it."""

    has_content = True
    option_spec = {  # noqa: RUF012, for docutils has it so
        "size": lambda text: directives.choice(text, ("full", "small")),
        "setup": set_up,
        "controls": names_of(CONTROLS),
        "panels": names_of(PANELS),
    }

    def run(self) -> list[nodes.Node]:
        """Make the place."""
        box = nodes.container()
        self.state.nested_parse(self.content, self.content_offset, box)
        size = self.options.get("size", "small")
        return [
            make(
                "div",
                make("div", *box.children, class_="pg-words"),
                make("button", "Open the playground", type="button", class_="pg-open"),
                nodes.raw("", f"<noscript><p>{WITHOUT}</p></noscript>\n", format="html"),
                class_="rnn-playground",
                data_size=size,
                data_setup=self.options.get("setup", ""),
                data_controls=self.options.get("controls", ""),
                data_panels=self.options.get("panels", ""),
                data_script=PAGE,
                data_worker=WORKER,
                data_page="here",
            )
        ]


def copy_scripts(app: Sphinx) -> None:
    """Copy the bundled scripts into the site."""
    if app.builder.format != "html":
        return
    if not (STATIC / OPEN).is_file():
        raise ExtensionError("the playground's scripts are not bundled; run `make widgets` first")
    target = Path(app.outdir) / "_static"
    target.mkdir(parents=True, exist_ok=True)
    for name in SCRIPTS:
        shutil.copy(STATIC / name, target)


def version(name: str) -> str:
    """Return what stands behind a script's address, so that no reader is left with an earlier one."""
    return hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:8]


def finish(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: Any) -> None:
    """Fill in the addresses, and load the script that waits."""
    if 'class="rnn-playground"' not in context.get("body", ""):
        return
    address = context["pathto"]

    def filled(match: re.Match[str]) -> str:
        if match[2]:
            return str(address(FULL_PAGE))
        return f"{address('_static/' + match[1], 1)}?v={version(match[1])}"

    context["body"] = ADDRESS.sub(filled, context["body"])
    app.add_js_file(OPEN, loading_method="defer")


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the extension."""
    app.add_directive("playground", Playground)
    app.connect("builder-inited", copy_scripts)
    app.connect("html-page-context", finish)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
