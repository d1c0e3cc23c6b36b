"""Print the built site as one PDF, with an outline and tags: the pages in the order of the table of contents.

Every page is put into one long document: its anchors get the page's name before them, and the links lead to
these. What is folded is opened, and an explorer is the picture of its first state. Chromium prints; the
outline then gets the headings' own words.

Usage: python tools/pdf.py [--check] [--site _build/html] [--output _build/book.pdf]
"""

import argparse
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from posixpath import join, normpath
from typing import cast
from urllib.parse import unquote, urlsplit

from bs4 import BeautifulSoup, Tag
from playwright.sync_api import Browser, PdfMargins, sync_playwright
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject
from sphinx_external_toc.parsing import parse_toc_yaml

TITLE = "The mathematics of recurrent neural networks"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]
# What has no use on paper: buttons, the data of live figures, marks beside headings, "Show code cell source".
DROPPED = "script, button, nav, a.headerlink"
HEADINGS = "h1, h2, h3, h4, h5, h6"
STYLE = """
html { font-size: 12.5px; }
h1 { break-before: page; }
img, svg, tr, mjx-container[display] { break-inside: avoid; }
h2, h3, h4, .admonition-title { break-after: avoid; }
pre { white-space: pre-wrap; orphans: 4; widows: 4; }
/* Code may run on over a page's end: no box around it scrolls or keeps together. */
pre, div[class*="highlight"] {
  display: block !important; break-inside: auto !important; overflow: visible !important;
}
img { max-width: 100%; max-height: 20cm; object-fit: contain; }
mjx-container[display] { overflow: visible !important; }
"""
FOOTER = '<div style="font-size: 8px; width: 100%; text-align: center"><span class="pageNumber"></span></div>'
READY = """async () => {
  await document.fonts.ready;
  await Promise.all([...document.images].map((image) => { image.loading = "eager"; return image.decode(); }));
}"""
WORDS = 'all => [...document.querySelectorAll(all)].map(one => one.textContent.trim().replace(/\\s+/g, " "))'


def anchor(page: str, fragment: str = "") -> str:
    """Return the name of an anchor of a page in the long document."""
    return f"{page}--{fragment}" if fragment else page


def article(site: Path, page: str, pages: list[str]) -> Tag:
    """Return what a page says: its anchors renamed, its links and pictures as seen from the site's root."""
    html = BeautifulSoup((site / f"{page}.html").read_text(encoding="utf-8"), "html.parser")
    body = html.select_one("article.bd-article")
    assert body is not None, f"{page} has no article"
    for element in body.select(DROPPED):
        element.decompose()
    for summary in body.select("details.hide > summary"):  # "Show code cell source": a box without it would
        assert summary.parent is not None  # be called "Details" by the browser
        summary.parent.name = "div"
        summary.decompose()
    for details in body.select("details"):
        details["open"] = ""
    for element in body.find_all(id=True):
        element["id"] = anchor(page, str(element["id"]))
    for element in body.find_all(["a", "img"]):
        name = "href" if element.name == "a" else "src"
        address = str(element.get(name, ""))
        parts = urlsplit(address)
        if not address or parts.scheme:
            continue
        path = normpath(join(f"{page}/..", unquote(parts.path))) if parts.path else f"{page}.html"
        target = path.removesuffix(".html")
        element[name] = f"#{anchor(target, parts.fragment)}" if target in pages else path
        if element.name == "a" and target not in pages:
            element.unwrap()  # to a page that is not printed, such as a listing, or to a picture's own file
    body.name = "section"
    body["id"] = anchor(page)
    return body


def document(site: Path, pages: list[str]) -> str:
    """Return the long document, to be opened in the site's root; the first page tells what all pages load."""
    first = BeautifulSoup((site / f"{pages[0]}.html").read_text(encoding="utf-8"), "html.parser")
    assert first.head is not None
    loaded = [str(tag["href"]).removeprefix("../") for tag in first.head.select('link[rel="stylesheet"]')]
    styles = "".join(f'<link rel="stylesheet" href="{address}">' for address in loaded)
    body = "\n".join(str(article(site, page, pages)) for page in pages)
    return (
        f'<!DOCTYPE html><html lang="en" data-theme="light" data-mode="light"><head><meta charset="utf-8">'
        f"<title>{TITLE}</title>{styles}<style>{STYLE}</style></head>"
        f'<body><main class="bd-content"><div class="bd-article">{body}</div></main></body></html>'
    )


def write_pdf(chromium: Browser, site: Path, pages: list[str], output: Path) -> None:
    """Print the pages of the site with a browser that runs."""
    source = site / "_print.html"  # beside the site's pages, whose styles and pictures it uses
    source.write_text(document(site, pages), encoding="utf-8")
    try:
        page = chromium.new_page()
        page.set_default_timeout(0)
        page.goto(source.resolve().as_uri())
        page.evaluate(READY)
        headings = page.evaluate(WORDS, HEADINGS)
        margins: PdfMargins = {"top": "18mm", "bottom": "18mm", "left": "18mm", "right": "18mm"}
        page.pdf(
            path=output,
            format="A4",
            margin=margins,
            print_background=True,
            display_header_footer=True,
            header_template="<span></span>",
            footer_template=FOOTER,
            tagged=True,
            outline=True,
        )
        page.close()
        name_outline(output, headings)
    finally:
        source.unlink()


def name_outline(path: Path, headings: list[str]) -> None:
    """Give the entries of a PDF's outline the words of the headings, in order.

    Chromium (156) takes the words from the lines that it has set: it writes a heading twice if that begins a
    page, and joins its lines without a space.
    """
    writer = PdfWriter(clone_from=path)
    entries = list(_outline(cast(DictionaryObject, writer.root_object["/Outlines"])))
    if len(entries) != len(headings):
        raise RuntimeError(f"the outline has {len(entries)} entries, but there are {len(headings)} headings")
    for entry, heading in zip(entries, headings, strict=True):
        entry[NameObject("/Title")] = TextStringObject(heading)
    writer.write(path)


def _outline(parent: DictionaryObject) -> Iterator[DictionaryObject]:
    """Every entry below one, from top to bottom."""
    entry = parent.get("/First")
    while entry is not None:
        found = cast(DictionaryObject, entry.get_object())
        yield found
        yield from _outline(found)
        entry = found.get("/Next")


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--site", type=Path, default=Path("_build/html"))
    parser.add_argument("--output", type=Path, default=Path("_build/book.pdf"))
    parser.add_argument("--check", action="store_true", help="only look for a browser")
    options = parser.parse_args(arguments)
    executable = next(
        (path for path in [os.environ.get("CHROMIUM"), *map(shutil.which, NAMES)] if path), None
    )
    if executable is None:
        parser.error(f"no Chromium was found; set CHROMIUM or install one of {', '.join(NAMES)}")
    if options.check:
        return 0
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable, args=ARGUMENTS)
        write_pdf(chromium, options.site, list(parse_toc_yaml(Path("_toc.yml"))), options.output)
        chromium.close()
    print(f"Written to {options.output}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
