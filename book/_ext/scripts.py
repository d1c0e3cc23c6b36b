"""Keep scripts out of the pages: a site may allow only those in files of its own (a Content-Security-Policy).

What the theme and the extensions write into each page is left out; the templates and `book.js` do the part
of it that the book needs. An inline script that remains is a warning, and warnings are errors.
"""

import re
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.errors import ExtensionError
from sphinx.util import logging

LOGGER = logging.getLogger(__name__)
# The name of a page for the theme's menu of versions, which the book does not have.
DROPPED = re.compile(r"DOCUMENTATION_OPTIONS\.pagename")
# Tabs of sphinx-design; a page that uses them has this class.
TABS = "sd-tab-set"
TAB_STOPS = re.compile(r',"complete"===document\.readyState\?O\(\):window\.addEventListener\("load",O\)')
CHANGED = "/* without the tab stops, which book.js sets */"
# A script that a browser would run: without an address, and not data for other scripts.
INLINE = re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*\btype=\"application/)[^>]*>[^<]{0,60}")
HANDLER = re.compile(r"<[a-z][^>]*\son[a-z]+=\"[^\"]*\"")


def drop(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: Any) -> None:
    """Leave out the scripts that the page does not need."""
    tabs = TABS in context.get("body", "")
    context["script_files"] = [
        script
        for script in context["script_files"]
        if not DROPPED.search(script.attributes.get("body") or "")
        and (tabs or "design-tabs" not in str(script.filename))
    ]


def leave_tab_stops(app: Sphinx, exception: Exception | None) -> None:
    """Take out of the theme's script what `book.js` does: tab stops for boxes that scroll.

    The theme looks at a box and changes it before it looks at the next: of each of several hundred the
    browser has to work out the size anew.
    """
    script = Path(app.outdir) / "_static" / "scripts" / "pydata-sphinx-theme.js"
    if exception or app.builder.format != "html":
        return
    text = script.read_text(encoding="utf-8")
    if not text.startswith(CHANGED):
        text, count = TAB_STOPS.subn("", text)
        if count != 1:
            raise ExtensionError(f"{script.name} is not the script that the book knows")
        script.write_text(CHANGED + text, encoding="utf-8")


def inline_scripts(html: str) -> list[str]:
    """Return the beginning of every script that stands in a page."""
    return INLINE.findall(html) + HANDLER.findall(html)


def check(app: Sphinx, exception: Exception | None) -> None:
    """Warn of every script that stands in a page."""
    if exception or app.builder.format != "html":
        return
    site = Path(app.outdir)
    for path in sorted(site.rglob("*.html")):
        for script in inline_scripts(path.read_text(encoding="utf-8")):
            LOGGER.warning("%s has a script in it: %s", path.relative_to(site), script, type="scripts")


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the extension."""
    app.connect("html-page-context", drop, priority=900)
    app.connect("build-finished", leave_tab_stops)
    app.connect("build-finished", check)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
