"""What pages say of themselves in their head and at their foot, and the files beside them."""

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import yaml
from citing import bibtex, citation
from page_head import read_descriptions, shorten
from parsed import soup
from reader import PHONE, Reader
from site_files import anchor_links
from sphinx.testing.util import SphinxTestApp

ROOT = Path(__file__).resolve().parents[2]
WORDS = "First words of the page, with a formula"


def build(folder: Path, **settings: Any) -> Path:
    """Build a book of two pages and return its folder."""
    (folder / "book").mkdir()
    (folder / "notebooks").mkdir()
    (folder / "book" / "descriptions.yml").write_text("notebooks/one: By hand & well.\n")
    (folder / "CITATION.cff").write_text((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    (folder / "index.rst").write_text(
        f"Book\n====\n\n{WORDS} :math:`\\gamma`.\n\n.. toctree::\n\n   notebooks/one\n"
    )
    (folder / "notebooks" / "one.rst").write_text("9R One & <chapter>\n==================\n\nText.\n")
    (folder / "conf.py").write_text("extensions = ['page_head', 'site_files']\nhtml_title = 'The book'\n")
    app = SphinxTestApp("html", srcdir=folder, confoverrides=settings)
    app.build()
    app.cleanup()
    return Path(app.outdir)


def head(page: Path) -> dict[str, str]:
    """Return the entries of a page's head."""
    html = soup(page).head
    entries = {tag.get("name") or tag.get("property"): tag.get("content") for tag in html.find_all("meta")}
    canonical = html.find("link", rel="canonical")
    return entries | ({"canonical": canonical["href"]} if canonical else {})


def test_with_an_address_pages_are_canonical_and_mapped(tmp_path: Path) -> None:
    site = build(tmp_path, site_url="https://books.example/rnn/", repository="https://code.example/me/rnn")
    first, chapter = head(site / "index.html"), head(site / "notebooks" / "one.html")
    assert first["description"] == f"{WORDS} …."
    assert first["og:type"] == "book"
    assert chapter["description"] == chapter["og:description"] == "By hand & well."
    assert chapter["og:title"] == "9R One & <chapter>"
    assert chapter["og:site_name"] == "The book"
    assert chapter["og:type"] == "article"
    assert chapter["og:image"] == "https://books.example/rnn/_static/screenshot.png"
    assert chapter["canonical"] == chapter["og:url"] == "https://books.example/rnn/notebooks/one.html"
    tree = ElementTree.parse(site / "sitemap.xml")
    places = [element.text for element in tree.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
    assert places == ["https://books.example/rnn/index.html", "https://books.example/rnn/notebooks/one.html"]
    links = soup(site / "404.html").find_all("a")
    assert "https://books.example/rnn/index.html" in [link["href"] for link in links]


def test_without_an_address_nothing_pretends_to_have_one(tmp_path: Path) -> None:
    site = build(tmp_path)
    for page in ("index.html", "notebooks/one.html"):
        entries = head(site / page)
        assert entries["description"]
        assert not {"canonical", "og:url", "og:image", "twitter:card"} & entries.keys()
    assert not (site / "sitemap.xml").exists()
    assert not (site / "robots.txt").exists()


def test_the_book_is_described_in_structured_data(tmp_path: Path) -> None:
    site = build(tmp_path, site_url="https://books.example/rnn")
    data = json.loads(soup(site / "index.html").find("script", type="application/ld+json").string)
    about = citation(ROOT)
    assert data["@type"] == "Book"
    assert data["name"] == about["title"]
    assert data["version"] == about["version"]
    assert data["isBasedOn"][0]["author"][0]["familyName"] == "Khanna"
    url = "https://books.example/rnn/notebooks/one.html"
    assert data["hasPart"] == [{"@type": "Chapter", "name": "9R One & <chapter>", "url": url}]


def test_words_are_cut_between_words() -> None:
    assert shorten("short") == "short"
    assert shorten("word, " * 60).endswith("word …")
    assert len(shorten("word, " * 60)) <= 202


def test_links_of_the_missing_page_hold_in_every_folder() -> None:
    page = '<a href="book/a.html"><img src="_static/a.png"><a href="#x"><a href="https://a.b/c"><a href="/d">'
    assert anchor_links(page, "https://h.i/j/") == (
        '<a href="https://h.i/j/book/a.html"><img src="https://h.i/j/_static/a.png">'
        '<a href="#x"><a href="https://a.b/c"><a href="/d">'
    )


def test_the_entry_for_bibtex_names_version_and_address() -> None:
    entry = bibtex(citation(ROOT), "2026", "https://books.example")
    assert entry.startswith("@misc{rnn_book,\n")
    assert entry.count("{") == entry.count("}")
    for line in (
        "author  = {{The RNN book contributors}}",
        "year    = {2026}",
        "url     = {https://books.example}",
    ):
        assert f"  {line}," in entry
    assert f"version = {{{citation(ROOT)['version']}}}" in entry
    assert "url" not in bibtex(citation(ROOT), "2026", "")


def test_every_chapter_has_a_description_of_its_own() -> None:
    toc = yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))
    pages = [toc["root"], *(entry["file"] for part in toc["parts"] for entry in part["chapters"])]
    descriptions = read_descriptions(ROOT)
    assert set(descriptions) <= set(pages)
    assert {page for page in pages if page.startswith("notebooks/")} <= set(descriptions)
    assert len(set(descriptions.values())) == len(descriptions)
    assert all(50 < len(words) <= 200 for words in descriptions.values())


@pytest.mark.browser
def test_every_page_describes_itself_and_names_version_and_licence(site: Path, page_address: str) -> None:
    entries = head(site / page_address)
    if page_address in ("search.html", "genindex.html", "404.html") or page_address.startswith("_modules"):
        return
    assert len(entries["description"]) > 20, page_address
    assert "…." not in entries["description"]
    assert entries["og:title"]
    foot = soup(site / page_address).find(class_="book-footer").get_text(" ")
    assert f"Version {citation(ROOT)['version']}" in foot
    assert "CC BY 4.0" in foot


@pytest.mark.browser
@pytest.mark.parametrize("place", ["404.html", "no/such/folder/404.html"])
def test_the_missing_page_has_its_style_and_leads_home_from_any_folder(
    browser: Any, server: str, site: Path, place: str
) -> None:
    with Reader(browser, PHONE) as reader:
        body = (site / "404.html").read_text(encoding="utf-8")
        reader.page.route("**/no/such/**", lambda route: route.fulfill(body=body, content_type="text/html"))
        reader.open(f"{server}/{place}")
        reader.page.wait_for_load_state("networkidle")
        assert reader.page.locator("h1").inner_text() == "There is no such page"
        reader.page.get_by_role("link", name="first page").click()
        assert reader.page.url == f"{server}/book/welcome.html"
        assert reader.troubles == []
