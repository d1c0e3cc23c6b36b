"""The site as a zip: unpacked somewhere else, opened as a file, everything but Python lives."""

import zipfile
from pathlib import Path
from typing import Any

import pytest
import site_zip
import take_along
from reader import Reader
from test_answers import GIVE

from rnn_exercises import find

pytestmark = pytest.mark.browser
CHAPTERS = (
    "notebooks/05_architecture",
    "notebooks/09_vanishing_gradients",
    "notebooks/10_temporal_point_processes",
)
FONT_IS_THERE = (
    "() => [...document.fonts].some((f) => f.family.startsWith('MJXTEX') && f.status === 'loaded')"
)

MOVED = "([box, before]) => box.innerHTML !== before"


@pytest.fixture
def unpacked(site: Path, tmp_path: Path) -> Path:
    """Pack the site and return the folder that a reader finds in the zip, which has a space in its path."""
    site_zip.zip_folder(site, tmp_path / "book.zip", "a book")
    with zipfile.ZipFile(tmp_path / "book.zip") as archive:
        archive.extractall(tmp_path / "my books")
    assert take_along.PLACE.search((site / take_along.WELCOME).read_text(encoding="utf-8"))
    return tmp_path / "my books" / "a book"


def test_a_reader_opens_the_file_moves_searches_and_answers(browser: Any, unpacked: Path) -> None:
    with Reader(browser) as reader:
        reader.skip_questions()
        page = reader.page
        page.goto((unpacked / "index.html").as_uri())
        page.wait_for_url("**/book/welcome.html")
        page.locator(".explorer-live").first.wait_for()
        for chapter in CHAPTERS:
            reader.open(f"{unpacked.as_uri()}/{chapter}.html")
            reader.wake_explorers()
            boxes, live = page.locator(".explorer"), page.locator(".explorer-live")
            assert boxes.count() == live.count() > 0, chapter
            page.locator(".bd-article p mjx-container >> visible=true").first.scroll_into_view_if_needed()
            page.wait_for_function(FONT_IS_THERE)

        # A slider moves what the explorer shows; a right answer is known on another page.
        reader.open(f"{unpacked.as_uri()}/{CHAPTERS[1]}.html")
        reader.wake_explorers()
        box = page.locator(".explorer-live", has=page.locator("input[type=range]:visible")).first
        before = box.inner_html()
        box.locator("input[type=range]:visible").first.press("Home")
        box.locator("input[type=range]:visible").first.press("ArrowRight")
        page.wait_for_function(MOVED, arg=[box.element_handle(), before])
        for place, (right, *_) in find("ex-09-lag").variants()[0].numbers.items():
            assert page.evaluate(GIVE, ["ex-09-lag", place, repr(right)])[0] == "Right."
        reader.open(f"{unpacked.as_uri()}/book/my_progress.html")
        page.locator(".progress-list").get_by_text("solved on").first.wait_for()

        # What cannot work says so.
        reader.open(f"{unpacked.as_uri()}/{CHAPTERS[0]}.html")
        bar = page.locator(".live-bar")
        if bar.count():
            bar.get_by_role("button").click()
            assert "Opened as a file" in bar.inner_text()

        reader.open(f"{unpacked.as_uri()}/search.html?q=vanishing+gradient")
        page.locator("#search-results a").first.wait_for()
        assert page.locator("#search-results a[href*='09_vanishing']").count() > 0
        assert reader.foreign_requests(unpacked.as_uri()) == []
        assert reader.troubles == []
