"""Keep the site in one place: every script, font and style sheet is served from the site itself."""

import re
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.util import logging

LOGGER = logging.getLogger(__name__)

# A script, style sheet, frame, image or font that a browser would fetch from another host.
FOREIGN_HTML = re.compile(
    r"<(?:script|img|iframe|source|audio|video|embed)\b[^>]*\bsrc=[\"'](?:https?:)?//[^\"']*"
    r"|<link\b(?=[^>]*\brel=[\"'](?:stylesheet|preload|modulepreload|preconnect|icon)[\"'])[^>]*"
    r"\bhref=[\"'](?:https?:)?//[^\"']*",
    re.IGNORECASE,
)
FOREIGN_CSS = re.compile(r"(?:url\(|@import\s+)\s*[\"']?(?:https?:)?//[^\"')]*", re.IGNORECASE)
CONTENT_NETWORK = re.compile(r"https?://(?:cdn\.|unpkg\.)[\w.]+(?:/npm/)?")


def trim(app: Sphinx, exception: Exception | None) -> None:
    """Delete source maps, empty the theme's icon script, then look for requests to other hosts."""
    if exception or app.builder.format != "html":
        return
    out = Path(app.outdir)
    for source_map in out.rglob("*.map"):
        source_map.unlink()
    # 543 KB gzipped that draw no icon here: the theme's web font draws them all.
    for script in out.glob("_static/scripts/fontawesome.js*"):
        script.write_text("", encoding="utf-8")
    for address in foreign_addresses(out):
        LOGGER.warning("a page would fetch from another host: %s", address, type="selfhost")


def foreign_addresses(site: Path) -> list[str]:
    """Return ``file: address`` for everything that the built files would fetch from another host."""
    found: list[str] = []
    for pattern, searches in (
        ("*.html", (FOREIGN_HTML, FOREIGN_CSS)),
        ("*.css", (FOREIGN_CSS,)),
        ("*.js", (CONTENT_NETWORK,)),
    ):
        for path in sorted(site.rglob(pattern)):
            text = path.read_text(encoding="utf-8", errors="replace")
            for search in searches:
                found += [f"{path.relative_to(site)}: {hit.group()}" for hit in search.finditer(text)]
    return found


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the extension."""
    app.connect("build-finished", trim)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
