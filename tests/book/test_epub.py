"""The EPUB: a whole book in XML, formulas in MathML that browsers draw, links with targets."""

import os
import re
import shutil
import subprocess
import zipfile
from functools import partial
from pathlib import Path
from posixpath import dirname, join, normpath
from xml.etree import ElementTree

import epub
import pytest
from bs4 import BeautifulSoup
from epub_formulas import set_formulas, set_primes, space_functions, styled
from pdf_document import LEFT_OUT, read_book, read_parts
from reader import Reader

ROOT = Path(__file__).resolve().parents[2]
# Pages with each kind of thing; with RNN_BOOK_REQUIRE_EPUBCHECK=1 it is the whole book.
SOME = [
    "book/welcome", "notebooks/01_introduction", "notebooks/06_backpropagation_through_time",
    "book/concordance", "book/api_gated", "book/bibliography", "notebooks/08_gradient_descent",
]  # fmt: skip
PAGE = re.compile(r"EPUB/(book|notebooks)/")


@pytest.fixture(scope="module")
def files(site, tmp_path_factory):
    """The files of a book of some pages."""
    wanted = os.environ.get("RNN_BOOK_REQUIRE_EPUBCHECK") == "1"
    parts = read_parts(ROOT) if wanted else [("", SOME[:1]), ("Some", SOME[1:])]
    return epub.make(site, parts, read_book(ROOT))


@pytest.fixture(scope="module")
def packed(files, tmp_path_factory):
    """The book as a file."""
    output = tmp_path_factory.mktemp("epub") / "book.epub"
    epub.write_epub(files, output)
    return output


@pytest.fixture(scope="module")
def pages(files):
    """The pages of the book, taken apart."""
    return {
        name: BeautifulSoup(text, "html.parser") for name, text in files.items() if name.endswith(".xhtml")
    }


# --- Formulas ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("letter", "variant", "sign"),
    [
        ("W", "bold", "𝐖"), ("x", "bold", "𝐱"), ("1", "bold", "𝟏"), ("δ", "bold", "𝛅"), ("L", "script", "ℒ"),
        ("N", "script", "𝒩"), ("R", "double-struck", "ℝ"), ("E", "double-struck", "𝔼"), ("+", "bold", None),
    ],
)  # fmt: skip
def test_a_letter_in_a_style_is_a_sign_of_its_own(letter, variant, sign):
    assert styled(letter, variant) == sign


def test_a_formula_is_its_mathml_with_the_number_beside_it():
    drawn = (
        '<div class="math"><mjx-container display="true" data-tex="W=\\alpha&lt;1 \\tag{7}">'
        "<mjx-math>drawn</mjx-math>"
        "<mjx-assistive-mml><math><mtable><mlabeledtr><mtd><mtext>(7)</mtext></mtd><mtd>"
        '<mi mathvariant="bold">W</mi><mo>+</mo><mi mathvariant="normal">d</mi></mtd></mlabeledtr>'
        "</mtable></math></mjx-assistive-mml></mjx-container></div>"
    )
    body = BeautifulSoup(f"<div>{drawn}</div>", "html.parser")
    set_formulas(body)
    box = body.select_one("div.math")
    assert [child.name for child in box.find_all(True, recursive=False)] == ["math", "span"]
    assert box.span.get_text() == "(7)"
    assert box.math.get_text() == "𝐖+d"
    assert box.math["display"] == "block"
    assert box.math["alttext"] == "W=\\alpha<1 \\tag{7}"
    assert box.find("mi", mathvariant=True).get_text() == "d"
    assert not body.find_all(["mlabeledtr", "mjx-math", "mjx-container"])


def changed_by(change, inside):
    """Return what a formula holds after a change."""
    math = BeautifulSoup(f"<math>{inside}</math>", "html.parser")
    change(math)
    return str(math.math)[6:-7]


def test_the_name_of_a_function_stands_apart_but_not_from_brackets():
    spaced = partial(changed_by, space_functions)
    log, thin = "<mi>log</mi><mo>\u2061</mo>", '<mspace width="0.167em"></mspace>'
    apart = log.replace("<mo>", '<mo rspace="0.167em">')
    assert spaced(f"<mn>7</mn>{log}<mn>5</mn>") == f"<mn>7</mn>{thin}{apart}<mn>5</mn>"
    assert spaced(f"<mo>−</mo>{log}<mo>(</mo>") == f"<mo>−</mo>{log}<mo>(</mo>"
    assert spaced(f"<mi>k</mi>{log}") == f"<mi>k</mi>{thin}{log}"


def test_a_prime_stands_beside_its_letter():
    primed = partial(changed_by, set_primes)
    mark, set_mark = "<mo>″</mo>", '<mo lspace="0" rspace="0">″</mo>'
    assert primed(f"<msup><mi>f</mi>{mark}</msup>") == f"<mrow><mi>f</mi>{set_mark}</mrow>"
    below = f"<msubsup><mi>o</mi><mi>k</mi>{mark}</msubsup>"
    assert primed(below) == f"<msub><mrow><mi>o</mi>{set_mark}</mrow><mi>k</mi></msub>"
    for other in ("<msup><mi>W</mi><mo>⊤</mo></msup>", "<msubsup><mi>W</mi><mi>h</mi><mn>7</mn></msubsup>"):
        assert primed(other) == other


# --- The book ---------------------------------------------------------------------------------------


@pytest.mark.browser
def test_the_files_are_those_that_the_package_names(files, packed):
    with zipfile.ZipFile(packed) as archive:
        first = archive.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
        assert archive.read("mimetype") == b"application/epub+zip"
        assert archive.namelist() == list(files)
    opf = {"o": "http://www.idpf.org/2007/opf", "dc": "http://purl.org/dc/elements/1.1/"}
    package = ElementTree.fromstring(files["EPUB/package.opf"])
    items = {item.get("id"): item for item in package.findall(".//o:item", opf)}
    named = [f"EPUB/{item.get('href')}" for item in items.values()]
    assert sorted(named) == sorted(set(files) - {"mimetype", "META-INF/container.xml", "EPUB/package.opf"})
    order = [items[each.get("idref")].get("href") for each in package.findall(".//o:itemref", opf)]
    assert order[:4] == ["cover.xhtml", "title.xhtml", "nav.xhtml", "book/welcome.xhtml"]
    assert set(order) == {name[5:] for name in files if name.endswith(".xhtml")}
    assert not LEFT_OUT & {name.removesuffix(".xhtml") for name in order}
    book = read_book(ROOT)
    assert package.findtext(".//dc:title", "", opf) == f"{book.title}: {book.subtitle}"
    assert package.findtext(".//dc:creator", "", opf) == book.author
    assert package.findtext(".//dc:language", "", opf) == "en"
    assert "CC BY 4.0" in package.findtext(".//dc:rights", "", opf)
    for name, what in (("nav.xhtml", "nav"), ("cover.png", "cover-image")):
        assert [item.get("properties") for item in items.values() if item.get("href") == name] == [what]
    assert files["EPUB/cover.png"].startswith(b"\x89PNG")


@pytest.mark.browser
def test_every_link_and_picture_has_its_target(files, pages):
    anchors = {name: [str(e["id"]) for e in page.find_all(id=True)] for name, page in pages.items()}
    count = 0
    for name, page in pages.items():
        assert len(anchors[name]) == len(set(anchors[name])), name
        assert not page.find_all(["script", "button", "input", "details", "noscript"]), name
        for link in page.find_all("a", href=True):
            address, _, fragment = str(link["href"]).partition("#")
            if re.match(r"https?:|mailto:", address):
                continue
            target = normpath(join(dirname(name), address)) if address else name
            assert target in pages, (name, address)
            assert not fragment or fragment in anchors[target], (name, link["href"])
            count += 1
        for image in page.find_all("img"):
            assert normpath(join(dirname(name), str(image["src"]))) in files, (name, image["src"])
            assert image["alt"]
    assert count > 100
    assert not [name for name in files if name.endswith(".webp")]


@pytest.mark.browser
def test_every_formula_is_there_once_and_no_style_is_left_that_devices_do_not_draw(site, pages):
    for name, page in pages.items():
        if not PAGE.match(name):
            continue
        source = (site / name.removeprefix("EPUB/")).with_suffix(".html").read_text(encoding="utf-8")
        article = BeautifulSoup(source, "html.parser").select_one("article.bd-article")
        for dropped in article.select("nav, script"):
            dropped.decompose()
        said = [str(each["data-tex"]) for each in article.select("mjx-container")]
        assert sorted(str(math["alttext"]) for math in page.find_all("math")) == sorted(said), name
        assert {e["mathvariant"] for e in page.find_all(mathvariant=True)} <= {"normal"}, name
        assert not page.find_all(re.compile("^mjx-|^mlabeledtr$")), name


@pytest.mark.browser
def test_the_solutions_stand_at_the_end_with_links_to_and_fro(pages):
    page = pages["EPUB/notebooks/06_backpropagation_through_time.xhtml"]
    last = page.find_all("h2")[-1]
    assert last.get_text() == "Solutions"
    solutions = last.parent.select("div.solution")
    exercises = page.select("div.exercise")
    assert len(solutions) == len(exercises) > 4
    for exercise in exercises:
        there = page.find(id=str(exercise.select_one(".to-solution a")["href"])[1:])
        assert there in solutions
        assert there.select_one("p > a")["href"] == f"#{exercise['id']}"


@pytest.mark.browser
def test_the_contents_name_every_page_and_its_sections(files, pages):
    toc = pages["EPUB/nav.xhtml"].nav
    links = {str(link["href"]): link.get_text() for link in toc.find_all("a")}
    assert set(links) >= {name[5:] for name in files if PAGE.match(name) and name.endswith(".xhtml")}
    assert links["notebooks/01_introduction.xhtml"].startswith("1 ")
    assert links["notebooks/01_introduction.xhtml#solutions"] == "Solutions"


@pytest.mark.browser
def test_a_browser_draws_the_formulas_and_no_page_is_wider_than_a_phone(browser, files, pages, tmp_path):
    for name, data in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(data)
    with Reader(browser, {"width": 390, "height": 700}) as reader:
        for name in ("nav.xhtml", *(f"{page}.xhtml" for page in SOME[:4])):
            reader.page.goto((tmp_path / "EPUB" / name).as_uri())
            boxes = reader.page.evaluate(
                "[...document.querySelectorAll('math')].map((m) => m.getBoundingClientRect().width)"
            )
            assert len(boxes) > 3 or "notebooks" not in name
            assert all(boxes), name
            wide = reader.page.evaluate("document.documentElement.scrollWidth - innerWidth")
            assert wide <= 0, name
        reader.resize({"width": 500, "height": 700})  # a small reading device cuts off what is wider
        for name in filter(PAGE.match, pages):
            reader.page.goto((tmp_path / name).as_uri())
            assert reader.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, name
        assert reader.troubles == []


def test_the_title_page_says_what_a_book_cannot_do_and_labels_are_not_shown(pages):
    assert "Here the explorers are pictures" in pages["EPUB/title.xhtml"].get_text()
    style = (ROOT / "tools" / "epub" / "style.css").read_text(encoding="utf-8")
    assert ".citation > .label {\n  display: none;" in style
    assert pages["EPUB/book/bibliography.xhtml"].select(".citation > .label")


@pytest.mark.browser
def test_the_same_site_gives_the_same_bytes(monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1800000000")
    assert epub.moment() == "2027-01-15T08:00:00Z"
    book = read_book(ROOT)
    assert epub.cover(book) == epub.cover(book)


@pytest.mark.browser
def test_epubcheck_finds_nothing(packed):
    program = shutil.which("epubcheck")
    if program is None:
        if os.environ.get("RNN_BOOK_REQUIRE_EPUBCHECK") == "1":
            pytest.fail(
                "required, but there is no epubcheck (Debian: apt-get install epubcheck)", pytrace=False
            )
        pytest.skip("the EPUB was not checked: there is no epubcheck")
    jar = Path(program).read_bytes()[:2] == b"PK"  # Debian's is a jar, which not every system starts
    command = ["java", "-jar", program] if jar else [program]
    ended = subprocess.run([*command, str(packed)], capture_output=True, text=True)
    said = [
        line for line in (ended.stdout + ended.stderr).splitlines() if re.match("FATAL|ERROR|WARNING", line)
    ]
    assert said == []
    assert ended.returncode == 0, ended.stderr
