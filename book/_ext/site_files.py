"""Files beside the pages of the book: the page for addresses that do not exist, and the map of the site."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urljoin
from xml.sax.saxutils import escape

from sphinx.application import Sphinx

MISSING = "404"
WORDS = """
<section>
<h1>There is no such page</h1>
<p>The address may have a slip in it, or the page has moved. The chapters are in the menu, and the
<a href="{root}">first page</a> says what this book is.</p>
</section>
"""
RELATIVE = re.compile(r'\b(href|src|action|data-content_root)="(?!#|/|[a-z]+:)([^"]*)"')


def missing_page(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Give the page that a host shows where there is none."""
    body = WORDS.format(root=app.builder.get_target_uri(app.config.root_doc))
    yield MISSING, {"title": "There is no such page", "body": body, "parents": []}, "page.html"


def anchor_links(page: str, base: str) -> str:
    """Return the page with links that hold wherever it is shown: it stands in for addresses in any folder."""
    return RELATIVE.sub(lambda match: f'{match[1]}="{urljoin(base, match[2])}"', page)


def write_files(app: Sphinx, exception: Exception | None) -> None:
    """Mend the links of the missing page and write the map."""
    if exception or app.builder.format != "html":
        return
    site, base = Path(app.outdir), app.config.site_url.rstrip("/") + "/"
    (site / ".nojekyll").touch()  # else a host that runs Jekyll leaves out all folders that begin with _
    page = site / f"{MISSING}.html"
    page.write_text(anchor_links(page.read_text(encoding="utf-8"), base), encoding="utf-8")
    if app.config.site_url:
        (site / "sitemap.xml").write_text(site_map(app, base), encoding="utf-8")
        (site / "robots.txt").write_text(f"Sitemap: {base}sitemap.xml\n", encoding="utf-8")


def site_map(app: Sphinx, base: str) -> str:
    """Return the addresses of all pages, in the form that search engines read."""
    pages = sorted(app.env.found_docs)
    entries = "\n".join(
        f"<url><loc>{escape(base + app.builder.get_target_uri(page))}</loc></url>" for page in pages
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{entries}\n</urlset>\n'
    )


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the extension."""
    app.connect("html-collect-pages", missing_page)
    app.connect("build-finished", write_files)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
