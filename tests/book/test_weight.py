"""What a page costs its reader."""

import gzip
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from conftest import explorer_pages
from reader import Reader

pytestmark = pytest.mark.browser

ROOT = Path(__file__).resolve().parents[2]
KB = 1000
# The addresses of all figures that a reader with scripts sees; an explorer's picture is for those without.
FIGURES = """() => [...document.querySelectorAll('.bd-article img')]
  .filter((image) => image.getClientRects().length).map((image) => new URL(image.src).pathname)"""

CHAPTERS = {
    f"notebooks/{path.stem}.html"
    for path in (ROOT / "notebooks").glob("*.ipynb")
    if "_study_" not in path.stem
}
EXPLORERS = explorer_pages()
FALLBACKS = """() => [...document.querySelectorAll('.explorer-fallback img')]
  .map((image) => new URL(image.currentSrc || image.src).pathname)"""


def zipped(content: bytes) -> int:
    """Return the size after compression as a server would do it."""
    return len(gzip.compress(content, 6))


def fetched(reader: Reader, server: str, site: Path) -> dict[str, int]:
    """Return what a reader has fetched so far, and its size after compression."""
    files = {unquote(urlsplit(url).path) for url in reader.requests if url.startswith(server)}
    return {name: zipped((site / name.lstrip("/")).read_bytes()) for name in files}


def assert_light(sizes: dict[str, int], most: int) -> None:
    """All together is at most so many KB."""
    total, largest = sum(sizes.values()) / KB, sorted(sizes.items(), key=lambda item: -item[1])[:5]
    assert total <= most, f"{total:.0f} KB in {len(sizes)} requests; largest: {largest}"


@pytest.mark.parametrize("page", sorted({*CHAPTERS, *EXPLORERS}))
def test_a_page_with_mathematics(browser: Any, server: str, site: Path, page: str) -> None:
    """What a chapter fetches before the reader scrolls, but for an explorer's picture, is at most 320 KB.

    Chapter 1 may have 25 KB more: its explorer brings a trained network, at six moments of its training.
    All that a page with an explorer fetches until its end is reached is at most 800 KB.
    """
    with Reader(browser) as reader:
        reader.open(f"{server}/{page}")
        if page in CHAPTERS:
            sizes = fetched(reader, server, site)
            for picture in reader.page.evaluate(FALLBACKS):
                sizes.pop(picture, None)
            assert f"/{page}" in sizes
            assert any(name.startswith("/_static/fonts/") for name in sizes)
            assert_light(sizes, 345 if "01_" in page else 320)
        if page in EXPLORERS:
            reader.load_figures()
            sizes = fetched(reader, server, site)
            assert any("formulas.css" in name for name in sizes)
            figures = set(reader.page.evaluate(FIGURES))
            assert figures <= sizes.keys(), figures - sizes.keys()
            assert_light(sizes, 800)


def test_an_explorers_script() -> None:
    """Each explorer's script, with the parts of D3 that it uses, is at most 40 KB compressed."""
    scripts = list((ROOT / "src" / "rnn_widgets" / "static").glob("*.js"))
    if not scripts:
        pytest.skip("the explorers are not built; run `make widgets`")
    for script in scripts:
        assert zipped(script.read_bytes()) <= 40 * KB, script.name
