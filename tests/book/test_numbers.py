"""Numbers by chapter on the built site: in order, each once, and the same in every reference and solution."""

import json
import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from parsed import soup

ROOT = Path(__file__).resolve().parents[2]
CHAPTERS = {
    "01_introduction": "1",
    "02_history": "2",
    "03_motivation": "3",
    "04_preliminaries": "4",
    "04_study_markov": "4S",
    "05_architecture": "5",
    "06_backpropagation_through_time": "6",
    "07_gradient_accumulation": "7",
    "08_gradient_descent": "8",
    "08_study_training": "8S",
    "09_vanishing_gradients": "9",
    "09_remedies": "9R",
    "10_temporal_point_processes": "10",
    "11_neural_point_processes": "11",
}
SHARED = {"Theorem", "Proposition", "Lemma", "Corollary", "Definition", "Example", "Remark", "Algorithm"}
OWN_COUNTER = {"Exercise", "Figure", "Table"}
# Where an equation of the report is, by its number.
EQUATIONS = {
    **dict.fromkeys(range(1, 6), "05_architecture"),
    **dict.fromkeys(range(6, 11), "06_backpropagation_through_time"),
    **dict.fromkeys((11, 12), "07_gradient_accumulation"),
    **dict.fromkeys(range(13, 16), "08_gradient_descent"),
    **dict.fromkeys(range(16, 22), "09_vanishing_gradients"),
}
BY_HAND = re.compile(
    rf"\b(?:{'|'.join(SHARED)}|Exercise)s? \d|\b(?:Figure|Table)s? \d+[RS]?\.\d", re.IGNORECASE
)


class Block(NamedTuple):
    """A numbered block: where it is, which kind its title names, its number and its box's classes."""

    page: str
    anchor: str
    kind: str
    number: str
    classes: list[str]


@cache
def blocks(site: Path) -> list[Block]:
    """Return every numbered block, page by page, in its order on the page."""
    found = []
    for path in sorted(site.rglob("*.html")):
        for caption in soup(path).select("article .caption-number"):
            box = caption.find_parent(["div", "figure", "table", "details"], id=True)
            kind, number = caption.get_text().split()
            page = path.relative_to(site).as_posix()
            found.append(Block(page, box["id"], kind, number, box.get("class", [])))
    return found


def of_chapter(site: Path, name: str) -> list[Block]:
    """Return the numbered blocks of a chapter."""
    return [block for block in blocks(site) if block.page == f"notebooks/{name}.html"]


@pytest.mark.parametrize(("name", "chapter"), CHAPTERS.items())
@pytest.mark.browser
def test_a_chapter_counts_its_theorems_exercises_and_figures_in_order(
    site: Path, name: str, chapter: str
) -> None:
    here = of_chapter(site, name)
    counted = [block.number for block in here if block.kind in SHARED]
    assert counted == [f"{chapter}.{place}" for place in range(1, len(counted) + 1)]
    assert counted or "_study_" in name
    for kind in OWN_COUNTER:
        counted = [block.number for block in here if block.kind == kind]
        assert counted == [f"{chapter}.{place}" for place in range(1, len(counted) + 1)]
    assert len(here) == sum(block.kind in SHARED | OWN_COUNTER for block in here)


@pytest.mark.browser
def test_every_chapter_is_known_and_no_number_is_given_twice(site: Path) -> None:
    pages = {path.stem for path in (site / "notebooks").glob("*.html")}
    assert {name for name in pages if "_study_" not in name} == {n for n in CHAPTERS if "_study_" not in n}
    given = Counter(
        (block.kind if block.kind in OWN_COUNTER else "shared", block.number) for block in blocks(site)
    )
    assert {key: count for key, count in given.items() if count > 1} == {}


@pytest.mark.browser
def test_the_title_of_a_box_names_its_kind(site: Path) -> None:
    boxes = [block for block in blocks(site) if block.kind in SHARED | {"Exercise"}]
    assert [block for block in boxes if block.kind.lower() not in block.classes] == []


@pytest.mark.browser
def test_every_box_and_every_caption_has_a_number(site: Path) -> None:
    numbered = {(block.page, block.anchor) for block in blocks(site)}
    kinds = ", ".join(f"article div.{kind.lower()}.admonition" for kind in SHARED | {"Exercise"})
    for name in CHAPTERS:
        page = soup(site / "notebooks" / f"{name}.html")
        boxes = page.select(kinds) + [caption.parent for caption in page.select("article figcaption")]
        bare = {(f"notebooks/{name}.html", box.get("id")) for box in boxes} - numbered
        assert bare == set()


@pytest.mark.browser
def test_every_reference_says_what_the_title_of_its_target_says(site: Path, page_address: str) -> None:
    titles = {f"{block.page}#{block.anchor}": f"{block.kind} {block.number}" for block in blocks(site)}
    wrong = []
    for link in soup(site / page_address).select("article a.reference.internal[href]"):
        parts = urlsplit(urljoin(page_address, str(link["href"])))
        title = titles.get(f"{unquote(parts.path)}#{unquote(parts.fragment)}")
        if title not in (None, link.get_text().strip()):
            wrong.append(f"{link.get_text()} leads to {title}")
    assert wrong == []


@pytest.mark.browser
def test_references_to_each_kind_exist_and_cross_pages(site: Path) -> None:
    """Else the walk over all links would prove nothing."""
    anchors = {(block.page, block.anchor): block.kind for block in blocks(site)}
    met = Counter()
    for path in site.rglob("*.html"):
        page = path.relative_to(site).as_posix()
        for link in soup(path).select("article a.reference.internal[href]"):
            parts = urlsplit(urljoin(page, str(link["href"])))
            kind = anchors.get((parts.path, unquote(parts.fragment)))
            met[kind, parts.path != page] += 1
    for kind in ("Theorem", "Proposition", "Exercise", "Figure"):
        assert met[kind, False] > 0
        assert met[kind, True] > 0


@pytest.mark.parametrize("name", CHAPTERS)
@pytest.mark.browser
def test_a_solution_names_the_exercise_before_it(site: Path, name: str) -> None:
    exercise = None
    solved = []
    for box in soup(site / "notebooks" / f"{name}.html").select("article .exercise, article .solution"):
        title = " ".join(box.find(class_="admonition-title").get_text().split())
        if "exercise" in box["class"]:
            exercise = title
        else:
            assert title == f"Solution to {exercise}"
            solved.append(title)
    assert len(solved) == sum(block.kind == "Exercise" for block in of_chapter(site, name)) > 0


@pytest.mark.browser
def test_the_equations_keep_the_numbers_of_the_report(site: Path) -> None:
    for number, name in EQUATIONS.items():
        formula = soup(site / "notebooks" / f"{name}.html").find(id=f"eq-{number}")
        assert re.findall(r"\\tag\{(.*?)\}", formula.find(attrs={"data-tex": True})["data-tex"]) == [
            str(number)
        ]
    tags = [
        tag
        for name in CHAPTERS
        for math in soup(site / "notebooks" / f"{name}.html").find_all(attrs={"data-tex": True})
        for tag in re.findall(r"\\tag\{(\d+)\}", math["data-tex"])
    ]
    assert sorted(map(int, tags)) == list(EQUATIONS)


def prose() -> dict[str, str]:
    """Return the text of every page, without code."""
    texts = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "book").glob("*.md")}
    for path in (ROOT / "notebooks").glob("*.ipynb"):
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        markdown = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown"]
        captions = [cell["metadata"].get("mystnb", {}).get("figure", {}).get("caption", "") for cell in cells]
        texts[path.name] = "\n".join(markdown + captions)
    return texts


def test_no_number_is_written_by_hand() -> None:
    """The report's figures have whole numbers; ours have a chapter's in front."""
    found = [(name, hit[0]) for name, text in prose().items() for hit in BY_HAND.finditer(text)]
    assert found == []


@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        ("by Proposition 31", True),
        ("see exercise 4 of chapter 2", True),
        ("Theorem 9R.2 says", True),
        ("Figure 5.2 shows", True),
        ("the report's Figure 3 is empty", False),
        ("three theorems, 9 lemmas", False),
    ],
)
def test_a_number_written_by_hand_is_found(text: str, is_found: bool) -> None:
    assert bool(BY_HAND.search(text)) is is_found
