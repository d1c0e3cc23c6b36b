"""What can be read off the built files without a browser: links, anchors, images, headings, titles."""

from functools import cache
from itertools import pairwise
from pathlib import Path
from urllib.parse import parse_qs, unquote, urljoin, urlsplit

import pytest
from parsed import soup
from selfhost import foreign_addresses

pytestmark = pytest.mark.browser  # needs the built site


@cache
def anchors(path: Path) -> frozenset[str]:
    """Return every anchor of a page."""
    page = soup(path)
    return frozenset(str(tag["id"]) for tag in page.find_all(id=True)) | {"", "top"}


def test_every_internal_link_and_anchor_resolves(site: Path, page_address: str) -> None:
    broken = []
    for tag in soup(site / page_address).find_all(["a", "img", "script", "link", "source"]):
        address = str(tag.get("href") or tag.get("src") or "")
        parts = urlsplit(urljoin(f"/{page_address}", address))
        if not address or urlsplit(address).scheme:
            continue
        target = site / unquote(parts.path).lstrip("/")
        if not target.is_file():
            broken.append(f"{address}: no such file")
        elif parts.fragment.startswith("explorer="):
            name = parse_qs(parts.fragment)["explorer"][0]
            if f'"name": "{name}"' not in target.read_text(encoding="utf-8"):
                broken.append(f"{address}: no such explorer")
        elif target.suffix == ".html" and unquote(parts.fragment) not in anchors(target):
            broken.append(f"{address}: no such anchor")
    assert not broken, "\n".join(broken)


def test_links_to_other_sites_are_https(site: Path, page_address: str) -> None:
    links = [str(a["href"]) for a in soup(site / page_address).find_all("a", href=True)]
    assert not [link for link in links if urlsplit(link).scheme not in ("", "https", "mailto")]


def test_every_image_has_a_text(site: Path, page_address: str) -> None:
    images = soup(site / page_address).find_all("img")
    assert images, "the logo at least"
    assert not [str(i)[:120] for i in images if not str(i.get("alt", "")).strip()]
    assert not [str(i)[:120] for i in images if str(i.get("alt", "")).endswith((".png", ".svg"))]


def test_headings_descend_one_level_at_a_time(site: Path, page_address: str) -> None:
    page = soup(site / page_address)
    levels = [int(tag.name[1]) for tag in page.find("main").find_all(["h1", "h2", "h3", "h4", "h5", "h6"])]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(below <= above + 1 for above, below in pairwise(levels)), levels


def test_every_page_has_its_own_title_and_language(site: Path, page_address: str) -> None:
    page = soup(site / page_address)
    title = page.title.get_text() if page.title else ""
    assert "The mathematics of recurrent neural networks" in title
    assert page.html["lang"] == "en"
    others = [p for p in site.glob("book/*.html") if p != site / page_address]
    assert title not in [soup(p).title.get_text() for p in others]


def test_no_file_of_the_site_names_another_host_to_fetch_from(site: Path) -> None:
    assert foreign_addresses(site) == []


def test_no_source_maps_are_published(site: Path) -> None:
    assert list(site.rglob("*.map")) == []


def test_the_benchmarks_page_shows_its_results_as_tables(site: Path) -> None:
    folder = Path(__file__).resolve().parents[2] / "benchmarks"
    tables = soup(site / "book/benchmarks.html").select("article table")
    for table, name, programs in zip(tables, ("results", "results_gated"), (1, 2), strict=True):
        recorded = (folder / f"{name}.csv").read_text(encoding="utf-8").splitlines()[1:]
        sizes = {tuple(line.split(",")[:6]) for line in recorded}
        assert len(table.select("tbody tr")) == programs * len(sizes) >= 12
