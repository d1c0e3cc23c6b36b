"""Search finds mathematics: by number, symbol, formula, word and name, from a server and from a disk."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import site_pages
from reader import FORMS, Reader
from search_index import DROPPED
from test_pages import AXE, RUN_AXE, TOO_WIDE
from test_policy import strict_server  # noqa: F401
from test_weight import KB, zipped

pytestmark = pytest.mark.browser

CHAPTER = "notebooks/09_vanishing_gradients.html"
DIALOG = "#pst-search-dialog"
HITS = "() => [...document.querySelectorAll('#search-results .search-link')].map((link) => link.href)"
EMPTY = "() => document.querySelector('#search-results .search-status')?.textContent === ''"
READY = "() => /hit|found/.test(document.querySelector('#search-results .search-status')?.textContent)"

# What a reader looks for, and where the first or the second hit must lead.
SEARCHES = {
    "(20)": [f"{CHAPTER}#eq-20"],
    "eq 20": [f"{CHAPTER}#eq-20"],
    "equation 20": [f"{CHAPTER}#eq-20"],
    "Eq. (6)": ["notebooks/06_backpropagation_through_time.html#eq-6"],
    "Theorem 9.4": [f"{CHAPTER}#thm-norm-bound"],
    "9.2.2": [f"{CHAPTER}#exponential-decay-of-gradient-norms"],
    "chapter 9R": ["notebooks/09_remedies.html"],
    "γρ": [f"{CHAPTER}#thm-explosion", f"{CHAPTER}#eq-20", f"{CHAPTER}#thm-norm-bound"],
    "gamma rho": [f"{CHAPTER}#thm-explosion", f"{CHAPTER}#eq-20", f"{CHAPTER}#thm-norm-bound"],
    r"\gamma\rho": [f"{CHAPTER}#thm-explosion", f"{CHAPTER}#eq-20", f"{CHAPTER}#thm-norm-bound"],
    "W_hh": ["book/notation.html#symbol-W-hh"],
    "W hh": ["book/notation.html#symbol-W-hh"],
    r"\mathbf{W}_{hh}": ["book/notation.html#symbol-W-hh"],
    r"\rho": ["book/notation.html#symbol-rho"],
    "ρ": ["book/notation.html#symbol-rho"],
    "dL/dW": [
        "notebooks/06_backpropagation_through_time.html#eq-9",
        "notebooks/07_gradient_accumulation.html#eq-12",
    ],
    "BPTT": ["notebooks/06_backpropagation_through_time.html"],
    "vanishing": [CHAPTER],
    "vanishing gradients": [CHAPTER],
    "LSTM forget": ["notebooks/09_remedies.html#the-lstm"],
    "gradient clipping": ["notebooks/09_remedies.html#gradient-clipping"],
    "Hawkes process": ["notebooks/11_neural_point_processes.html"],
    "spectral norm": [f"{CHAPTER}#def-spectral-norm"],
    "truncated_bptt": ["book/api.html#rnn_core.rnn.truncated_bptt"],
    "fit_hawkes": ["book/api_point_processes.html#rnn_core.point_process.fit.fit_hawkes"],
    "Pascanu": ["book/bibliography.html", "notebooks/09_remedies.html#gradient-clipping"],
}
# Blocks with numbers: what the page calls them is what a reader looks for.
NUMBERED = (
    f"{CHAPTER}#thm-norm-bound",
    f"{CHAPTER}#def-spectral-norm",
    f"{CHAPTER}#ex-09-lag",
    "notebooks/05_architecture.html#fig-minus-log-p",
    "notebooks/09_remedies.html#prop-clip-lags",
    "notebooks/06_backpropagation_through_time.html#thm-6-bptt",
)


@pytest.fixture(scope="module")
def searching(browser: Any, server: str, site: Path, request: pytest.FixtureRequest) -> Iterator[Any]:
    """Return a function that searches on the page for searching: one reader for all searches."""
    address = {"server": server, "disk": site.resolve().as_uri()}[request.param]
    with Reader(browser) as reader:
        reader.page.goto(f"{address}/search.html")

        def hits(query: str) -> list[str]:
            reader.page.evaluate(
                "() => document.querySelector('#search-results .search-list')?.replaceChildren()"
            )
            reader.page.locator("main input").fill("")
            reader.page.wait_for_function(
                "() => document.querySelector('#search-results .search-status')?.textContent === ''"
            )
            reader.page.locator("main input").fill(query)
            reader.page.wait_for_function(READY)
            assert reader.troubles == []
            return [link.removeprefix(f"{address}/") for link in reader.page.evaluate(HITS)]

        yield hits
        assert reader.foreign_requests(address) == []


@pytest.mark.parametrize("searching", ["server", "disk"], indirect=True)
@pytest.mark.parametrize("query", SEARCHES)
def test_the_first_or_second_hit_is_right(searching: Any, query: str) -> None:
    first = searching(query)[:2]
    assert any(hit.startswith(tuple(SEARCHES[query])) for hit in first), first


@pytest.mark.parametrize("searching", ["server"], indirect=True)
@pytest.mark.parametrize("place", NUMBERED)
def test_a_number_leads_to_its_block(searching: Any, site: Path, place: str) -> None:
    page, anchor = place.split("#")
    html = (site / page).read_text(encoding="utf-8")
    number = re.search(rf'id="{anchor}".*?caption-number">([^<]+)<', html, re.S)
    assert number
    assert searching(number[1].strip())[0] == place


@pytest.mark.parametrize("scheme", ["server", "disk"])
def test_the_dialog_by_keyboard(browser: Any, server: str, site: Path, scheme: str) -> None:
    """Nothing of the search is fetched before it is used; then arrow keys move, and Enter opens."""
    address = server if scheme == "server" else site.resolve().as_uri()
    with Reader(browser) as reader:
        reader.open(f"{address}/{CHAPTER}")
        page = reader.page
        assert not [url for url in reader.requests if "search-index" in url or "search.css" in url]
        page.keyboard.press("Control+k")
        page.keyboard.type("LSTM forget")
        links = page.locator(f"{DIALOG} .search-link")
        links.first.wait_for()
        focused = "() => document.activeElement.href ?? document.activeElement.tagName"
        assert re.fullmatch(
            r"\d+ hits; the first \d+ are shown", page.locator(f"{DIALOG} [role=status]").inner_text()
        )
        page.keyboard.press("ArrowDown")
        assert page.evaluate(focused) == links.nth(0).evaluate("a => a.href")
        page.keyboard.press("ArrowDown")
        assert page.evaluate(focused) == links.nth(1).evaluate("a => a.href")
        assert page.evaluate("() => getComputedStyle(document.activeElement).outlineStyle") != "none"
        page.keyboard.press("ArrowUp")
        page.keyboard.press("ArrowUp")
        assert page.evaluate(focused) == "INPUT"
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        page.wait_for_url("**/09_remedies.html#the-lstm")
        assert reader.troubles == []
        assert reader.foreign_requests(address) == []


def test_a_hit_on_the_same_page_closes_the_dialog(browser: Any, server: str) -> None:
    with Reader(browser, used=True) as reader:
        reader.open(f"{server}/{CHAPTER}")
        reader.page.keyboard.press("Control+k")
        reader.page.keyboard.type("(20)")
        hit = reader.page.locator(f"{DIALOG} .search-link")
        hit.wait_for()
        formula = reader.page.locator(f"{DIALOG} .search-line mjx-container[display]")
        assert r"\gamma\rho" in str(formula.get_attribute("data-tex"))
        assert formula.locator("mjx-math mjx-c").count() > 10
        belongs = reader.page.locator(f"{DIALOG} .search-belongs a").all_inner_texts()
        assert {"jacobian_bound", "norm_bound"} <= set(belongs)
        hit.click()
        assert reader.page.url.endswith("#eq-20")
        assert not reader.page.locator(DIALOG).is_visible()
        top = reader.page.evaluate("() => document.getElementById('eq-20').getBoundingClientRect().top")
        assert 0 <= top < 300


@pytest.mark.parametrize(("viewport", "theme"), FORMS)
def test_hits_in_all_forms(browser: Any, server: str, viewport: Any, theme: str) -> None:
    """Nothing too wide, nothing that axe-core objects to, on the page and in the dialog."""
    found: list[str] = []
    with Reader(browser, viewport, theme, used=True) as reader:
        for query in ("gamma rho", "norm_bound", "W_hh"):
            reader.page.goto(f"{server}/search.html?q={query}")
            reader.page.wait_for_function(READY)
            assert reader.page.locator("#search-results mark, #search-results .search-found").count() > 3
            reader.page.evaluate(AXE.read_text(encoding="utf-8"))
            found += reader.page.evaluate(TOO_WIDE) + reader.page.evaluate(RUN_AXE, {})
        reader.page.goto(f"{server}/book/notation.html")
        reader.page.keyboard.press("Control+k")
        reader.page.keyboard.type("gamma rho")
        reader.page.locator(f"{DIALOG} .search-link").first.wait_for()
        reader.page.evaluate(AXE.read_text(encoding="utf-8"))
        found += reader.page.evaluate(RUN_AXE, {})
        box = reader.page.locator(f"{DIALOG} .search-panel").bounding_box()
        size = reader.page.viewport_size
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= size["width"]
        assert box["y"] + box["height"] <= size["height"]
        assert found == [], "\n".join(map(str, found))
        assert reader.troubles == []


def test_the_search_under_the_policy(browser: Any, strict_server: str) -> None:  # noqa: F811
    with Reader(browser, used=True) as reader:
        reader.page.goto(f"{strict_server}/search.html?q=(20)")
        reader.page.wait_for_function(READY)
        assert reader.page.evaluate(HITS)[0].endswith("#eq-20")
        assert reader.troubles == []


def test_a_reader_without_scripts_is_told_where_to_go(browser: Any, server: str) -> None:
    with Reader(browser, java_script_enabled=False) as reader:
        reader.page.goto(f"{server}/search.html")
        told = reader.page.locator(".bd-search-container noscript")
        assert told.inner_text().strip().startswith("Searching needs JavaScript")
        told.get_by_role("link", name="notation").click()
        assert reader.page.url.endswith("book/notation.html")


def test_nothing_that_nobody_loads(site: Path) -> None:
    """Sphinx's own search is gone, and no page asks for it or, before it is used, for ours."""
    assert not [name for name in (*DROPPED, "../searchindex.js") if (site / "_static" / name).exists()]
    for page in site_pages():
        html = (site / page).read_text(encoding="utf-8")
        assert not [name for name in (*DROPPED, "searchindex.js", "search-index.js") if name in html], page


def test_what_the_search_weighs(site: Path) -> None:
    assert zipped((site / "_static" / "search-index.js").read_bytes()) <= 400 * KB
    assert zipped((site / "_static" / "search.js").read_bytes()) <= KB


def test_every_hit_leads_somewhere(site: Path) -> None:
    written = (site / "_static" / "search-index.js").read_text(encoding="utf-8").partition(";\n")[0]
    data = json.loads(written.partition("=")[2])
    pages = [(site / page).read_text(encoding="utf-8") for page, _ in data["pages"]]
    lost = [entry[2] for entry in data["entries"] if entry[2] and f'id="{entry[2]}"' not in pages[entry[1]]]
    assert not lost
    kinds = {entry[0] for entry in data["entries"]}
    assert {"page", "section", "equation", "theorem", "exercise", "function", "symbol", "reference"} <= kinds
