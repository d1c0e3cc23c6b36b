"""The book as one document: every page once, every link with its target, and a PDF with outline and tags."""

import re
import sys
from collections import Counter
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
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
    assert all("mathjax" in str(script).lower() for script in document.find_all("script"))
    assert not document.find_all("button")


def test_what_is_printed_opens_with_outline_tags_and_formulas(browser, site, tmp_path):
    output = tmp_path / "some.pdf"
    pdf.write_pdf(browser, site, ["book/notation", "book/how_to_read", "book/bibliography"], output)
    assert not (site / "_print.html").exists()
    content = output.read_bytes()
    assert content.startswith(b"%PDF-")
    assert len(re.findall(rb"/Type\s*/Page\b", content)) >= 5
    titles = re.findall(rb"/Title\s*\((.*?)\)", content)
    assert {b"Notation", b"How to read this book", b"Bibliography", b"Sizes"} <= set(titles)
    assert re.search(rb"/Type\s*/StructTreeRoot", content)
    assert b"MathJax_Math-Italic" in content or b"MJXTEX" in content
