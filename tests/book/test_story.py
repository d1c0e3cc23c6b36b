"""Each chapter begins with something to move, comes to its end, and speaks of its subject."""

from pathlib import Path
from typing import Any

import pytest
from reader import Reader

pytestmark = pytest.mark.browser

ROOT = Path(__file__).resolve().parents[2]
CHAPTERS = sorted(
    path.stem for path in (ROOT / "notebooks").glob("[01]*.ipynb") if "_study_" not in path.stem
)
SCREEN = {"width": 1280, "height": 900}
# What is read: without folds, code and its output, formulas, what stands for explorers and for playgrounds.
FOUND = """() => {
  const article = document.querySelector("article");
  const read = article.cloneNode(true);
  const away = "details, .cell, mjx-container, script, style, .explorer-fallback, .rnn-playground";
  for (const each of read.querySelectorAll(away)) each.remove();
  const text = read.textContent;
  const first = article.querySelector(".explorer, .rnn-explorer");
  const second = article.querySelectorAll("h2")[1];
  const seen = [...article.querySelectorAll("figure, .explorer, .cell_output img")];
  return {
    height: document.documentElement.scrollHeight,
    explorer: first ? first.getBoundingClientRect().top + scrollY : null,
    // before the second section
    figures: seen.filter((each) => each.compareDocumentPosition(second) & 4).length,
    mentions: text.match(/\\breports?\\b|Khanna/gi)?.length ?? 0,
    words: text.trim().split(/\\s+/).length,
    endings: [...article.querySelectorAll("h2")].map((h) => h.firstChild.textContent.trim()),
  };
}"""
END = ["Summary", "What you can do now", "Exercises", "Further reading"]


@pytest.fixture(scope="module")
def chapters(browser: Any, server: str) -> dict[str, dict[str, Any]]:
    """Return what is found in each chapter, all of its code folded."""
    found = {}
    with Reader(browser, SCREEN, used=True) as reader:
        for chapter in CHAPTERS:
            reader.open(f"{server}/notebooks/{chapter}.html")
            reader.page.add_style_tag(content="article .cell_input { display: none !important }")
            found[chapter] = reader.page.evaluate(FOUND)
    return found


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_something_can_be_moved_within_two_screens(chapters: Any, chapter: str) -> None:
    place = chapters[chapter]["explorer"]
    assert place is not None
    assert place <= 2 * SCREEN["height"]
    assert chapters[chapter]["figures"] > 0, "nothing is seen before the second section"


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_a_chapter_comes_to_its_end(chapters: Any, chapter: str) -> None:
    assert chapters[chapter]["height"] <= 30 * SCREEN["height"]
    assert chapters[chapter]["endings"][-4:] == END


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_a_chapter_speaks_of_its_subject(chapters: Any, chapter: str) -> None:
    assert chapters[chapter]["mentions"] <= 6


def test_the_chapters_can_be_read(chapters: Any) -> None:
    assert sum(found["words"] for found in chapters.values()) <= 45_000


def test_the_short_way_is_short(browser: Any, server: str) -> None:
    """Twelve screens, six explorers, three displayed formulas, and nothing about the source."""
    with Reader(browser, SCREEN, used=True) as reader:
        reader.open(f"{server}/book/twenty_minutes.html")
        found = reader.page.evaluate(FOUND)
        assert found["height"] <= 12 * SCREEN["height"]
        assert reader.page.locator("article .explorer").count() == 6
        assert reader.page.locator("article div.math").count() == 3
        assert found["mentions"] == 0
