"""What references refer to, to be shown beside them: one script per page, loaded when a link is pointed at.

A script, because a page opened from a file may load scripts but not fetch anything. Only blocks to which a
page of the book links are kept; a block on the reader's own page needs no script.
"""

import json
import posixpath
import re
from collections import defaultdict
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

LINK = re.compile(r'<a class="[^"]*\breference internal\b[^"]*" href="([^"#]*)#([^"]+)"')
# Theorem-like blocks, exercises, numbered formulas, figures and entries of the bibliography.
BLOCK = re.compile(
    r'<(div) class="(?:proof|exercise|citation|math) ?[^"]*"[^>]*? id="([^"]+)"[^>]*>'
    r'|<(figure)\b[^>]*? id="([^"]+)"[^>]*>'
)
IDS = re.compile(r' id="[^"]*"')
ANCHOR = re.compile(r"</?a\b[^>]*>")
HEADERLINK = re.compile(r'<a class="headerlink".*?</a>', re.S)


def whole_element(page: str, start: int, tag: str) -> str:
    """Return the element that begins at a place, up to its own end."""
    depth = 0
    for mark in re.compile(rf"<(/?){tag}\b[^>]*>").finditer(page, start):
        depth += -1 if mark[1] else 1
        if depth == 0:
            return page[start : mark.end()]
    raise ValueError(f"an element <{tag}> that begins at {start} does not end")


def blocks_of(page: str, wanted: set[str]) -> dict[str, str]:
    """Return the wanted blocks of a page by id: without ids, which are unique, and without links."""
    blocks = {}
    for mark in BLOCK.finditer(page):
        tag, name = mark[1] or mark[3], mark[2] or mark[4]
        if name in wanted:
            element = HEADERLINK.sub("", whole_element(page, mark.start(), tag))
            blocks[name] = ANCHOR.sub("", IDS.sub("", element))
    return blocks


def linked_from_elsewhere(pages: dict[str, str]) -> dict[str, set[str]]:
    """Return for each page the ids to which other pages link."""
    linked: dict[str, set[str]] = defaultdict(set)
    for name, page in pages.items():
        for path, target in LINK.findall(page):
            if path:
                linked[posixpath.normpath(posixpath.join(posixpath.dirname(name), path))].add(target)
    return linked


def write_previews(app: Sphinx, exception: Exception | None) -> None:
    """Write the scripts."""
    site = Path(app.outdir)
    if exception or app.builder.format != "html":
        return
    pages = {
        path.relative_to(site).as_posix(): path.read_text(encoding="utf-8")
        for folder in ("book", "notebooks")
        for path in (site / folder).glob("*.html")
    }
    folder = site / "_static" / "previews"
    folder.mkdir(parents=True, exist_ok=True)
    for name, wanted in linked_from_elsewhere(pages).items():
        if blocks := blocks_of(pages.get(name, ""), wanted):
            text = f"rnnBookPreviews[{json.dumps(name)}] = {json.dumps(blocks, ensure_ascii=False)};\n"
            (folder / f"{name.replace('/', '-')}.js").write_text(text, encoding="utf-8")


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the extension."""
    app.add_js_file("previews.js", loading_method="defer")
    app.connect("build-finished", write_previews)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
