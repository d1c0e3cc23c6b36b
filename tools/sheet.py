"""Make a problem sheet of a chapter's exercises, and its key, for printing.

Both are pages of the built site's look in ``_build/sheets``; where Chromium is there, also PDF files. The
numbers are those of the seed; 0 are the printed ones.

Usage: python tools/sheet.py CHAPTER SEED
"""

import copy
import html
import json
import re
import sys
from pathlib import Path

import chromium as browsers
import yaml
from bs4 import BeautifulSoup, Tag
from playwright.sync_api import PdfMargins, sync_playwright

from rnn_exercises import find
from rnn_exercises.kinds import Choice, Code, Exercise, Formula, Number, Order, Proof, Question, Variant

ROOT = Path(__file__).resolve().parents[1]
SITE = ROOT / "_build" / "html"
SHEETS = ROOT / "_build" / "sheets"
MARGIN: PdfMargins = {"top": "18mm", "bottom": "18mm", "left": "18mm", "right": "18mm"}
PAGE = """<!doctype html>
<html lang="en" data-theme="light">
<head>
<meta charset="utf-8">
<base href="../html/notebooks/">
<title>{title}</title>
{head}
<style>
body {{ max-width: 46rem; margin: 2rem auto; padding: 0 1rem; }}
.admonition {{ break-inside: avoid; }}
.room {{ min-height: 5em; }}
.key {{ margin-block: 0.5em; padding-inline-start: 0.75em; border-inline-start: 4px solid currentcolor; }}
.sheet-question {{ margin-top: 0.6em; }}
@media print {{ body {{ margin: 0; max-width: none; }} }}
</style>
</head>
<body><main class="bd-article">
<h1>{title}</h1>
<p>{words}</p>
{exercises}
</main></body>
</html>
"""


def chapter_page(chapter: str) -> Path:
    """Return the built page of a chapter, by the number that the book gives it, such as 9, 9R or 9G.

    Raises
    ------
    ValueError
        If there is no such chapter.
    """
    own = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))
    named = own["sphinx"]["config"]["chapter_numbers"]
    pages = sorted((SITE / "notebooks").glob("*.html"))
    numbers = {str(named.get(f"notebooks/{page.stem}", int(page.stem[:2]))): page for page in pages}
    if chapter.upper() not in numbers:
        raise ValueError(f"CHAPTER must be one of {', '.join(numbers)}; got {chapter!r}")
    return numbers[chapter.upper()]


def answer_to(question: Question, place: int, variant: Variant) -> str:
    """Return the right answer in a few words of HTML."""
    match question:
        case Number():
            value = variant.numbers[place][0]
            return html.escape(f"{value:.6g} {question.unit}".strip())
        case Formula():
            return f"<code>{html.escape(question.answer)}</code>"
        case Order():
            shown = question.shuffled()
            return "in the order of the sheet: " + ", ".join(
                str(shown.index(step) + 1) for step in range(len(question.steps))
            )
        case Choice():
            right = [chr(ord("a") + i) for i, option in enumerate(question.options) if option.right]
            return ", ".join(right) or "none"
        case Code():
            return f"<pre>{html.escape(question.solution.strip())}</pre>"
        case Proof():
            return "a proof with the points that are named"


def part(tag: Tag, selector: str) -> Tag:
    """Return a part that a question always has."""
    found = tag.select_one(selector)
    if found is None:
        raise ValueError(f"the page was built by another version of the book: a question lacks {selector}")
    return found


def on_paper(answer: Tag, exercise: Exercise, variant: Variant, key: bool) -> list[Tag]:
    """Return the questions as they stand on paper, with the numbers of a variant."""
    soup = BeautifulSoup("", "html.parser")
    shown = variant.shown()
    made = []
    for place, question in enumerate(answer.select(".question")):
        box = soup.new_tag("div", attrs={"class": "sheet-question"})
        ask = copy.copy(part(question, ".ask"))
        for drawn in ask.find_all(class_="drawn"):
            drawn.string = shown[str(drawn["data-draw"])]
        box.append(ask)
        for listed in question.find_all(class_=["options", "steps"]):
            kind = "a" if "options" in listed["class"] else "1"
            items = soup.new_tag("ol", attrs={"type": kind})
            for item in listed.find_all("li"):
                entry = soup.new_tag("li")
                entry.extend(copy.copy(each) for each in part(item, "label, div").contents)
                items.append(entry)
            box.append(items)
        if key:
            words = answer_to(exercise.questions[place], place, variant)
            box.append(BeautifulSoup(f'<div class="key">{words}</div>', "html.parser"))
        else:
            box.append(soup.new_tag("div", attrs={"class": "room"}))
        made.append(box)
    return made


def write(page: Path, seed: int) -> list[Path]:
    """Write the sheet and its key; return the files."""
    soup = BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser")
    links = soup.find_all("link", rel="stylesheet")
    styles = [f'<link rel="stylesheet" href="{html.escape(str(link["href"]))}">' for link in links]
    inside = asked_on(page, soup)
    title = re.sub(r"\s*#$", "", soup.find("h1").get_text()).strip()  # type: ignore[union-attr]
    written = []
    SHEETS.mkdir(parents=True, exist_ok=True)
    for key in (False, True):
        parts = []
        for box in soup.find_all(class_="exercise"):
            parts += [str(part) for part in exercise_parts(soup, box, inside, seed, key)]
        name = f"{page.stem}-{seed}{'-key' if key else ''}"
        words = f"Numbers {seed}." if seed else "The numbers are those of the book."
        text = PAGE.format(
            title=html.escape(f"{title}: {'key' if key else 'problems'}"),
            head="\n".join(styles),
            words=words,
            exercises="\n".join(parts),
        )
        path = SHEETS / f"{name}.html"
        path.write_text(text, encoding="utf-8")
        written.append(path)
    return written


def asked_on(page: Path, soup: BeautifulSoup) -> dict[str, str]:
    """Return what is asked in the exercises of a page, which the page fetches when it is opened."""
    answer = soup.select_one("details.answer")
    if answer is None:
        return {}
    script = (page.parent / str(answer["data-inside"])).resolve().read_text(encoding="utf-8")
    inside: dict[str, str] = json.loads(script.partition(" = ")[2].rstrip().removesuffix(";"))
    return inside


def exercise_parts(soup: BeautifulSoup, box: Tag, inside: dict[str, str], seed: int, key: bool) -> list[Tag]:
    """Return an exercise for the sheet; for the key, with its answers and its solution."""
    own = copy.copy(box)
    answer = own.find(class_="answer")
    parts = [own]
    if isinstance(answer, Tag):
        exercise = find(str(answer["data-exercise"]))
        variants = exercise.variants()
        asked = BeautifulSoup(inside[exercise.label], "html.parser")
        questions = on_paper(asked, exercise, variants[seed % len(variants)], key)
        answer.replace_with(*questions)
    solution = soup.find("details", attrs={"data-of": str(box["id"])})
    if key and isinstance(solution, Tag):
        opened = copy.copy(solution)
        opened["open"] = ""
        parts.append(opened)
    return parts


def print_pdf(paths: list[Path]) -> list[Path]:
    """Print pages with Chromium; return the files, none if Chromium is not there."""
    chromium = browsers.find()
    if chromium is None:
        return []
    made = [path.with_suffix(".pdf") for path in paths]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=browsers.ARGUMENTS)
        page = browser.new_page()
        for source, target in zip(paths, made, strict=True):
            page.goto(source.as_uri())
            page.pdf(path=target, format="A4", margin=MARGIN)
        browser.close()
    return made


def main(arguments: list[str]) -> int:
    """Make a sheet; return the exit code."""
    if len(arguments) != 2:
        print("a chapter and a seed are needed: make sheet CHAPTER=9 SEED=3", file=sys.stderr)
        return 2
    chapter, seed = arguments
    try:
        if not seed.isdecimal():
            raise ValueError(f"SEED must be a whole number of at least 0, got {seed!r}")
        paths = write(chapter_page(chapter), int(seed))
    except ValueError as error:
        print(error, file=sys.stderr)
        return 2
    for path in [*paths, *print_pdf(paths)]:
        print(path.relative_to(ROOT))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
