"""The bar, an open editor, an error and a figure: axe-core, the keyboard alone, a phone, light and dark."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from live_page import LivePage
from reader import FORMS

pytestmark = pytest.mark.browser
AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
RUN_AXE = """async () => {
  const { violations } = await axe.run({ resultTypes: ["violations"] });
  return violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html.slice(0, 160)).join(" | ")}`);
}"""
DROP_FORMULAS = "() => document.querySelectorAll('mjx-math').forEach((formula) => formula.replaceChildren())"
WIDER = """() => [...document.querySelectorAll('.live-bar, .live-tools, .live-output, .live-editor')]
  .filter((box) => box.getBoundingClientRect().right > innerWidth + 1).map((box) => box.className)"""
FOCUSED = "() => document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent"


@pytest.fixture(scope="module")
def busy(browser: Any, server: str) -> Iterator[LivePage]:
    """A chapter with a figure, a table's worth of text, an error and two open editors on the page."""
    with LivePage(browser, server, "notebooks/06_backpropagation_through_time.html") as page:
        page.begin()
        page.run(page.cell("rng = np.random.default_rng(60)"))
        page.cell("show_source(eq.grad_previous_state)").get_by_role("button", name="Edit").click()
        page.type_into(page.cell("n, m, k, T = 3, 4, 5, 7"), "1 / 0  # " + 30 * "a long line ")
        page.run(page.cell("n, m, k, T = 3, 4, 5, 7"))
        page.page.evaluate(DROP_FORMULAS)
        page.page.evaluate(AXE.read_text(encoding="utf-8"))
        yield page


@pytest.mark.parametrize(("viewport", "theme"), FORMS)
def test_axe_finds_nothing_and_nothing_is_too_wide(
    busy: LivePage, viewport: dict[str, int], theme: str
) -> None:
    busy.resize(viewport)
    busy.use_theme(theme)
    busy.page.evaluate("() => scrollTo(0, 0)")
    busy.page.wait_for_timeout(300)  # the theme's own button fades
    assert busy.page.evaluate(RUN_AXE) == []
    assert busy.page.evaluate(WIDER) == []
    assert busy.page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")


def test_the_keyboard_alone_starts_edits_runs_and_leaves(browser: Any, server: str) -> None:
    with LivePage(browser, server, "book/try_it.html") as page:
        keys = page.page.keyboard
        page.page.locator(".live-bar button").first.focus()
        keys.press("Enter")
        page.page.wait_for_selector("html.live-ready", timeout=120_000)
        # The button that was pressed is gone; its place in the order is kept.
        assert page.page.evaluate(FOCUSED) == "Reset"
        for _ in range(5):
            if "cm-content" in page.page.evaluate("document.activeElement.className"):
                break
            keys.press("Tab")
        assert page.page.evaluate(FOCUSED) == "Code of cell 1"
        keys.press("Control+a")
        keys.type("print(6 * 7)")
        keys.press("Tab")  # does not stay in the editor
        assert page.page.evaluate(FOCUSED) == "Run cell 1"
        keys.press("Enter")
        page.wait()
        assert "42" in page.page.locator(".live-body").inner_text()
        keys.press("Shift+Tab")
        assert page.page.evaluate(FOCUSED) == "Code of cell 1"
        keys.press("Escape")
        assert page.page.evaluate(FOCUSED) == "Run cell 1"
        assert page.troubles == []


def test_an_editor_indents_and_undoes(browser: Any, server: str) -> None:
    with LivePage(browser, server, "book/try_it.html") as page:
        page.begin()
        cell = page.page.locator(".live-try")
        page.type_into(cell, "")
        page.page.keyboard.type("for i in range(2):\nprint(i)")
        lines = cell.locator(".cm-line").all_inner_texts()
        assert lines == ["for i in range(2):", "    print(i)"]
        page.page.keyboard.press("Control+z")
        assert cell.locator(".cm-line").all_inner_texts() != lines


def test_the_bar_says_what_happens_to_a_screen_reader(busy: LivePage) -> None:
    assert busy.page.locator(".live-bar .live-words").get_attribute("role") == "status"
    names = busy.page.locator(".live-tools button:visible").evaluate_all(
        "buttons => buttons.map((button) => button.getAttribute('aria-label'))"
    )
    assert len(names) == len(set(names))
    assert all(re.fullmatch(r"(Run|Edit|Put back) cell \d+", name) for name in names)


def test_paper_has_no_buttons(busy: LivePage) -> None:
    busy.page.emulate_media(media="print")
    assert not busy.page.locator(".live-bar").is_visible()
    assert not busy.page.locator(".live-tools").first.is_visible()
    busy.page.emulate_media(media="screen")
