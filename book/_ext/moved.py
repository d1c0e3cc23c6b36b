"""Pages that have moved: a small page at the old address leads to the new one, without a script.

``book/_moved.yml`` says which; ``book/_published.txt`` remembers every address that the site has ever had,
and a test refuses a page that goes without a way on.
"""

from collections.abc import Iterable, Mapping
from html import escape
from pathlib import Path
from posixpath import relpath
from typing import Any

import yaml
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError

MOVED = "book/_moved.yml"
PAGE = """<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta http-equiv="refresh" content="0; url={address}">
<link rel="canonical" href="{address}">
<title>This page has moved</title>
</head>
<body>
<main>
<h1>This page has moved</h1>
<p><a href="{address}">To its new place</a></p>
</main>
</body>
</html>
"""


def read_moved(root: Path) -> dict[str, str]:
    """Return the new address of each old one."""
    path = root / MOVED
    found = yaml.safe_load(path.read_text(encoding="utf-8")) if path.is_file() else None
    return {str(old): str(new) for old, new in (found or {}).items()}


def mistakes(moved: Mapping[str, str], pages: Iterable[str]) -> list[str]:
    """Return what is wrong with a table: an old address in use, or a new one that is not there."""
    there = set(pages)
    found = [f"{old} has not moved: it is a page of the book" for old in moved if old in there]
    for old, new in moved.items():
        if new.split("#")[0] not in there:
            found.append(f"{old} has moved to {new}, which is no page of the book")
    return found


def missing(published: Iterable[str], moved: Mapping[str, str], pages: Iterable[str]) -> list[str]:
    """Return the addresses that were published and lead nowhere now."""
    return sorted(set(published) - set(pages) - set(moved))


def page(old: str, new: str, language: str = "en") -> str:
    """Return the page that stands at an old address."""
    name, _, place = new.partition("#")
    address = relpath(f"{name}.html", str(Path(old).parent.as_posix())) + (f"#{place}" if place else "")
    return PAGE.format(address=escape(address), language=language)


def write_pages(app: Sphinx, exception: Exception | None) -> None:
    """Write a page at each old address."""
    if exception or app.builder.format != "html":
        return
    moved = read_moved(Path(app.srcdir))
    if wrong := mistakes(moved, app.env.found_docs):
        raise ExtensionError(f"{MOVED}: " + "; ".join(wrong))
    for old, new in moved.items():
        path = Path(app.outdir) / f"{old}.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page(old, new, app.config.language), encoding="utf-8")


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the extension."""
    app.connect("build-finished", write_pages)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
