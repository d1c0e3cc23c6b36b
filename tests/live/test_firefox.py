"""Chapters 5, 6 and 10 in Firefox: as in Chromium, every cell gives what is stored."""

import pytest
from conftest import missing
from firefox import Firefox, executable
from live_page import READ
from test_chapters import compare

pytestmark = [pytest.mark.browser, pytest.mark.thorough]
WAIT = """(async () => {{
  while (!({0})) await new Promise((resolve) => setTimeout(resolve, 100));
  return document.querySelector('.live-words').textContent;
}})()"""
IDLE = (
    "[...document.querySelectorAll('.live-bar button')].some((b) => b.textContent === 'Stop' && b.disabled)"
)
CHAPTERS = ("05_architecture", "06_backpropagation_through_time", "10_temporal_point_processes")


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_a_chapter_gives_what_is_stored(server: str, chapter: str) -> None:
    if executable() is None:
        missing("no Firefox was found")
    with Firefox() as firefox:
        firefox.open(f"{server}/notebooks/{chapter}.html")
        firefox.evaluate("document.querySelector('.live-bar button').click()")
        said = firefox.evaluate(WAIT.format("document.documentElement.classList.contains('live-ready')"))
        assert said.startswith("Ready. A cell can be run"), said  # one session: this Firefox lets Python wait
        firefox.evaluate("document.querySelector('.live-bar button').click()")
        said = firefox.evaluate(WAIT.format(IDLE))
        compare(chapter, said, firefox.evaluate(f"({READ})()"))
