"""What the pages for lecturers and readers count and name is there: lectures, exercises, solutions."""

import json
import re
from html import unescape
from pathlib import Path
from urllib.parse import parse_qsl

import pytest
from state_links import fault

import rnn_widgets

ROOT = Path(__file__).resolve().parents[2]
LECTURERS, READERS, WELCOME = (
    (ROOT / "book" / f"{name}.md").read_text(encoding="utf-8")
    for name in ("lecturers", "how_to_read", "welcome")
)
LENGTHS = {"Half of one": 0.5, "One": 1.0, "Two": 2.0}
NUMBERS = {
    "four": 4,
    "five": 5,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
    "thirteen": 13,
    "fourteen": 14,
}
LEVELS = {"★": "easy", "★★": "medium", "★★★": "hard"}


def notebook(name: str) -> list[tuple[str, str]]:
    cells = json.loads((ROOT / "notebooks" / f"{name}.ipynb").read_text(encoding="utf-8"))["cells"]
    return [(cell["cell_type"], "".join(cell["source"])) for cell in cells]


def entries() -> dict[str, str]:
    """The entry of each chapter, by its notebook; an entry may name a study too."""
    parts = re.split(r"^## (?=Chapter)", LECTURERS.partition("## In the room")[0], flags=re.MULTILINE)[1:]
    return {re.search(r"notebooks/(?!\w+_study_)(\w+)\.ipynb", part)[1]: part for part in parts}


def lengths() -> dict[str, float]:
    """How many lectures a chapter takes in full."""
    first = {
        name: re.search(r"^Lectures\n: ([^.:]+)", part, re.MULTILINE)[1] for name, part in entries().items()
    }
    return {name: LENGTHS[words] for name, words in first.items()}


def plan() -> list[tuple[list[int], list[str]]]:
    """The rows of the plan: numbers of lectures, and the chapters in them."""
    rows = re.findall(r"^\| ([\d, ]+) \| (.*) \|$", LECTURERS, re.MULTILINE)
    return [
        ([int(number) for number in numbers.split(",")], re.findall(r"notebooks/(\w+)\.ipynb", text))
        for numbers, text in rows
    ]


def test_every_chapter_has_an_entry() -> None:
    chapters = [path.stem for path in (ROOT / "notebooks").glob("*.ipynb") if "_study_" not in path.stem]
    assert sorted(entries()) == sorted(chapters)


def test_the_plan_has_as_many_lectures_as_its_title_says() -> None:
    title = re.search(r"^## A course in (\w+) lectures", LECTURERS, re.MULTILINE)[1]
    numbers = [number for row, _ in plan() for number in row]
    assert numbers == list(range(1, NUMBERS[title] + 1))
    shorter, left_out = re.search(r"In (\w+) lectures, leave out lectures ([\d, and]+)\.", LECTURERS).groups()
    without = {int(number) for number in re.findall(r"\d+", left_out)}
    assert NUMBERS[shorter] == len(set(numbers) - without)
    kept = [name for row, names in plan() if not set(row) <= without for name in names]
    assert "09_remedies" in kept, "the course does not end when nothing helps"


def test_the_plan_is_shorter_than_the_entries_where_the_page_says_so_and_nowhere_else() -> None:
    given: dict[str, float] = {}
    for numbers, chapters in plan():
        for name in chapters:
            given[name] = given.get(name, 0.0) + len(numbers) / len(chapters)
    shorter = {name[:2] for name, full in lengths().items() if given.get(name, 0.0) < full}
    said = re.search(r"The plan is shorter in three places: (.*?)\n\n", LECTURERS, re.DOTALL)[1]
    # Chapters 1 and 3 share one; in the mean of both, the first has what it needs.
    assert {f"{int(number):02d}" for number in re.findall(r"\d+", said)} == shorter | {"01"}
    assert {name[:2] for name in lengths() if name not in given} == {"02", "07"}
    assert all(given.get(name, 0.0) <= full for name, full in lengths().items())
    five = re.search(r"In five, take (.*?)\. No proof", LECTURERS, re.DOTALL)[1]
    assert re.findall(r"notebooks/(\d+)_", five) == ["05", "06", "09"]
    assert (lengths()["05_architecture"], given["05_architecture"]) == (2.0, 2.0)
    assert lengths()["06_backpropagation_through_time"] == lengths()["09_vanishing_gradients"] == 2.0


@pytest.mark.parametrize("page", [READERS, WELCOME], ids=["how_to_read", "welcome"])
def test_other_pages_give_the_shortest_and_the_longest(page: str) -> None:
    assert re.search(r"between half a\s+lecture\s+and\s+two", page)
    assert (min(lengths().values()), max(lengths().values())) == (0.5, 2.0)


def exercises(name: str) -> dict[str, str]:
    """The exercises of a chapter, and how hard they are."""
    found = {}
    for _, text in notebook(name):
        for title in re.finditer(r"```\{exercise(?:-start)?\} (.+)\n", text):
            level = re.search(r"\((★+)\)", text[title.start() :])[1]
            found[title[1]] = LEVELS[level]
    return found


@pytest.mark.parametrize("name", sorted(entries()))
def test_homework_is_among_the_exercises_and_as_hard_as_it_is_said_to_be(name: str) -> None:
    known = exercises(name)
    text = re.search(r"^Homework from .*\n: (.*)$", entries()[name], re.MULTILINE)[1]
    titles = re.findall(r"\*([^*]+)\*", text)
    assert titles
    assert [title for title in titles if title not in known] == []
    for group, level in re.findall(r"((?:\*[^*]+\*(?: and )?)+) \((easy|medium|hard)\)", text):
        assert {known[title] for title in re.findall(r"\*([^*]+)\*", group)} == {level}, group


@pytest.mark.parametrize("name", sorted(entries()))
def test_every_exercise_has_a_solution_with_code(name: str) -> None:
    solutions, code = 0, True
    for kind, text in notebook(name):
        code = code or kind == "code"
        solutions += len(re.findall(r"\{solution\} .*\n:class: dropdown\n\n```python\n", text))
        for mark in re.findall(r"\{solution-(start|end)\}", text if kind == "markdown" else ""):
            if mark == "end":
                assert code, text
            else:
                solutions, code = solutions + 1, False
    assert solutions == len(exercises(name)) > 0


def test_the_links_to_explorers_lead_to_states_that_these_explorers_have() -> None:
    made = [getattr(rnn_widgets, name)() for name in rnn_widgets.__all__ if name.endswith("Explorer")]
    known = {each.name: each for each in made}
    links = re.findall(r'href="\.\./notebooks/(\w+)\.html#([^"]+)"', LECTURERS)
    assert len(links) > 20
    for page, fragment in links:
        settings = dict(parse_qsl(unescape(fragment)))
        explorer = known[settings.pop("explorer")]
        assert any(f"{type(explorer).__name__}(" in text for _, text in notebook(page)), (page, explorer)
        faults = {name: fault(value, explorer.schema.get(name)) for name, value in settings.items()}
        assert not any(faults.values()), (fragment, faults)
