"""A printed chapter: black on white from either colour mode, with its title, with solutions if asked for."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from parsed import soup
from pypdf import PdfReader
from reader import Reader

pytestmark = pytest.mark.browser
CHAPTERS = (
    "notebooks/05_architecture",
    "notebooks/09_vanishing_gradients",
    "notebooks/10_temporal_point_processes",
)
# Colours of what is seen on paper: dark on white. Colours of code may be as light as 4.5 : 1 asks for.
COLOURS = """() => {
  const part = (v) => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
  const luminance = (colour) => {
    const [r, g, b, a] = colour.match(/[\\d.]+/g).map(Number);
    const full = colour.startsWith('rgb') ? 255 : 1; // mixed colours are written as color(srgb 0.9 0.9 0.9)
    return a === 0 ? null : 0.2126 * part(r / full) + 0.7152 * part(g / full) + 0.0722 * part(b / full);
  };
  const found = [];
  for (const element of document.querySelectorAll('html, body, article, article *')) {
    if (!element.getClientRects().length || element.closest('svg, mjx-assistive-mml')) continue;
    const { color, backgroundColor } = getComputedStyle(element);
    const name = `${element.tagName} ${element.className}`;
    const ground = luminance(backgroundColor);
    if (ground !== null && ground < 0.75) found.push(`ground ${name}: ${backgroundColor}`);
    if (element.childNodes.length && luminance(color) > 0.25) found.push(`ink ${name}: ${color}`);
  }
  return found.slice(0, 5);
}"""


# Every letter of a formula is there, though most formulas have not been in sight.
LETTERS = (
    "() => [...document.fonts].filter((f) => f.family.startsWith('MJX')).every((f) => f.status === 'loaded')"
)


def printed(reader: Reader) -> list[str]:
    """Print the page that is open and return the text of each sheet."""
    sheets = PdfReader(BytesIO(reader.page.pdf(format="A4", print_background=True)))
    return [" ".join(page.extract_text().split()) for page in sheets.pages]


def title(site: Path, chapter: str) -> str:
    """Return a chapter's title."""
    html = soup(site / f"{chapter}.html")
    return html.h1.get_text().removesuffix("#")


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_a_printed_chapter_has_its_title_and_no_solutions(
    browser: Any, server: str, site: Path, chapter: str
) -> None:
    with Reader(browser, used=True) as reader:
        reader.open(f"{server}/{chapter}.html")
        reader.page.wait_for_function(LETTERS)
        sheets = printed(reader)
        assert sheets[0].startswith(title(site, chapter))
        text = " ".join(sheets)
        assert "Solution to Exercise" not in text
        assert "Exercise" in text
        assert "Imports" not in text
        assert "import numpy" not in text
        # A sheet with a few words only would be what is left of a box that did not fit.
        assert [i for i, sheet in enumerate(sheets[:-1]) if len(sheet) < 150] == []


def test_solutions_are_printed_when_asked_for_and_folded_again(browser: Any, server: str) -> None:
    with Reader(browser) as reader:
        reader.page.add_init_script("window.print = () => dispatchEvent(new Event('beforeprint'))")
        reader.open(f"{server}/{CHAPTERS[0]}.html")
        solutions = reader.page.locator("details.solution")
        reader.page.locator(".dropdown-download-buttons button.dropdown-toggle").click()
        reader.page.locator('[data-action="print-solutions"]').click()
        reader.page.emulate_media(media="print")
        assert solutions.count() == reader.page.locator("details.solution[open]").count() > 5
        assert solutions.last.is_visible()
        reader.page.evaluate("dispatchEvent(new Event('afterprint'))")
        assert reader.page.locator("details.solution[open]").count() == 0
        assert not solutions.last.is_visible()  # the next print has none again


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_paper_is_white_whatever_the_screen_is(browser: Any, server: str, theme: str) -> None:
    with Reader(browser, theme=theme, used=True) as reader:
        reader.open(f"{server}/{CHAPTERS[0]}.html")
        before = reader.page.evaluate("document.documentElement.dataset.theme")
        assert before == theme
        reader.page.emulate_media(media="print")
        reader.page.evaluate("dispatchEvent(new Event('beforeprint'))")
        assert reader.page.evaluate(COLOURS) == []
        reader.page.evaluate("dispatchEvent(new Event('afterprint'))")
        assert reader.page.evaluate("document.documentElement.dataset.theme") == theme
