"""The long document that is printed: a title page, the contents, and every page of the site.

Each page's anchors get the page's name before them, and the links lead to these. An explorer is the picture
of its first state. Folded code is left out, and so are the solutions unless they are asked for.
"""

import re
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from posixpath import join, normpath
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

import yaml
from bs4 import BeautifulSoup, Tag

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "book" / "_ext"))
from formula_marks import MARK, Formulas

# What has no use on paper: buttons, the data of live figures, marks beside headings, folded code.
DROPPED = (
    "script, button, nav, a.headerlink, .answer, .code-switch, .explorer-view, .live-bar, .live-link, "
    ".take-along, .offline-block, details.hide > summary, details.fold-plumbing, details.fold-equation, "
    ".viewcode-link, .rnn-playground noscript, section#the-tests-in-full"
)
STYLE = """
@page { size: A4; margin: 20mm 18mm; @bottom-center { content: counter(page); font: 9px sans-serif } }
@page bare { @bottom-center { content: none } }
html { font-size: 12.5px; }
section.page { break-before: page; }
.title-page { page: bare; min-height: 240mm; display: flex; flex-direction: column; text-align: center; }
.title-page p { margin: 1em 0; }
.title-page .title { margin-top: 55mm; font-size: 2.6em; line-height: 1.2; }
.title-page .facts { max-width: 32em; margin: auto auto 0; font-size: 0.9em; }
.contents .parts { columns: 2; column-gap: 2.5em; font-size: 0.9em; line-height: 1.35; }
.contents ol { margin-bottom: 0.3em; padding-left: 0; list-style: none; }
.contents ol ol { padding-left: 1.5em; }
.contents .part { margin: 1em 0 0.3em; font-weight: bold; break-after: avoid; }
.contents a { display: flex; color: inherit; text-decoration: none; break-inside: avoid; }
.contents a::after { order: 1; flex: 1; margin: 0 0.5em 0.3em; border-bottom: 1px dotted; content: ""; }
.contents .number { order: 2; min-width: 3ch; text-align: right; font-variant-numeric: tabular-nums; }
img, svg, tr, mjx-container[display], .sd-card { break-inside: avoid; }
h1, h2, h3, h4, .admonition-title, dt, .rubric { break-after: avoid; }
div.math { break-before: avoid; } /* what it belongs to stands before it */
p, li, dd { orphans: 3; widows: 2; }
pre { white-space: pre-wrap; orphans: 4; widows: 4; }
/* Long code may run on over a page's end: no box around it scrolls or keeps together. */
pre, div[class*="highlight"] {
  display: block !important; break-inside: auto !important; overflow: visible !important;
}
.short { break-inside: avoid !important; }
img { max-width: 100%; max-height: 20cm; object-fit: contain; }
/* All in one scale, so that their words have one size; only the tallest are made smaller. */
figure img { width: 10.5cm !important; height: auto !important; max-height: 14cm; }
figure svg { max-height: 15cm; }
.rnn-playground { min-height: 0 !important; }
td code, td code * { white-space: nowrap !important; }
.pst-scrollable-table-container { margin: 1em 0; }
a.symbol { border: 0; text-decoration: none; } /* its sign promises a hint */
.marks > span { display: block; }
summary { list-style: none; }
summary::before, summary::after { content: none !important; } /* nothing can be opened or closed */
mjx-container[display] { overflow: visible !important; }
"""


SHORT = 16  # lines of code, or rows of a table, that are kept on one sheet
# What lives in a browser only.
LEFT_OUT = {
    "book/playground", "book/try_it", "book/practice", "book/my_progress", "book/what_runs_here",
}  # fmt: skip
LEADS_TO_LEFT_OUT = re.compile(r"#tests-of-\d+$")
ON_THE_SITE = "<p><em>In the playground, on the site:</em></p>"
STANDS_STILL = (
    "Here the explorers are pictures. On the site they move and the code runs: that is where "
    "words such as <em>drag</em>, <em>play</em> and <em>run</em> belong."
)


class Book(NamedTuple):
    """What is said of the book on its title page and in the file's own description."""

    title: str
    subtitle: str
    author: str
    version: str
    licence: str
    about: str


def read_book(root: Path) -> Book:
    """Return the facts, from CITATION.cff."""
    data: dict[str, Any] = yaml.safe_load((root / "CITATION.cff").read_text(encoding="utf-8"))
    title, _, subtitle = data["title"].partition(": ")
    return Book(
        title,
        subtitle,
        " and ".join(author["name"] for author in data["authors"]),
        str(data["version"]),
        "Text and figures CC BY 4.0, code MIT",
        " ".join(data["abstract"].split()),
    )


def read_parts(root: Path) -> list[tuple[str, list[str]]]:
    """Return the parts of the book: the name of each and its pages; the first has no name."""
    toc = yaml.safe_load((root / "_toc.yml").read_text(encoding="utf-8"))
    parts = [(part["caption"], [entry["file"] for entry in part["chapters"]]) for part in toc["parts"]]
    return [("", [toc["root"]])] + [
        (name, [page for page in pages if page not in LEFT_OUT]) for name, pages in parts
    ]


def anchor(page: str, fragment: str = "") -> str:
    """Return the name of an anchor of a page in the long document."""
    return f"{page}--{fragment}" if fragment else page


def read_article(site: Path, page: str, dropped: str, formulas: Formulas | None = None) -> Tag:
    """Return what a page says, without what is dropped; given where to note them, marks for its formulas."""
    text = (site / f"{page}.html").read_text(encoding="utf-8")
    html = BeautifulSoup(text if formulas is None else formulas.mark(text), "html.parser")
    body = html.select_one("article.bd-article")
    assert body is not None, f"{page} has no article"
    for element in body.select(dropped):
        element.decompose()
    for fold in body.select("details.fold-check"):  # its marks stay, its code goes
        marks = fold.summary
        assert marks is not None
        marks.name = "div"
        marks["class"] = "marks"
        fold.replace_with(marks)
    for place in body.select(".rnn-playground"):  # its words say what can be tried there
        place.insert(0, BeautifulSoup(ON_THE_SITE, "html.parser"))
    for link in body.find_all("a", href=LEADS_TO_LEFT_OUT):
        link.name, link.attrs = "span", {"class": "test"}
    for hidden in body.select("details.hide"):  # without a summary the browser would name it "Details"
        hidden.name = "div"
    return body


def article(site: Path, page: str, pages: Sequence[str], solutions: bool, formulas: Formulas) -> Tag:
    """Return what a page says: its anchors renamed, its links and pictures as seen from the site's root."""
    body = read_article(site, page, DROPPED if solutions else f"{DROPPED}, details.solution", formulas)
    for details in body.select("details"):
        details["open"] = ""
    for block in body.select("pre, table"):
        rows = block.get_text().count("\n") if block.name == "pre" else len(block.select("tr"))
        if rows <= SHORT:
            block["class"] = " ".join(filter(None, [*block.get_attribute_list("class"), "short"]))
    for element in body.find_all(id=True):
        element["id"] = anchor(page, str(element["id"]))
    for element in body.find_all(["a", "img"]):
        name = "href" if element.name == "a" else "src"
        address = str(element.get(name, ""))
        parts = urlsplit(address)
        if not address or parts.scheme:
            continue
        if parts.fragment.startswith("explorer="):
            element.unwrap()  # a state of an explorer, which on paper is a picture
            continue
        path = normpath(join(f"{page}/..", unquote(parts.path))) if parts.path else f"{page}.html"
        target = path.removesuffix(".html")
        element[name] = f"#{anchor(target, parts.fragment)}" if target in pages else path
        if element.name == "a" and target not in pages:
            element.unwrap()  # to a page that is not printed, such as a listing, or to a picture's own file
    body.name = "section"
    body["id"] = anchor(page)
    return body


def title_page(book: Book, solutions: bool) -> str:
    """Return the title page."""
    return (
        f'<section class="title-page"><p class="title">{book.title}</p><p>{book.subtitle}</p>'
        f"<p>{book.author}</p>"
        "<p>After the report <em>Recurrent Neural Networks: A Mathematical Overview</em> by Jayin Khanna</p>"
        f'<div class="facts"><p>{STANDS_STILL}</p><p>Version {book.version}. {book.licence}. '
        f"{'With' if solutions else 'Without'} the solutions of the exercises.</p></div></section>"
    )


def contents(
    parts: Sequence[tuple[str, list[str]]], articles: Mapping[str, Tag], numbers: Mapping[str, int]
) -> str:
    """Return the list of pages and their main sections, with the numbers of the sheets where they begin."""
    lines = []
    for name, pages in parts:
        lines.append(f'<p class="part">{name}</p>' if name else "")
        entries = []
        for page in pages:
            title = articles[page].h1
            assert title is not None, f"{page} has no title"
            inner = []
            for heading in articles[page].select("section > h2"):
                assert heading.parent is not None
                inner.append(f"<li>{_entry(str(heading.parent['id']), heading, numbers)}</li>")
            entries.append(f"<li>{_entry(page, title, numbers)}<ol>{''.join(inner)}</ol></li>")
        lines.append(f"<ol>{''.join(entries)}</ol>")
    listed = f'<div class="parts">{"".join(lines)}</div>'
    return f'<section class="page contents"><h1>Contents</h1>{listed}</section>'


def _entry(target: str, heading: Tag, numbers: Mapping[str, int]) -> str:
    number = numbers.get(target, "")
    title = f"<span>{heading.decode_contents()}</span>"
    return f'<a href="#{target}">{title}<span class="number">{number}</span></a>'


def document(
    site: Path,
    parts: Sequence[tuple[str, list[str]]],
    book: Book,
    numbers: Mapping[str, int] | None = None,
    solutions: bool = False,
) -> str:
    """Return the long document, to be opened in the site's root; the first page tells what all pages load."""
    pages = [page for _, some in parts for page in some]
    first = BeautifulSoup((site / f"{pages[0]}.html").read_text(encoding="utf-8"), "html.parser")
    assert first.head is not None
    loaded = [str(tag["href"]).removeprefix("../") for tag in first.head.select('link[rel="stylesheet"]')]
    styles = "".join(f'<link rel="stylesheet" href="{address}">' for address in loaded)
    formulas = Formulas()  # they have no links, names or pictures to look for
    articles = {page: article(site, page, pages, solutions, formulas) for page in pages}
    heads = []
    for i, body in enumerate(articles.values()):
        assert body.h1 is not None
        assert not MARK.search(body.h1.get_text()), "a formula in a title would be in the head of the sheets"
        words = " ".join(body.h1.get_text().split()).replace("\\", "\\\\").replace('"', '\\"')
        heads.append(f'@page p{i} {{ @top-right {{ content: "{words}"; font: 9px sans-serif }} }}')
        body["class"] = "page"
        body["style"] = f"page: p{i}"
    inside = "\n".join(
        [title_page(book, solutions), contents(parts, articles, numbers or {}), *map(str, articles.values())]
    )
    shown = ' class="with-solutions"' if solutions else ""  # the site's print styles hide them otherwise
    return (
        f'<!DOCTYPE html><html lang="en" data-theme="light" data-mode="light"><head><meta charset="utf-8">'
        f"<title>{book.title}</title>{styles}<style>{STYLE}{' '.join(heads)}</style></head>"
        f"<body{shown}>"
        f'<main class="bd-content"><div class="bd-article">{formulas.restore(inside)}</div></main>'
        "</body></html>"
    )
