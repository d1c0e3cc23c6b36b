"""The book as one document: every page once, every link with its target; a PDF with contents and outline."""

import re
import unicodedata
from collections import Counter
from pathlib import Path

import pdf
import pytest
from bs4 import BeautifulSoup
from formula_marks import Formulas
from pdf_document import LEFT_OUT, ON_THE_SITE
from pypdf import PdfReader
from sphinx_external_toc.parsing import parse_toc_yaml

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.browser  # needs the built site


@pytest.mark.parametrize(
    "solutions",
    [
        pytest.param(True, id="with solutions"),
        pytest.param(False, id="without solutions", marks=pytest.mark.thorough),
    ],
)
def test_every_page_is_in_the_document_and_every_link_and_picture_has_its_target(site, solutions):
    parts = pdf.read_parts(ROOT)
    pages = [page for page in parse_toc_yaml(ROOT / "_toc.yml") if page not in LEFT_OUT]
    assert [page for _, some in parts for page in some] == pages
    text = pdf.document(site, parts, pdf.read_book(ROOT), solutions=solutions)
    formulas = Formulas()
    document = BeautifulSoup(formulas.mark(text), "html.parser")
    assert not [html for html in formulas.html if re.search(r"<a |<img | id=", html)], "not looked at below"
    names = [str(element["id"]) for element in document.find_all(id=True)]
    assert [section["id"] for section in document.select("main > div > section[id]")] == pages
    assert len(document.find_all("h1")) == len(pages) + 1  # the contents have one
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
    assert not document.find_all(["button", "script", "noscript"])
    assert not document.select(".viewcode-link, #the-tests-in-full")
    assert len(document.select(".rnn-playground")) == text.count(ON_THE_SITE) > 2
    assert (
        len(document.select("details.solution")) > 60
        if solutions
        else not document.select("details.solution")
    )


@pytest.mark.parametrize("solutions", [False, True], ids=["without solutions", "with solutions"])
def test_the_solutions_are_on_the_sheets_if_asked_for(browser, site, tmp_path, solutions):
    """In the document is not on the sheets: the site's print styles hide what a reader did not ask for."""
    output, chapter = tmp_path / "chapter.pdf", "notebooks/01_introduction"
    pdf.write_pdf(browser, site, [("", [chapter])], pdf.read_book(ROOT), output, solutions)
    text = " ".join(" ".join(page.extract_text() for page in PdfReader(output).pages).split())
    document = BeautifulSoup((site / f"{chapter}.html").read_text(encoding="utf-8"), "html.parser")
    wanted = len(document.select("details.solution")) if solutions else 0
    assert len(re.findall(r"Solution to Exercise \d", text)) == wanted


def test_no_heading_is_left_on_the_last_sheet(browser, site, tmp_path):
    """Before another heading and a list in columns, and before cards."""
    output, pages = tmp_path / "some.pdf", ["book/welcome", "book/errata"]
    pdf.write_pdf(browser, site, [("", pages)], pdf.read_book(ROOT), output)
    sheets = [" ".join(page.extract_text().split()) for page in PdfReader(output).pages]
    errata = BeautifulSoup((site / "book/errata.html").read_text(encoding="utf-8"), "html.parser")
    below = errata.select("h2 + section > h3")
    assert len(below) > 5
    words = [(next(h3.parent.find_previous_sibling("h2").strings), next(h3.strings)) for h3 in below]
    for first, second in [*words, ("Three doors", "Twenty minutes")]:
        last = [sheet for sheet in sheets if first in sheet][-1]
        assert second in last, first


def test_short_code_and_tables_stay_on_one_sheet(site):
    text = pdf.document(site, [("", ["notebooks/05_architecture"])], pdf.read_book(ROOT))
    document = BeautifulSoup(text, "html.parser")
    long = [code.get_text().count("\n") for code in document.select("pre:not(.short)")]
    assert all(lines > 16 for lines in long)
    assert len(document.select("pre.short")) > len(long)
    assert len(document.select("table.short.table")) > 2


def test_the_contents_name_pages_and_sections_with_their_numbers(site):
    numbers = {"notebooks/02_history": 7, "notebooks/02_history--exercises": 31}
    text = pdf.document(
        site, [("", ["book/welcome"]), ("Chapters", ["notebooks/02_history"])], pdf.read_book(ROOT), numbers
    )
    contents = BeautifulSoup(text, "html.parser").select_one("section.contents")
    said = {link["href"]: link.select_one(".number").get_text() for link in contents.select("a")}
    assert said["#notebooks/02_history"] == "7"
    assert said["#notebooks/02_history--exercises"] == "31"
    assert said["#book/welcome"] == ""
    assert contents.select_one(".part").get_text() == "Chapters"


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
    book = pdf.read_book(ROOT)
    pdf.write_pdf(browser, site, [("", PRINTED)], book, output)
    assert not (site / "_print.html").exists()
    reader = PdfReader(output)
    assert len(reader.pages) >= 7
    headings = [(1, "Contents")]
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
    assert reader.metadata.title == f"{book.title}: {book.subtitle}"
    assert reader.metadata.author == book.author
    assert "CC BY 4.0" in reader.metadata.keywords
    assert reader.trailer["/Root"]["/Lang"] == "en"
    fonts = {name for page in reader.pages for name in fonts_of(page)}
    assert any("MathJax_Math-Italic" in name for name in fonts), fonts
    # A reader who follows an entry arrives where the heading stands.
    for entry, (_, heading) in zip(flat(reader.outline), headings, strict=True):
        page = reader.pages[reader.get_destination_page_number(entry)].extract_text()
        page = unicodedata.normalize("NFKC", page)  # ligatures as letters
        page = page.replace("\u02bc", "\u2019")  # the face has one glyph for both apostrophes
        assert "".join(heading.split()) in "".join(page.split())
    # The title page is the first, without a number; the others have theirs, and their chapter's title above.
    sheets = [page.extract_text() for page in reader.pages]
    assert book.title in " ".join(sheets[0].split())
    assert "Khanna" in sheets[0]
    starts = {
        heading: reader.get_destination_page_number(entry)
        for entry, (_, heading) in zip(flat(reader.outline), headings, strict=True)
    }
    assert "1" not in sheets[0].split()
    for number, sheet in enumerate(sheets[1:], 2):
        assert str(number) in sheet.split()
    history = next(heading for heading in starts if heading.startswith("2 "))
    assert history in " ".join(sheets[starts[history] + 1].split())
    # What the contents say is where the section begins.
    listed = "".join("".join(sheet.split()) for sheet in sheets[1 : starts["Notation"]])
    for heading in ("Notation", history, "Bibliography"):
        assert f"{''.join(heading.split())}{starts[heading] + 1}" in listed, heading
