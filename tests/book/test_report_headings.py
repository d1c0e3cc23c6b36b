"""Every heading of the report is answered, by a place that is there."""

from pathlib import Path
from typing import Any

import pytest
from parsed import soup
from report_headings import heading_of, problems, read_chapters, read_headings, table

ROOT = Path(__file__).resolve().parents[2]
# How many headings the report has with each number before the dot; those without a number have the key "".
NUMBERED = {"": 4, "1": 1, "2": 1, "3": 1, "4": 6, "5": 3, "6": 4, "7": 3, "8": 1, "9": 8, "10": 1}


def entry(report: str, chapter: int, **more: Any) -> dict[str, Any]:
    """Return one entry of the list."""
    return {"report": report, "chapter": chapter, **more}


CHAPTERS = {
    5: {"notebooks/05_a": ["5 A", "5.1 Model structure"]},
    9: {"notebooks/09_v": ["9 V", "9.1 W"], "notebooks/09_r": ["9.2.5 R", "Gates"]},
}


def test_the_books_own_list_agrees_with_its_chapters() -> None:
    assert problems(read_headings(ROOT), read_chapters(ROOT)) == []


def test_the_list_has_every_numbered_heading_of_the_report_once() -> None:
    names = [entry["report"] for entry in read_headings(ROOT)]
    assert len(set(names)) == len(names)
    first = [name.split()[0] if name[0].isdigit() else "" for name in names]
    count = {key: sum(number.split(".")[0] == key for number in first) for key in NUMBERED}
    assert count == NUMBERED
    numbers = [tuple(map(int, number.split("."))) for number in first if number]
    assert numbers == sorted(numbers)


def test_a_second_chapter_may_continue_a_section() -> None:
    entries = [entry("5 A", 5, continued=9)]
    assert heading_of("notebooks/05_a", entries, CHAPTERS) == "5 A"
    assert heading_of("notebooks/09_v", entries, CHAPTERS) == "5 A"
    assert "{doc}`/notebooks/05_a`, {doc}`/notebooks/09_v`" in table(entries, CHAPTERS)
    assert problems(entries, CHAPTERS) == []
    assert problems([entry("5 A", 5, continued=8)], CHAPTERS) == ["there is no chapter 8"]


def test_an_entry_lies_in_the_chapter_of_its_number() -> None:
    for item in read_headings(ROOT):
        if item["report"][0].isdigit():
            assert item["chapter"] == int(item["report"].split()[0].split(".")[0]), item


@pytest.mark.parametrize(
    ("wrong", "expected"),
    [
        (entry("5.1 x", 5, heading="5.1 Model Structure"), "chapter 5 has no section '5.1 Model Structure'"),
        (entry("9.1 x", 9, heading="5.1 Model structure"), "chapter 9 has no section '5.1 Model structure'"),
        (entry("10 T", 10), "chapter 10 has no section '10 T'"),
    ],
)
def test_each_fault_is_found(wrong: dict[str, Any], expected: str) -> None:
    assert any(expected in problem for problem in problems([wrong], CHAPTERS))


def test_the_table_links_the_notebook_that_has_the_section() -> None:
    text = table(
        [
            entry("5.1 M", 5, heading="5.1 Model structure"),
            entry("9 V", 9),
            entry("9.2.5 R", 9, heading="9.2.5 R"),
            entry("9.2.6 G", 9, heading="Gates"),
        ],
        CHAPTERS,
    )
    rows = text.splitlines()[2:]
    assert 'href="../notebooks/05_a.html#model-structure"' in rows[0]
    assert "{doc}`/notebooks/09_v`" in rows[1]
    assert "{doc}`/notebooks/09_r`" in rows[2]
    assert 'href="../notebooks/09_r.html#gates"' in rows[3]


def test_a_notebook_answers_a_heading_as_a_whole_or_in_part() -> None:
    entries = [entry("9 V", 9), entry("9.2.5 R", 9, heading="9.2.5 R"), entry("9.2.6 G", 9, heading="Gates")]
    assert heading_of("notebooks/09_v", entries, CHAPTERS) == "9 V"
    assert heading_of("notebooks/09_r", entries, CHAPTERS) == "9.2.5 R"
    assert heading_of("notebooks/09_r", entries[2:], CHAPTERS) is None
    assert heading_of("notebooks/05_a", entries, CHAPTERS) is None


@pytest.mark.browser
def test_beneath_each_chapters_title_stands_the_reports_heading(site: Path) -> None:
    entries, chapters = read_headings(ROOT), read_chapters(ROOT)
    for notebooks in chapters.values():
        for document, headings in notebooks.items():
            if "_study_" in document:  # answers no heading, it belongs to its chapter
                continue
            page = soup(site / f"{document}.html")
            number, words = str(heading_of(document, entries, chapters)).split(" ", 1)
            line = page.find("h1").find_next_sibling()
            assert line["class"] == ["report-heading"]
            assert line.get_text() == f"Section {number} of the report: {words}"
            of_chapter = document.split("/")[1].split("_")[0].lstrip("0")
            assert headings[0].split()[0] in (number, f"{number.split('.')[0]}R", of_chapter)


@pytest.mark.browser
def test_the_page_has_every_heading_and_each_link_reaches_its_heading(site: Path) -> None:
    page = soup(site / "book" / "concordance.html")
    rows = page.find(id="the-sections-of-the-report").find("table").find("tbody").find_all("tr")
    entries = read_headings(ROOT)
    assert len(rows) == len(entries)
    for row, item in zip(rows, entries, strict=True):
        link = row.find_all("td")[1].find("a")
        assert link is not None, item
        if "#" in link["href"]:
            address, anchor = link["href"].split("#")
            target = soup(site / "book" / address)
            heading = target.find(id=anchor).find(["h2", "h3", "h4"])
            start = item["heading"].split("$")[0].strip()
            assert heading.get_text().replace("’", "'").strip().startswith(start)
