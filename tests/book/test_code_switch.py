"""The switch for the code of the whole book, on the built site: it works, is remembered, moves nothing."""

import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from conftest import QuietHandler, served
from parsed import soup
from reader import DESKTOP, PHONE, Reader
from test_still import WATCH

pytestmark = pytest.mark.browser

CHAPTER = "notebooks/05_architecture.html"
NEXT = "notebooks/06_backpropagation_through_time.html"
OPEN = {
    "mathematics": set(),
    "code": {"plumbing"},
    "all": {"plumbing", "check", "equation"},
}
WALL = re.compile(r"^\s*(import|from \S+ import)\b|\bplt\.")
REMEMBERED = "try { if (!localStorage.code) localStorage.code = '%s'; } catch {}"
FOLDS = """() => [...document.querySelectorAll("details.fold")].map((fold) =>
  [fold.className.match(/fold-(\\w+)/)[1], fold.open])"""


def assert_mode(page: Any, mode: str) -> None:
    """Check that the folds of a mode are open and the others closed, and that the switch says so."""
    folds = page.evaluate(FOLDS)
    assert len(folds) >= 3
    assert {role for role, is_open in folds if is_open} == OPEN[mode] & {role for role, _ in folds}
    assert all(is_open == (role in OPEN[mode]) for role, is_open in folds)
    assert page.locator(".code-switch input:checked").get_attribute("value") == mode


def test_by_mouse_and_on_the_next_page(browser: Any, server: str) -> None:
    with Reader(browser, used=True) as reader:
        reader.open(f"{server}/{CHAPTER}")
        assert_mode(reader.page, "mathematics")
        for mode in ("code", "all", "mathematics", "all"):
            label = {"code": "with code"}.get(mode, mode)
            reader.page.locator(".code-switch").get_by_text(label, exact=True).click()
            assert_mode(reader.page, mode)
        reader.open(f"{server}/{NEXT}")
        assert_mode(reader.page, "all")
        reader.page.go_back(wait_until="load")
        assert_mode(reader.page, "all")
        assert reader.troubles == []


def test_by_keyboard(browser: Any, server: str) -> None:
    """One tab stop with a name, moved by the arrows; the state is that of a radio button."""
    with Reader(browser, used=True) as reader:
        reader.open(f"{server}/{CHAPTER}")
        group = reader.page.get_by_role("radiogroup", name="How much code the book shows")
        group.get_by_role("radio", name="mathematics").focus()
        reader.page.keyboard.press("ArrowRight")
        assert group.get_by_role("radio", name="with code").is_checked()
        assert_mode(reader.page, "code")
        reader.page.keyboard.press("ArrowRight")
        assert_mode(reader.page, "all")
        reader.page.keyboard.press("Tab")
        assert reader.page.evaluate("document.activeElement.closest('.code-switch')") is None


def test_a_fold_is_opened_by_hand_too(browser: Any, server: str) -> None:
    with Reader(browser, used=True) as reader:
        reader.open(f"{server}/{CHAPTER}")
        summary = reader.page.locator(".fold-plumbing > summary").first
        summary.focus()
        reader.page.keyboard.press("Enter")
        assert reader.page.locator(".fold-plumbing .cell_input").first.is_visible()


def test_a_browser_that_remembers_nothing(browser: Any, server: str) -> None:
    with Reader(browser) as reader:
        reader.page.add_init_script(
            "Object.defineProperty(window, 'localStorage', { get() { throw new Error('refused'); } })"
        )
        reader.open(f"{server}/{CHAPTER}")
        assert_mode(reader.page, "mathematics")
        reader.page.get_by_role("radio", name="with code").check()
        assert_mode(reader.page, "code")


def test_a_page_that_the_browser_had_kept(browser: Any, server: str) -> None:
    """Who goes back sees it as chosen meanwhile on another page."""
    with Reader(browser, used=True) as reader:
        reader.open(f"{server}/{CHAPTER}")
        reader.page.evaluate("localStorage.setItem('code', 'all')")
        reader.page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
        assert_mode(reader.page, "all")


@pytest.mark.parametrize("value", ["nonsense", "toString", ""])
def test_a_memory_that_is_not_ours(browser: Any, server: str, value: str) -> None:
    with Reader(browser) as reader:
        reader.page.add_init_script(f"localStorage.setItem('code', '{value}')")
        reader.open(f"{server}/{CHAPTER}")
        assert_mode(reader.page, "mathematics")
        assert reader.troubles == []


def test_from_the_disk(browser: Any, site: Path) -> None:
    with Reader(browser, used=True) as reader:
        reader.page.goto((site / CHAPTER).as_uri())
        reader.page.get_by_role("radio", name="with code").check()
        reader.page.goto((site / NEXT).as_uri())
        assert_mode(reader.page, "code")


class Slow(QuietHandler):
    """Sends a page in parts, each later than the last, as a slow connection does."""

    def copyfile(self, source: Any, outputfile: Any) -> None:
        """Send a file."""
        content = source.read()
        parts = 6 if self.path.endswith(".html") else 1
        size = -(-len(content) // parts)
        for start in range(0, len(content), size):
            outputfile.write(content[start : start + size])
            outputfile.flush()
            time.sleep(0.15 if parts > 1 else 0)


@pytest.fixture(scope="module")
def slow_server(site: Path) -> Iterator[str]:
    """Serve the site slowly."""
    with served(site, Slow) as address:
        yield address


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("mode", OPEN)
def test_nothing_moves_while_a_page_comes_in(
    browser: Any, slow_server: str, mode: str, viewport: Any
) -> None:
    """Whatever is remembered; the reader is at a fold, which a late script would open before his eyes."""
    with Reader(browser, viewport) as reader:
        reader.page.add_init_script(WATCH)
        reader.page.add_init_script(REMEMBERED % mode)
        reader.page.goto(f"{slow_server}/{CHAPTER}", wait_until="commit")
        reader.page.wait_for_selector(".fold-plumbing", state="attached")
        reader.page.evaluate("document.querySelector('.fold-plumbing').scrollIntoView({ block: 'start' })")
        reader.page.wait_for_load_state("load")
        reader.page.wait_for_timeout(500)
        assert_mode(reader.page, mode)
        shifts = reader.page.evaluate("shifts")
        assert sum(value for value, _ in shifts) <= 0.02, shifts


def test_every_fold_opens_without_scripts(browser: Any, server: str) -> None:
    with Reader(browser, java_script_enabled=False) as reader:
        reader.page.goto(f"{server}/{CHAPTER}")
        assert not reader.page.locator(".code-switch").is_visible()
        for solution in reader.page.locator("details.solution > summary").all():
            solution.click(position={"x": 8, "y": 8})
        for fold in reader.page.locator("details.fold").all():
            code = fold.locator(".cell_input")
            assert not code.is_visible()
            fold.locator("summary").click()
            assert code.is_visible()


def test_only_code_that_is_seen_can_be_copied(browser: Any, server: str) -> None:
    """Printed results have no button, and those inside a closed fold take no focus."""
    with Reader(browser, used=True) as reader:
        reader.open(f"{server}/{CHAPTER}")
        reader.page.wait_for_selector(".cell_input .copybtn", state="attached")
        assert reader.page.locator(".output.stream .copybtn").count() == 0
        in_folds = """() => [...document.querySelectorAll("details:not([open]) .copybtn")].map((button) => {
          button.focus();
          return document.activeElement === button;
        })"""
        taken = reader.page.evaluate(in_folds)
        assert len(taken) >= 3
        assert not any(taken)


def open_lines(page: BeautifulSoup, where: str) -> list[str]:
    """Return the lines of code or of results that a page shows at first."""
    blocks = [block for block in page.select(where) if not block.find_parent("details", class_="fold")]
    return [line for block in blocks for line in block.text.splitlines()]


@pytest.mark.browser
def test_no_wall_is_seen_at_first(site: Path) -> None:
    """No import, no plotting and no printed True, in any chapter, its solutions included."""
    chapters = sorted((site / "notebooks").glob("*.html"))
    assert sum("_study_" not in chapter.name for chapter in chapters) == 12
    found = []
    for chapter in chapters:
        page = soup(chapter)
        code = open_lines(page, ".cell_input pre")
        assert len(code) > 5 or "_study_" in chapter.name, chapter.name
        found += [(chapter.name, line) for line in code if WALL.search(line)]
        results = open_lines(page, ".cell_output .output.stream pre, .cell_output .output.text_plain pre")
        found += [(chapter.name, line) for line in results if re.search(r"\bTrue\b", line)]
    assert not found


def test_a_wall_is_found_out() -> None:
    html = """<details class="fold"><div class="cell_input"><pre>import a</pre></div></details>
      <div class="cell_input"><pre>x = 1\n  from b.c import d\nplt.plot(x)</pre></div>"""
    lines = open_lines(BeautifulSoup(html, "html.parser"), ".cell_input pre")
    assert [bool(WALL.search(line)) for line in lines] == [False, True, True]


@pytest.mark.browser
def test_the_switch_is_where_there_is_code(site: Path, page_address: str) -> None:
    page = (site / page_address).read_text(encoding="utf-8")
    has_folds = 'class="fold fold-' in page or "cell-run" in page
    assert ('class="code-switch' in page) == has_folds
