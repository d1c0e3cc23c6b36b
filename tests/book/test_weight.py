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


def zipped(content: bytes) -> int:
    """Return the size after compression as a server would do it."""
    return len(gzip.compress(content, 6))


def test_a_page_with_mathematics_and_explorer(
    browser: Any, server: str, site: Path, explorer_address: str
) -> None:
    """All that a page with an explorer fetches when it is opened, compressed, is at most 800 KB.

    Figures further down are fetched when the reader comes near them.
    """
    with Reader(browser) as reader:
        reader.open(f"{server}/{explorer_address}")
        files = {unquote(urlsplit(url).path) for url in reader.requests if url.startswith(server)}
    sizes = {name: zipped((site / name.lstrip("/")).read_bytes()) for name in files}
    assert any("mathjax" in name for name in sizes)
    total = sum(sizes.values())
    largest = sorted(sizes.items(), key=lambda item: -item[1])[:5]
    assert total <= 800 * KB, f"{total / KB:.0f} KB in {len(files)} requests; largest: {largest}"


def test_an_explorers_script() -> None:
    """Each explorer's script, with the parts of D3 that it uses, is at most 40 KB compressed."""
    scripts = list((ROOT / "src" / "rnn_widgets" / "static").glob("*.js"))
    if not scripts:
        pytest.skip("the explorers are not built; run `make widgets`")
    for script in scripts:
        assert zipped(script.read_bytes()) <= 40 * KB, script.name
