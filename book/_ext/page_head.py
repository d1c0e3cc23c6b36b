"""What a page says of itself to those who link, list and cite it, in its head.

Each page gets a description (from ``book/descriptions.yml``, else its own first words) and the title and text
of link cards. The welcome page says that this is a book, with author, version, licence and chapters, as
structured data. Addresses (the canonical one, the cards' picture) need `site_url` in ``_config.yml``.
"""

import json
import re
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

import yaml
from citing import citation
from docutils import nodes
from sphinx.application import Sphinx

LENGTH = 200
PICTURE = "_static/screenshot.png"


@cache  # every page asks
def read_descriptions(root: Path) -> dict[str, str]:
    """Return the descriptions that are written by hand."""
    entries = yaml.safe_load((root / "book" / "descriptions.yml").read_text(encoding="utf-8"))
    assert isinstance(entries, dict)
    return entries


def first_words(doctree: nodes.document) -> str:
    """Return the page's first paragraph as text, cut between words."""
    for paragraph in doctree.findall(nodes.paragraph):
        inside = isinstance(paragraph.parent, nodes.section | nodes.document)
        if inside and "report-heading" not in paragraph["classes"]:
            return shorten(" ".join(words_of(paragraph).split()))
    return ""


def words_of(node: nodes.Node) -> str:
    """Return a node's text, without TeX and what stands for a source."""
    if isinstance(node, nodes.Text):
        return str(node)
    if isinstance(node, nodes.math | nodes.citation_reference) or "bibtex" in node.get("classes", []):
        return node.astext() if re.fullmatch(r"[\w ]*", node.astext()) else "…"
    return "".join(map(words_of, node.children))


def shorten(text: str) -> str:
    """Return the text, or as many of its words as fit."""
    return text if len(text) <= LENGTH else text[:LENGTH].rsplit(" ", 1)[0].rstrip(",;:") + " …"


def address_of(app: Sphinx, page: str) -> str | None:
    """Return the page's address on the web, if the book has one."""
    base = app.config.site_url
    return f"{base.rstrip('/')}/{app.builder.get_target_uri(page)}" if base else None


def is_chapter(page: str) -> bool:
    """Return whether a page is a chapter."""
    return page.startswith("notebooks/")


def chapter(app: Sphinx, page: str) -> dict[str, str]:
    """Return a chapter in the vocabulary of schema.org."""
    data = {"@type": "Chapter", "name": app.env.titles[page].astext()}
    if url := address_of(app, page):
        data["url"] = url
    return data


def structured_data(app: Sphinx) -> dict[str, Any]:
    """Return the book in the vocabulary of schema.org."""
    about = citation(Path(app.srcdir))
    data = {
        "@context": "https://schema.org",
        "@type": "Book",
        "name": about["title"],
        "abstract": about["abstract"].strip(),
        "author": [{"@type": "Organization", "name": author["name"]} for author in about["authors"]],
        "inLanguage": app.config.language,
        "bookFormat": "https://schema.org/EBook",
        "version": str(about["version"]),
        "license": [f"https://spdx.org/licenses/{name}.html" for name in about["license"]],
        "keywords": about["keywords"],
        "isBasedOn": [
            {
                "@type": "Report",
                "name": source["title"],
                "author": [
                    {"@type": "Person", "givenName": name["given-names"], "familyName": name["family-names"]}
                    for name in source["authors"]
                ],
            }
            for source in about["references"]
        ],
        "hasPart": [
            chapter(app, page) for page in app.env.toctree_includes[app.config.root_doc] if is_chapter(page)
        ],
    }
    if base := app.config.site_url:
        data["url"] = base
    return data


def fill_head(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: Any) -> None:
    """Add the page's own entries to its head."""
    if doctree is None:
        return
    title = app.env.titles[page].astext()
    words = read_descriptions(Path(app.srcdir)).get(page) or first_words(doctree)
    properties = {
        "og:title": title,
        "og:type": "book" if page == app.config.root_doc else "article",
        "og:site_name": app.config.html_title,
        "og:description": words,
    }
    url = address_of(app, page)
    if url:
        properties["og:url"] = url
        properties["og:image"] = f"{app.config.site_url.rstrip('/')}/{PICTURE}"
        properties["og:image:alt"] = (
            "An explorer of the book: a point in a plane, and the curves that answer it."
        )
    tags = [f'<meta name="description" content="{escape(words)}" />'] if words else []
    tags += [
        f'<meta property="{name}" content="{escape(content)}" />'
        for name, content in properties.items()
        if content
    ]
    if url:
        tags += [
            f'<link rel="canonical" href="{escape(url)}" />',
            '<meta name="twitter:card" content="summary" />',
        ]
    if page == app.config.root_doc:
        data = json.dumps(structured_data(app), ensure_ascii=False).replace("<", "\\u003c")
        tags.append(f'<script type="application/ld+json">{data}</script>')
    context["metatags"] = context.get("metatags", "") + "\n" + "\n".join(tags) + "\n"
    context["book"] = {
        "version": citation(Path(app.srcdir))["version"],
        "source": source_of(app, page),
    }


def source_of(app: Sphinx, page: str) -> str | None:
    """Return the address of the file that a page is made from, if the book has a repository."""
    if not app.config.repository:
        return None
    file = Path(app.env.doc2path(page)).resolve().relative_to(Path(app.srcdir).resolve())
    return f"{app.config.repository.rstrip('/')}/blob/main/{file.as_posix()}"


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the extension."""
    app.add_config_value("site_url", "", "html", str)
    app.add_config_value("repository", "", "html", str)
    app.connect("html-page-context", fill_head)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
