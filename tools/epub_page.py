"""A page of the site as a page of the EPUB: XHTML without scripts, links in the book, solutions last."""

import re
from collections.abc import Collection
from html import escape
from pathlib import Path
from posixpath import join, normpath
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from bs4 import BeautifulSoup, Tag
from epub_formulas import NEW, set_formulas
from pdf_document import DROPPED, read_article

USELESS = f"{DROPPED}, style, .viewcode-link, .toctree-wrapper, .explorer-note, svg.sd-octicon"
KEPT = {"alt", "class", "colspan", "href", "id", "rowspan", "src", "start", "title", "width", "height"}


class Page(NamedTuple):
    """A page of the book."""

    name: str  # its address on the site, without the ending
    title: str
    sections: list[tuple[str, str]]  # the anchor of each, and its heading
    text: str
    pictures: set[str]  # their addresses on the site

    @property
    def properties(self) -> str:
        """What the package has to say of the file."""
        return " ".join(name for name, sign in (("mathml", "<math"), ("svg", "<svg")) if sign in self.text)


def anchor(name: str) -> str:
    """Return the name of an anchor as XML allows it."""
    name = re.sub(r"[^\w.-]", "-", name)
    return name if name[0].isalpha() else f"at-{name}"


def png(address: str) -> str:
    """Return the address of a picture in the book: WebP is not among the formats that every device draws."""
    return re.sub(r"\.webp$", ".png", address)


def set_anchors(body: Tag) -> None:
    """Give each anchor a name that XML allows, and that is there once."""
    seen: set[str] = set()
    for element in body.find_all(id=True):
        name = anchor(str(element["id"]))
        if name in seen:
            del element["id"]
        else:
            element["id"] = name
            seen.add(name)


def set_links(body: Tag, page: str, pages: Collection[str]) -> None:
    """Lead the links to the pages of the book; what leads elsewhere on the site becomes text."""
    for link in body.find_all("a"):
        parts = urlsplit(str(link.get("href", "")))
        if parts.scheme:
            continue
        path = normpath(join(f"{page}/..", unquote(parts.path))) if parts.path else f"{page}.html"
        if parts.fragment.startswith("explorer=") or path.removesuffix(".html") not in pages:
            link.unwrap()
        else:
            fragment = f"#{anchor(parts.fragment)}" if parts.fragment else ""
            link["href"] = re.sub(r"\.html$", ".xhtml", parts.path) + fragment


def set_pictures(body: Tag, page: str) -> set[str]:
    """Give each picture its address in the book, and return those on the site."""
    found = set()
    for image in body.find_all("img"):
        source = str(image["src"])
        found.add(normpath(join(f"{page}/..", unquote(source))))
        image["src"] = png(source)
    return found


def unfold(body: Tag) -> None:
    """Open what is folded; put the solutions to the end, with links to and fro."""
    solutions = body.select("details.solution")
    for details in body.select("details"):
        assert details.summary is not None
        details.name, details.summary.name = "div", "p"
    if not solutions:
        return
    main = body.section
    assert main is not None
    main.append(BeautifulSoup('<section id="solutions"><h2>Solutions</h2></section>', "html.parser"))
    for solution in solutions:
        exercise, title = body.find(id=str(solution["data-of"])), solution.p
        assert exercise is not None
        assert title is not None
        back = NEW.new_tag("a", attrs={"href": f"#{exercise['id']}"})
        back.extend(list(title.contents))
        title.append(back)
        link = f'<p class="to-solution"><a href="#{solution["id"]}">Solution</a></p>'
        exercise.append(BeautifulSoup(link, "html.parser"))
        main.select("section#solutions")[-1].append(solution.extract())


def set_attributes(element: Tag) -> None:
    """Leave out the attributes that serve scripts or a browser only, but not within drawings and formulas."""
    for child in element.find_all(True, recursive=False):
        if child.name not in ("svg", "math"):
            child.attrs = {name: value for name, value in child.attrs.items() if name in KEPT}
            set_attributes(child)


def mend(body: Tag) -> None:
    """Make XML of what browsers bear: a list in a paragraph, names in lower case in a drawing."""
    for paragraph in body.select("p:has(> ul)"):
        paragraph.unwrap()
    for drawing in body.find_all("svg"):
        drawing["xmlns"], drawing["viewBox"] = "http://www.w3.org/2000/svg", drawing.attrs.pop("viewbox")
        drawing.attrs.pop("role", None)
        for link in drawing.find_all("a"):
            title = NEW.new_tag("title")
            title.string = heading(link)
            link.insert(0, title)


def xhtml(title: str, inside: str, page: str) -> str:
    """Return a whole file of the book."""
    up = "../" * page.count("/")
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n'
        '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" lang="en" '
        f'xml:lang="en"><head><title>{escape(title)}</title>'
        f'<link rel="stylesheet" type="text/css" href="{up}style.css"/></head>\n'
        f"<body>{inside}</body></html>\n"
    )


def heading(element: Tag) -> str:
    """Return a heading in words."""
    return " ".join(element.get_text().split())


def read_page(site: Path, page: str, pages: Collection[str]) -> Page:
    """Return a page of the site as a page of the book."""
    body = read_article(site, page, USELESS)
    unfold(body)
    set_formulas(body)
    set_links(body, page, pages)
    pictures = set_pictures(body, page)
    set_anchors(body)
    set_attributes(body)
    mend(body)
    assert body.h1 is not None, f"{page} has no title"
    title = heading(body.h1)
    sections = [
        (str(part.parent["id"]), heading(part))
        for part in body.select("section > h2")
        if part.parent is not None
    ]
    return Page(page, title, sections, xhtml(title, body.decode_contents(), page), pictures)
