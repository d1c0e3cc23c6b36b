"""What a page costs its reader."""

import gzip
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from reader import Reader

pytestmark = pytest.mark.browser

ROOT = Path(__file__).resolve().parents[2]
KB = 1000
# The addresses of all figures that a reader with scripts sees; an explorer's picture is for those without.
FIGURES = """() => [...document.querySelectorAll('.bd-article img')]
  .filter((image) => image.getClientRects().length).map((image) => new URL(image.src).pathname)"""

CHAPTERS = sorted(
    f"notebooks/{path.stem}.html"
    for path in (ROOT / "notebooks").glob("*.ipynb")
    if "_study_" not in path.stem
)
FALLBACKS = """() => [...document.querySelectorAll('.explorer-fallback img')]
  .map((image) => new URL(image.currentSrc || image.src).pathname)"""


def zipped(content: bytes) -> int:
    """Return the size after compression as a server would do it."""
    return len(gzip.compress(content, 6))


def test_a_page_with_mathematics_and_explorer(
    browser: Any, server: str, site: Path, explorer_address: str
) -> None:
    """All that a page with an explorer fetches until its end is reached, compressed, is at most 800 KB."""
    with Reader(browser) as reader:
        reader.open(f"{server}/{explorer_address}")
        reader.load_figures()
        figures = set(reader.page.evaluate(FIGURES))
        files = {unquote(urlsplit(url).path) for url in reader.requests if url.startswith(server)}
    sizes = {name: zipped((site / name.lstrip("/")).read_bytes()) for name in files}
    assert any("formulas.css" in name for name in sizes)
    assert figures <= sizes.keys(), figures - sizes.keys()
    total = sum(sizes.values())
    largest = sorted(sizes.items(), key=lambda item: -item[1])[:5]
    assert total <= 800 * KB, f"{total / KB:.0f} KB in {len(files)} requests; largest: {largest}"


@pytest.mark.parametrize("page", CHAPTERS)
def test_a_chapter(browser: Any, server: str, site: Path, page: str) -> None:
    """What comes before the reader scrolls, but for an explorer's picture, is at most 320 KB.

    Chapter 1 may have 25 KB more: its explorer brings a trained network, at six moments of its training.
    """
    with Reader(browser) as reader:
        reader.open(f"{server}/{page}")
        pictures = set(reader.page.evaluate(FALLBACKS))
        files = {unquote(urlsplit(url).path) for url in reader.requests if url.startswith(server)} - pictures
    sizes = {name: zipped((site / name.lstrip("/")).read_bytes()) for name in files}
    assert f"/{page}" in sizes
    assert any(name.startswith("/_static/fonts/") for name in sizes)
    largest = sorted(sizes.items(), key=lambda item: -item[1])[:5]
    most = 345 if "01_" in page else 320
    assert sum(sizes.values()) <= most * KB, f"{sum(sizes.values()) / KB:.0f} KB; largest: {largest}"


def test_an_explorers_script() -> None:
    """Each explorer's script, with the parts of D3 that it uses, is at most 40 KB compressed."""
    scripts = list((ROOT / "src" / "rnn_widgets" / "static").glob("*.js"))
    if not scripts:
        pytest.skip("the explorers are not built; run `make widgets`")
    for script in scripts:
        assert zipped(script.read_bytes()) <= 40 * KB, script.name
