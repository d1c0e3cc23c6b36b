"""Run all: every cell that prints gives the stored text, every cell that draws gives a figure."""

import json
import os
import re
from typing import Any

import pytest
from live_page import ROOT, LivePage, difference, stored_cells

pytestmark = pytest.mark.browser
FEW = ("05_architecture", "06_backpropagation_through_time", "09_vanishing_gradients")
REST = sorted({path.stem for path in (ROOT / "notebooks").glob("*.ipynb")} - set(FEW))


def check_chapter(browser: Any, server: str, chapter: str) -> None:
    """Run a chapter in Chromium and compare."""
    with LivePage(browser, server, f"notebooks/{chapter}.html") as page:
        page.begin()
        said = page.run_all(minutes=15)
        cells = page.cells()
        compare(chapter, said, cells)
        if os.environ.get("RNN_BOOK_NOTE_SECONDS"):
            note_seconds(chapter, cells)
        assert page.troubles == []
        assert page.foreign_requests(server) == []


def note_seconds(chapter: str, live: list[dict[str, Any]]) -> None:
    """Keep how long the slow cells took, by their names: the bar tells readers."""
    notebook = json.loads((ROOT / "notebooks" / f"{chapter}.ipynb").read_text(encoding="utf-8"))
    names = [cell["id"] for cell in notebook["cells"] if cell["cell_type"] == "code"]
    took = [re.search(r"ran in ([\d.]+) s", cell["status"]) for cell in live]
    slow = {name: round(float(t[1])) for name, t in zip(names, took, strict=True) if t and float(t[1]) >= 1}
    path = ROOT / "src" / "live" / "seconds.json"
    measured = json.loads(path.read_text(encoding="utf-8")) | {chapter: slow}
    path.write_text(json.dumps(measured, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def compare(chapter: str, said: str, live: list[dict[str, Any]]) -> None:
    """Compare what the cells of a page show, once all have run, with what is stored."""
    assert said.startswith("Done"), said + "".join(cell["text"] for cell in live if cell["failed"])
    stored = stored_cells(chapter)
    assert len(live) == len(stored)
    found = [difference(*pair) for pair in zip(stored, live, strict=True)]
    wrong = [f"cell {number}: {words}" for number, words in enumerate(found, 1) if words]
    assert not wrong, "\n".join(wrong)
    # What stays is an explorer, and what the page found to be the same: a function's source, a check's marks.
    for was, cell in zip(stored, live, strict=True):
        shows = was["text"] or was["figures"] or was["html"] or was["tables"]
        same = cell["hasExplorer"] or (not was["figures"] and cell["status"].endswith("as in the book"))
        assert cell["status"].startswith("ran"), cell
        assert cell["isNew"] or same or not shows, cell


@pytest.mark.parametrize("chapter", FEW)
def test_a_chapter_gives_what_is_stored(browser: Any, server: str, chapter: str) -> None:
    check_chapter(browser, server, chapter)


@pytest.mark.thorough
@pytest.mark.parametrize("chapter", REST)
def test_another_chapter_gives_what_is_stored(browser: Any, server: str, chapter: str) -> None:
    check_chapter(browser, server, chapter)
