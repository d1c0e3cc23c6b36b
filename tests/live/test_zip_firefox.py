"""The site opened as a file in Firefox, and every page of it with explorers in both browsers."""

from pathlib import Path
from typing import Any

import pytest
from conftest import missing
from firefox import Firefox, executable
from reader import Reader

pytestmark = [pytest.mark.browser, pytest.mark.thorough]
# Every explorer comes alive when it comes near, and the formulas get their letters.
COME_ALIVE = """(async () => {
  const boxes = [...document.querySelectorAll('.explorer')];
  for (const box of boxes) {
    box.scrollIntoView({ block: 'center' });
    for (let i = 0; i < 300 && !box.matches('.explorer-live'); i++)
      await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const letters = [...document.fonts].filter((face) => face.family.startsWith('MJX'));
  await Promise.allSettled(letters.map((face) => face.load()));
  return [boxes.length, document.querySelectorAll('.explorer-live').length,
    letters.length > 5 && letters.every((face) => face.status === 'loaded')];
})()"""
# What each explorer does when the reader has skipped its question and moves what can be moved first.
ANSWER = """(async () => {
  const silent = [];
  for (const box of document.querySelectorAll('.explorer-live')) {
    const skip = [...box.querySelectorAll('button')].find((each) => each.textContent === 'Skip');
    if (skip?.checkVisibility()) skip.click();
    await new Promise((resolve) => setTimeout(resolve, 50));
    const drawing = () => [...box.querySelectorAll('svg')].map((svg) => svg.innerHTML).join('');
    const before = drawing();
    const slider = [...box.querySelectorAll('input[type=range]')].find((each) => each.checkVisibility());
    if (slider) {
      const { min, max, value } = slider;
      slider.value = Number(value) - min > (max - min) / 2 ? min : max;
      slider.dispatchEvent(new Event('input', { bubbles: true }));
    } else {
      const handle = box.querySelector('.handle[role=slider]');
      for (const key of ['ArrowUp', 'ArrowRight'])
        handle?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
    }
    for (let i = 0; i < 100 && drawing() === before; i++)
      await new Promise((resolve) => setTimeout(resolve, 20));
    if (drawing() === before) silent.push(box.querySelector('.rnn-explorer').className);
  }
  return silent;
})()"""
HITS = """(async () => {
  for (let i = 0; i < 300 && !document.querySelector('#search-results a'); i++)
    await new Promise((resolve) => setTimeout(resolve, 50));
  return [...document.querySelectorAll('#search-results a')].map((link) => link.href);
})()"""


def pages(site: Path) -> list[Path]:
    """Return the pages with explorers."""
    paths = [*site.glob("book/*.html"), *site.glob("notebooks/*.html")]
    found = [path for path in paths if "widget-view+json" in path.read_text(encoding="utf-8")]
    assert len(found) > 12
    return sorted(found)


def test_every_explorer_lives_and_answers_in_firefox_and_search_finds(site: Path) -> None:
    if executable() is None:
        missing("no Firefox was found")
    with Firefox() as firefox:
        firefox.open((site / "index.html").as_uri())
        for page in pages(site):
            firefox.open(page.as_uri())
            count, live, letters = firefox.evaluate(COME_ALIVE)
            assert count == live > 0, page.name
            assert letters, page.name
            assert firefox.evaluate(ANSWER) == [], page.name
        assert firefox.troubles == []
        firefox.open((site / "search.html").as_uri() + "?q=vanishing+gradient")
        assert any("09_vanishing" in address for address in firefox.evaluate(HITS))


def test_every_explorer_lives_and_answers_in_chromium(browser: Any, site: Path) -> None:
    with Reader(browser) as reader:
        for page in pages(site):
            reader.page.goto(page.as_uri())
            count, live, letters = reader.page.evaluate(COME_ALIVE)
            assert count == live > 0, page.name
            assert letters, page.name
            assert reader.page.evaluate(ANSWER) == [], page.name
        assert reader.troubles == []
