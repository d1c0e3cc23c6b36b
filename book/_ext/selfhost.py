"""Keep the site in one place: every script, font and style sheet is served from the site itself."""

import re
import shutil
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.errors import ExtensionError
from sphinx.util import logging

LOGGER = logging.getLogger(__name__)
ROOT = Path(__file__).resolve().parents[2]
MATHJAX = ROOT / "node_modules" / "mathjax" / "es5"
# The parts that the pages need. The usual bundle also holds a menu and a speech engine, 100 KB compressed.
PARTS = ("core", "input/tex", "output/chtml", "a11y/assistive-mml")
FONT = "output/chtml/fonts/tex"  # loaded by output/chtml when that is ready, and not before
FOLDERS = ("output/chtml/fonts/woff-v2", "input/tex/extensions")

# A script, style sheet, frame, image or font that a browser would fetch from another host.
FOREIGN_HTML = re.compile(
    r"<(?:script|img|iframe|source|audio|video|embed)\b[^>]*\bsrc=[\"'](?:https?:)?//[^\"']*"
    r"|<link\b(?=[^>]*\brel=[\"'](?:stylesheet|preload|modulepreload|preconnect|icon)[\"'])[^>]*"
    r"\bhref=[\"'](?:https?:)?//[^\"']*",
    re.IGNORECASE,
)
FOREIGN_CSS = re.compile(r"(?:url\(|@import\s+)\s*[\"']?(?:https?:)?//[^\"')]*", re.IGNORECASE)
CONTENT_NETWORK = re.compile(r"https?://(?:cdn\.|unpkg\.)[\w.]+(?:/npm/)?")


def configure(app: Sphinx, config: Config) -> None:
    """Point Sphinx at the local MathJax."""
    config.mathjax_path = "mathjax/startup.js"
    config.mathjax3_config = {"loader": {"load": list(PARTS)}}


def copy_mathjax(app: Sphinx) -> None:
    """Copy the part of MathJax that the pages use into the site."""
    if app.builder.format != "html":
        return
    if not MATHJAX.is_dir():
        raise ExtensionError("MathJax is not in node_modules; run `make node_modules/.ready` first")
    out = Path(app.outdir) / "_static" / "mathjax"
    for part in ("startup", *PARTS, FONT):
        script = (MATHJAX / f"{part}.js").read_text(encoding="utf-8")
        (out / part).parent.mkdir(parents=True, exist_ok=True)
        # The loader carries the address of a content network that is never asked here.
        (out / f"{part}.js").write_text(CONTENT_NETWORK.sub("", script), encoding="utf-8")
    for folder in FOLDERS:
        shutil.copytree(MATHJAX / folder, out / folder, dirs_exist_ok=True)


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
    app.connect("config-inited", configure)
    app.connect("builder-inited", copy_mathjax)
    app.connect("build-finished", trim)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
