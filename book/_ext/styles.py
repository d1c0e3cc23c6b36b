"""Put the book's style sheets together into one, with the text's face beside it.

They are short files, one for each concern; each that a page names is a request for which the page waits
before it is drawn. The style sheets of the extensions for theorems and exercises are left out: ours say all.
"""

import re
import shutil
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.errors import ExtensionError

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ROOT / "book" / "_styles"
SHEET = "book.css"
FACE = ROOT / "node_modules" / "@fontsource" / "source-serif-4"
FACES = [f"source-serif-4-latin-{style}.woff2" for style in ("400-normal", "400-italic", "600-normal")]
PROOF = re.compile(r'(<div class="proof admonition"[^>]*>\s*<p>)Proof\.')
LEFT_OUT = ("proof.css", "exercise.css")


def sheets() -> list[Path]:
    """Return the style sheets in their order: the page first; paper last, as it takes back much."""
    last = ("print.css",)
    rest = sorted(path for path in SOURCES.glob("*.css") if path.name not in ("page.css", *last))
    return [SOURCES / "page.css", *rest, *(SOURCES / name for name in last)]


def write(app: Sphinx) -> None:
    """Write the one style sheet and the faces where the pages look for them."""
    if app.builder.format != "html":
        return
    if not FACE.is_dir():
        raise ExtensionError("the text's face is not in node_modules; run `make node_modules/.ready` first")
    static = Path(app.outdir) / "_static"
    (static / "fonts").mkdir(parents=True, exist_ok=True)
    (static / SHEET).write_text("\n".join(path.read_text("utf-8") for path in sheets()), encoding="utf-8")
    for name in FACES:
        shutil.copy(FACE / "files" / name, static / "fonts" / name)
    shutil.copy(FACE / "LICENSE", static / "fonts" / "LICENSE")  # the Open Font License asks for it


def name_proofs(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: Any) -> None:
    """Mark the word with which a proof begins, so that it can look like a label."""
    if "body" in context:
        context["body"] = PROOF.sub(r'\1<span class="proof-name">Proof.</span>', context["body"])


def leave_out(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: Any) -> None:
    """Take the style sheets that ours replace out of a page."""
    context["css_files"] = [
        sheet for sheet in context["css_files"] if Path(str(sheet.filename)).name not in LEFT_OUT
    ]


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the extension."""
    app.add_css_file(SHEET, priority=900)
    app.connect("builder-inited", write)
    app.connect("html-page-context", name_proofs)
    app.connect("html-page-context", leave_out, priority=900)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
