"""Symbols in the chapters say what they mean: by mouse and keyboard, in the words of the notation page."""

from pathlib import Path

import pytest
import symbols as ext
from parsed import soup
from reader import Reader
from sphinx.errors import ExtensionError

ROOT = Path(__file__).resolve().parents[2]
NOTATION = (ROOT / "book" / "notation.md").read_text(encoding="utf-8")


def test_every_row_with_a_symbol_is_read_with_its_meaning():
    every = ext.read_symbols(NOTATION)
    symbols = every[""]
    assert symbols[r"\rho"].meaning == "‖W_hh‖_2, the spectral norm: the largest singular value"
    assert symbols[ext.key(r"\mathbf{h}^{(t - 1)}")].meaning.startswith("hidden state")
    assert {r"\mathbf{b}_h", r"\mathbf{b}_y"} <= set(symbols)
    assert symbols[r"\mathbf{b}_h"].meaning == "biases"
    assert len(symbols) >= 15
    rows = {symbol for scope in every.values() for symbol in scope.values()}
    assert len({symbol.anchor for symbol in rows}) == len(rows)
    assert not {"n", "m", "k", "T", "B"} & set(symbols)


def test_a_row_that_cannot_be_told_in_plain_text_fails_the_build():
    row = "| $\\rho$ | `rho` | $\\frac{1}{2}$ of something |\n"
    with pytest.raises(ExtensionError, match=r"cannot write this meaning .* \\frac"):
        ext.read_symbols(row)


def test_two_rows_for_one_symbol_fail_the_build():
    row = "| $\\rho$ | `rho` | the norm |\n"
    with pytest.raises(ExtensionError, match=r"two rows name \\rho"):
        ext.read_symbols(row + row)


def test_a_section_about_one_chapter_counts_there_only():
    row = "| $\\tau$ | `tau` | {} |\n"
    text = f"## All\n\n{row.format('order')}\n## Time\n\n% symbols of notebooks/10_x\n\n{row.format('time')}"
    text += "\n## More\n\n| $\\mu$ | `mu` | mean |\n"
    symbols = ext.read_symbols(text)
    assert [symbols[""][name].meaning for name in (r"\tau", r"\mu")] == ["order", "mean"]
    assert symbols["notebooks/10_x"] == {r"\tau": (r"\tau", "symbol-10-tau", "time")}


def test_a_section_may_be_about_several_chapters():
    text = "## Time\n\n% symbols of notebooks/10_x notebooks/11_y\n\n| $\\tau$ | `tau` | time |\n"
    symbols = ext.read_symbols(text)
    assert (
        symbols["notebooks/10_x"]
        == symbols["notebooks/11_y"]
        == {r"\tau": (r"\tau", "symbol-10-tau", "time")}
    )
    assert symbols[""] == {}


def test_links_on_the_pages_lead_to_their_row_and_carry_its_meaning(site):
    every = ext.read_symbols(NOTATION)
    symbols = {symbol.anchor: symbol for scope in every.values() for symbol in scope.values()}
    notation = soup(site / "book/notation.html")
    for anchor in symbols:
        assert notation.find(id=anchor).find_parent("tr"), anchor
    chapters = sorted((site / "notebooks").glob("*.html"))
    assert chapters
    for path in chapters:
        seen = set()
        for link in soup(path).find_all("a", class_="symbol"):
            target, anchor = link["href"].split("#")
            assert target == "../book/notation.html"
            assert link["title"] == symbols[anchor].meaning
            of_chapter = every.get(f"notebooks/{path.stem}", {}).values()
            assert symbols[anchor] in [*every[""].values(), *of_chapter], f"{path.name}: {anchor}"
            assert not link.find_parent(["h1", "h2", "h3", "h4", "table"])
            section = link.find_parent("section")
            assert (id(section), anchor) not in seen, f"{path.name}: {anchor} twice in {section.get('id')}"
            seen.add((id(section), anchor))
    chapter_6 = soup(site / "notebooks/06_backpropagation_through_time.html")
    assert len(chapter_6.select("a.symbol")) > 20


@pytest.mark.browser
def test_the_keyboard_shows_the_meaning(browser, server):
    with Reader(browser, used=True) as reader:
        reader.open(f"{server}/notebooks/06_backpropagation_through_time.html")
        link = reader.page.locator("a.symbol").first
        link.focus()
        reader.page.keyboard.press("Tab")
        reader.page.keyboard.press("Shift+Tab")
        shown = link.evaluate("a => getComputedStyle(a, '::after').content")
        assert shown == f'"{link.get_attribute("title")}"'
        reader.page.keyboard.press("Tab")
        assert link.evaluate("a => getComputedStyle(a, '::after').content") == "none"
