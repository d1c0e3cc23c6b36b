"""The built site with its runtime, and the browser of the tests on the built site."""

import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

BOOK = Path(__file__).resolve().parents[1] / "book"
sys.path.insert(0, str(BOOK))
_spec = importlib.util.spec_from_file_location("book_conftest", BOOK / "conftest.py")
assert _spec is not None
assert _spec.loader is not None
_book = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(_book)

QuietHandler, served = _book.QuietHandler, _book.served
playwright, browser, server = _book.playwright, _book.browser, _book.server
missing, SITE = _book.missing, _book.SITE


@pytest.fixture(scope="session")
def site() -> Path:
    """Return the folder of the built site, which must hold the runtime."""
    if not (SITE / "_static" / "live" / "parts.json").is_file():
        missing("there is no built site that can run its cells; run `make book` with a network")
    return SITE


@pytest.fixture(scope="module")
def reading(browser: Any, server: str) -> Iterator[Any]:
    """Return one open page for the tests of a module: chapter 6, where Python has been started."""
    from live_page import LivePage

    with LivePage(browser, server, "notebooks/06_backpropagation_through_time.html") as page:
        page.begin()
        yield page
