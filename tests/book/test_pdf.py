"""The book as one document: every page once, every link with its target, and a PDF with outline and tags."""

import re
import sys
import unicodedata
from collections import Counter
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from pypdf import PdfReader
from sphinx_external_toc.parsing import parse_toc_yaml

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tools"))
import pdf

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.browser  # needs the built site


def test_every_page_is_in_the_document_and_every_link_and_picture_has_its_target(site):
    pages = list(parse_toc_yaml(ROOT / "_toc.yml"))
    document = BeautifulSoup(pdf.document(site, pages), "html.parser")
    names = [str(element["id"]) for element in document.find_all(id=True)]
    assert [section["id"] for section in document.select("main > div > section")] == pages
    assert len(document.find_all("h1")) == len(pages)
    links = [str(link["href"]) for link in document.find_all("a", href=True)]
    inner = {link[1:] for link in links if link.startswith("#")}
    assert len(inner) > 200
    count = Counter(names)
    assert not {link: count[link] for link in inner if count[link] != 1}
    assert all(link.startswith(("#", "https:", "mailto:")) for link in links)
    pictures = [str(image["src"]) for image in document.find_all("img")]
    assert len(pictures) > 20
    assert all((site / picture).is_file() for picture in pictures if not picture.startswith("data:"))
    assert all(details.has_attr("open") for details in document.find_all("details"))
    assert not document.find_all(["button", "script"])


PRINTED = ["book/welcome", "book/notation", "book/how_to_read", "notebooks/02_history", "book/bibliography"]


def outline(entries, depth=1):
    """Level and words of every entry."""
    for entry in entries:
        if isinstance(entry, list):
            yield from outline(entry, depth + 1)
        else:
            yield depth, entry.title


def flat(entries):
    for entry in entries:
        yield from flat(entry) if isinstance(entry, list) else [entry]


def fonts_of(page):
    """The names of the page's fonts of their own: those of MathJax are among them."""
    for font in page["/Resources"].get("/Font", {}).values():
        descriptor = font.get_object().get("/FontDescriptor")
        if descriptor is not None:
            yield str(descriptor["/FontName"])


def test_what_is_printed_opens_with_outline_tags_and_formulas(browser, site, tmp_path):
    output = tmp_path / "some.pdf"
    pdf.write_pdf(browser, site, PRINTED, output)
    assert not (site / "_print.html").exists()
    reader = PdfReader(output)
    assert len(reader.pages) >= 5
    headings = []
    for name in PRINTED:
        html = BeautifulSoup((site / f"{name}.html").read_text(encoding="utf-8"), "html.parser")
        for mark in html.select("a.headerlink"):
            mark.decompose()
        found = html.select_one("article.bd-article").find_all(re.compile("^h[1-6]$"))
        headings += [(int(heading.name[1]), " ".join(heading.get_text().split())) for heading in found]
    assert len(headings) > 10
    assert list(outline(reader.outline)) == headings
    assert reader.trailer["/Root"]["/StructTreeRoot"]["/Type"] == "/StructTreeRoot"
    text = "\n".join(page.extract_text() for page in reader.pages)
    assert "Details" not in text  # what a browser calls a folded part that lost its name
    fonts = {name for page in reader.pages for name in fonts_of(page)}
    assert any("MathJax_Math-Italic" in name for name in fonts), fonts
    # A reader who follows an entry arrives where the heading stands.
    for entry, (_, heading) in zip(flat(reader.outline), headings, strict=True):
        page = reader.pages[reader.get_destination_page_number(entry)].extract_text()
        page = unicodedata.normalize("NFKC", page)  # ligatures as letters
        assert "".join(heading.split()) in "".join(page.split())
