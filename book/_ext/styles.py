"""Put the book's style sheets together into one, with the text's face beside it.

They are short files, one for each concern; each that a page names is a request for which the page waits
before it is drawn. The style sheets of the extensions for theorems and exercises are left out: ours say all.
The face is cut down to the characters that the site writes and those of a keyboard: a third less.
"""

import re
import shutil
from pathlib import Path
from typing import Any

from fontTools import subset
from fontTools.ttLib import TTFont
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ROOT / "book" / "_styles"
SHEET = "book.css"
FACE = ROOT / "node_modules" / "@fontsource" / "source-serif-4"
FACES = [f"source-serif-4-latin-{style}.woff2" for style in ("400-normal", "400-italic", "600-normal")]
PROOF = re.compile(r'(<div class="proof admonition"[^>]*>\s*<p>)Proof\.')
LEFT_OUT = ("proof.css", "exercise.css")
KEYBOARD = set(range(0x20, 0x7F))
SOME_EXPONENTS = set(map(ord, "¹²³"))  # the face has no others, and 10⁻¹³ is to be of one font
ESCAPED = re.compile(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2}))")  # a character in a bundled script
DIGITS = ["tnum", "pnum"]  # features that the style sheets ask for, beside those that every text has


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
    shutil.copy(FACE / "LICENSE", static / "fonts" / "LICENSE")  # the Open Font License asks for it


def written_characters(site: Path) -> set[int]:
    """Return the code points that stand in the site's pages and scripts."""
    found = set(KEYBOARD)
    for path in (*site.rglob("*.html"), *site.rglob("*.js")):
        text = path.read_text(encoding="utf-8")
        found.update(map(ord, set(text)))
        found.update(int(long or short, 16) for long, short in ESCAPED.findall(text))
    return found


def cut_faces(app: Sphinx, exception: Exception | None) -> None:
    """Write the part of each face that the site's text needs."""
    if exception or app.builder.format != "html":
        return
    site = Path(app.outdir)
    characters = written_characters(site)
    for name in FACES:
        font = TTFont(FACE / "files" / name, recalcTimestamp=False)  # the same site twice is the same file
        options = subset.Options(hinting=False)
        options.layout_features = [*options.layout_features, *DIGITS]
        cutter = subset.Subsetter(options)
        cutter.populate(unicodes=characters - SOME_EXPONENTS)
        cutter.subset(font)
        font.save(site / "_static" / "fonts" / name)


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
    app.connect("build-finished", cut_faces, priority=790)  # the search then adds signs that are not shown
    app.connect("html-page-context", name_proofs)
    app.connect("html-page-context", leave_out, priority=900)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
