"""What is made from the site is offered on its first page; what is older or was not made is not."""

import os
import sys
import zipfile
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))

import site_zip  # noqa: E402
import take_along  # noqa: E402

PAGE = f'<main><p>Before.</p>\n{take_along.EMPTY}\n<p class="x">After.</p></main>'
BUILT_AT = 1_000_000


@pytest.fixture
def site(tmp_path):
    """A site in a folder where nothing has been made from it."""
    site = tmp_path / "html"
    (site / "book").mkdir(parents=True)
    (site / take_along.WELCOME).write_text(PAGE, encoding="utf-8")
    (site / "objects.inv").touch()
    os.utime(site / "objects.inv", (BUILT_AT, BUILT_AT))
    return site


def make(path, size, age=-60):
    path.write_bytes(b"x" * size)
    os.utime(path, (BUILT_AT - age, BUILT_AT - age))


def links(site):
    page = BeautifulSoup((site / take_along.WELCOME).read_text(encoding="utf-8"), "html.parser")
    return {str(link["href"]): link.next_sibling for link in page.find_all("a")}


def test_the_first_page_has_a_place_for_it():
    assert len(take_along.PLACE.findall((ROOT / "book" / "welcome.md").read_text(encoding="utf-8"))) == 1


def test_what_was_made_is_there_with_its_size(site):
    make(site.parent / "book.epub", 7_400_000)
    make(site.parent / "book.zip", 3000)
    assert take_along.offer(site, "7.8.9") == ["rnn-book-7.8.9.epub", "rnn-book-7.8.9-site.zip"]
    found = links(site)
    assert {(site / "book" / name).resolve().stat().st_size for name in found} == {7_400_000, 3000}
    assert [words.split(",")[1].strip() for words in found.values()] == ["7 MB", "1 MB"]
    text = (site / take_along.WELCOME).read_text(encoding="utf-8")
    assert "hidden" not in text
    assert "PDF" not in text
    assert text.startswith("<main><p>Before.</p>\n")
    assert text.endswith('\n<p class="x">After.</p></main>')


def test_what_is_older_than_the_site_is_not_offered_and_what_was_is_taken_back(site):
    make(site.parent / "book.pdf", 5000)
    take_along.offer(site, "7.8.9")
    assert list(links(site)) == ["../downloads/rnn-book-7.8.9.pdf"]
    make(site.parent / "book.pdf", 5000, age=60)
    assert take_along.offer(site, "7.8.9") == []
    assert (site / take_along.WELCOME).read_text(encoding="utf-8") == PAGE
    assert not (site / take_along.FOLDER).exists()


def test_the_zip_holds_the_site_without_what_it_offers(site):
    make(site.parent / "book.pdf", 5000)
    take_along.offer(site, "7.8.9")
    site_zip.write_zip(site, site.parent / "book.zip", "7.8.9")
    with zipfile.ZipFile(site.parent / "book.zip") as archive:
        assert archive.namelist() == ["rnn-book-7.8.9/book/welcome.html", "rnn-book-7.8.9/objects.inv"]
        assert archive.read("rnn-book-7.8.9/book/welcome.html").decode() == PAGE


def test_a_page_without_the_place_is_an_error(site):
    (site / take_along.WELCOME).write_text("<main></main>", encoding="utf-8")
    with pytest.raises(ValueError, match="0 places"):
        take_along.offer(site, "7.8.9")
