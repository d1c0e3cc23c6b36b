"""The built site, a server for it, and one browser for all tests.

The site is ``_build/html``, which ``make book`` makes; RNN_BOOK_SITE names another one. Chromium is the one
that CHROMIUM names, or is looked for under its usual names, first the one without windows. Without browser or
site the tests are skipped, and say so; with RNN_BOOK_REQUIRE_BROWSER=1 they fail instead.
"""

import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, NoReturn

import pytest
from xdist.scheduler import LoadScopeScheduling

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tools"))
sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "book" / "_ext"))
import chromium

ROOT = Path(__file__).resolve().parents[2]
SITE = Path(os.environ.get("RNN_BOOK_SITE", ROOT / "_build" / "html"))
CHROMIUM_ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--font-render-hinting=none",  # letters as wide as in the whole browser, also without its windows
]


def missing(what: str) -> NoReturn:
    """Fail if the browser tests are required, else skip with a reason that is seen."""
    if os.environ.get("RNN_BOOK_REQUIRE_BROWSER") == "1":
        pytest.fail(f"required, but {what}", pytrace=False)
    pytest.skip(f"BROWSER TEST NOT RUN: {what}")


def site_pages() -> list[str]:
    """Return the address of every page of the book: not the root, which redirects, and no slides."""
    pages = sorted(path.relative_to(SITE).as_posix() for path in SITE.rglob("*.html"))
    return [page for page in pages if page != "index.html" and not page.startswith(("_static/", "slides/"))]


def pages_to_open() -> list[str]:
    """Return the pages that a browser opens: all but the listings, which differ in their text only.

    Of these the shortest, the longest and the list of all stand for the others.
    """
    pages = site_pages()
    listings = [page for page in pages if page.startswith("_modules/")]
    by_size = sorted(listings, key=lambda page: (SITE / page).stat().st_size)
    opened = {*by_size[:1], *by_size[-1:], "_modules/index.html"}
    return [page for page in pages if page not in listings or page in opened]


def other_listings() -> list[str]:
    """Return the pages that the checks of every page do not open."""
    return sorted({*site_pages()} - {*pages_to_open()})


def explorer_pages() -> list[str]:
    """Return the pages that hold at least one explorer."""
    marker = "application/vnd.jupyter.widget-view+json"
    return [page for page in site_pages() if marker in (SITE / page).read_text(encoding="utf-8")]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test that asks for one of these addresses once for each such page."""
    kinds = {
        "page_address": site_pages,
        "opened_page": pages_to_open,
        "listing": other_listings,
        "explorer_address": explorer_pages,
    }
    for name, addresses in kinds.items():
        if name in metafunc.fixturenames:
            metafunc.parametrize(name, addresses() or ["(no site)"])


# Tests that read the parsed pages, which parsed.py keeps, and those that make something for their module.
TOGETHER = {f"test_{name}.py": "files" for name in ("links", "numbers", "ways", "head")} | {
    f"test_{name}.py": name for name in ("story", "roles", "epub")
}
READING = {
    "test_beneath_each_chapters_title_stands_the_reports_heading",
    "test_every_formula_of_the_site_is_set",
    "test_every_picture_says_its_size",
    "test_links_on_the_pages_lead_to_their_row_and_carry_its_meaning",
    "test_no_notebook_writes_formulas_that_only_a_script_would_set",
    "test_no_wall_is_seen_at_first",
    "test_the_page_has_every_heading_and_each_link_reaches_its_heading",
}


class Together(LoadScopeScheduling):  # type: ignore[misc]
    """Gives the tests that share something dear to one process, and all others one by one."""

    def _split_scope(self, nodeid: str) -> str:
        path, _, test = nodeid.partition("::")
        if test.partition("[")[0] in READING:
            return "files"
        return TOGETHER.get(path.rpartition("/")[2], nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Together:
    """Tell xdist how to deal the tests out."""
    return Together(config, log)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """One process more than processors: a test in a browser waits a quarter of its time."""
    return (os.cpu_count() or 1) + 1


@pytest.fixture(scope="session")
def site() -> Path:
    """Return the folder of the built site."""
    if not (SITE / "book" / "welcome.html").is_file():
        missing("there is no built site; run `make book`")
    return SITE


class QuietHandler(SimpleHTTPRequestHandler):
    """A request handler that writes no log."""

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


class QuietServer(ThreadingHTTPServer):
    """A server that says nothing when a browser closes a page before everything has come."""

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Report what went wrong, unless the reader has gone."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


@contextmanager
def served(site: Path, handler: type[QuietHandler] = QuietHandler) -> Iterator[str]:
    """Serve a site on a free port of this machine and give its address."""
    httpd = QuietServer(("127.0.0.1", 0), partial(handler, directory=str(site)))
    thread = threading.Thread(target=httpd.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{httpd.server_port}"
    httpd.shutdown()
    httpd.server_close()
    thread.join()


@pytest.fixture(scope="session")
def server(site: Path) -> Iterator[str]:
    """Serve the site and return its address."""
    with served(site) as address:
        yield address


@pytest.fixture(scope="session")
def playwright() -> Iterator[Any]:
    """Return what starts browsers."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        yield driver


def launched(playwright: Any, executable: str | None) -> Any:
    """Start a browser, if it is there."""
    if executable is None:
        missing(chromium.MISSING)
    return playwright.chromium.launch(executable_path=executable, args=CHROMIUM_ARGS)


@pytest.fixture(scope="session")
def browser(playwright: Any) -> Iterator[Any]:
    """Return one Chromium for all tests; the one without windows if it is there."""
    started = launched(playwright, chromium.find(shell=True))
    yield started
    started.close()


@pytest.fixture
def whole_browser(playwright: Any) -> Iterator[Any]:
    """Return a Chromium with all that a reader's has, for the few tests that need it."""
    started = launched(playwright, chromium.find())
    yield started
    started.close()
