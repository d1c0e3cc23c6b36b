"""The book's exercises as files, made of the finished pages.

One is for the page Practice, which takes its exercises from it; one for programs that read; one for Anki. And
what an exercise asks and can say is taken out of its page into a file that is fetched when a reader opens it.
"""

import copy
import hashlib
import json
import posixpath
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from answers import answered
from bs4 import BeautifulSoup, Tag
from formula_marks import Formulas
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError

from rnn_exercises import find
from rnn_exercises.kinds import Choice, Code, Formula, Number, Order, Question

PRACTICE = "book/practice"
FOR_PRACTICE, FOR_PROGRAMS, FOR_ANKI = "exercises.js", "exercises.json", "exercises-anki.txt"
ADDRESS = re.compile(r"[a-z]+:")
FOLDER = "answers"  # within the static files
EXERCISE = '<div class="exercise'
ANSWER = re.compile(
    r'<details class="answer" data-exercise="([^"]+)">(<summary>[^<]*</summary>\s*)(.*?)</details>', re.S
)


def boxes(
    site: Path, pages: dict[str, list[str]], formulas: Formulas
) -> Iterator[tuple[str, str, Tag, Tag | None]]:
    """Yield each exercise's label and page, its box, and its solution, from the written pages.

    A page is parsed from its first exercise on, and without its formulas: a mark stands for each. What comes
    before, and formulas, are most of a page.
    """
    for page in sorted(pages):
        html = (site / f"{page}.html").read_text(encoding="utf-8")
        inside = html[html.index(EXERCISE) : html.rindex("</article>")]
        soup = BeautifulSoup(formulas.mark(inside), "html.parser")
        known = {tag["id"]: tag for tag in soup.find_all(id=True)}
        solutions = {tag["data-of"]: tag for tag in soup.find_all("details", attrs={"data-of": True})}
        for label in pages[page]:
            if label in known:
                yield label, page, known[label], solutions.get(label)


def anchored(box: Tag, page: str, formulas: Formulas) -> str:
    """Return a box with links that hold on the page Practice; links within its own page lead there."""
    for tag in box.find_all(href=True):
        path, mark, fragment = str(tag["href"]).partition("#")
        if not ADDRESS.match(path):
            target = posixpath.join(posixpath.dirname(page), path) if path else f"{page}.html"
            tag["href"] = posixpath.relpath(target, posixpath.dirname(PRACTICE)) + mark + fragment
    return formulas.restore(str(box))


def plain(box: Tag | None, formulas: Formulas, *without: str) -> str:
    """Return a box as simple HTML with its formulas as TeX between brackets, without some of its parts."""
    if box is None:
        return ""
    simple = copy.copy(box)
    for name in without:
        for tag in simple.select(name):
            tag.decompose()
    for tag in simple.find_all(["a", "span", "div", "section", "details", "summary"]):
        if tag.name in ("div", "section", "details"):
            tag.insert_after("\n")
        tag.unwrap()
    for tag in simple.find_all(True):
        tag.attrs = {}
    return re.sub(r"\s+", " ", formulas.as_tex(simple.decode_contents())).strip()


def described(question: Question) -> dict[str, Any]:
    """Return a question and its answers as plain data; texts are MyST Markdown."""
    kind = {"kind": type(question).__name__.lower(), "ask": question.ask}
    match question:
        case Number():
            return {**kind, "unit": question.unit, "tolerance": question.tolerance}
        case Formula():
            wrong = [{"answer": each.answer, "reason": each.reason} for each in question.mistakes]
            return {
                **kind,
                "answer": question.answer,
                "variables": list(question.variables),
                "mistakes": wrong,
            }
        case Choice():
            return {**kind, "options": [vars(option) for option in question.options]}
        case Order():
            return {**kind, "steps": list(question.steps), "rules": [vars(rule) for rule in question.rules]}
        case Code():
            wrong = {name: vars(program) for name, program in question.mistakes.items()}
            return {**kind, "name": question.name, "solution": question.solution, "mistakes": wrong}
    return {**kind, "points": list(question.points)}


def for_programs(label: str, page: str, box: Tag, formulas: Formulas) -> dict[str, Any]:
    """Return an exercise as data."""
    exercise = find(label)
    variants = []
    for variant in exercise.variants():
        numbers = [
            {
                "question": place,
                "answer": values[0],
                "mistakes": [
                    {"answer": value, "reason": mistake.reason}
                    for value, mistake in zip(values[1:], exercise.questions[place].mistakes, strict=True)  # type: ignore[union-attr]
                ],
            }
            for place, values in variant.numbers.items()
        ]
        variants.append({"numbers": variant.draw, "answers": numbers})
    return {
        "label": label,
        "page": f"{page}.html#{label}",
        "statement": plain(box, formulas, ".answer", "script"),
        "questions": [described(question) for question in exercise.questions],
        "hints": list(exercise.hints),
        "variants": variants,
    }


def anki(rows: list[tuple[str, str, str]]) -> str:
    """Return notes that Anki imports: front, back, tag."""
    head = ["#separator:tab", "#html:true", "#notetype:Basic", "#deck:RNN book", "#tags column:3"]
    return "\n".join([*head, *("\t".join(each.replace("\t", " ") for each in row) for row in rows)]) + "\n"


def write_files(app: Sphinx, exception: Exception | None) -> None:
    """Write the exercises' files into the site."""
    if exception or app.builder.format != "html":
        return
    site = Path(app.outdir)
    practice, data, notes = [], [], []
    formulas = Formulas()
    for label, page, box, solution in boxes(site, answered(app.env), formulas):
        data.append(for_programs(label, page, box, formulas))
        back = plain(solution, formulas, "script", ".cell")
        notes.append((data[-1]["statement"], back, page.split("/")[-1]))
        code = any(isinstance(question, Code) for question in find(label).questions)
        practice.append({"label": label, "code": code, "html": anchored(box, page, formulas)})
        if solution is not None:
            practice[-1]["html"] += anchored(solution, page, formulas)
    static = site / "_static"
    script = f"globalThis.bookExercises = {json.dumps(practice, ensure_ascii=False)};\n"
    (static / FOR_PRACTICE).write_text(script, encoding="utf-8")
    (static / FOR_PROGRAMS).write_text(json.dumps(data, ensure_ascii=False, indent=1), encoding="utf-8")
    (static / FOR_ANKI).write_text(anki(notes), encoding="utf-8")
    # The page was written before the script: it is to ask for this one, not for one of an earlier build.
    page = site / f"{PRACTICE}.html"
    digest = hashlib.sha256(script.encode()).hexdigest()[:8]
    named = re.sub(
        rf"{re.escape(FOR_PRACTICE)}(\?v=\w*)?", f"{FOR_PRACTICE}?v={digest}", page.read_text("utf-8")
    )
    page.write_text(named, encoding="utf-8")


def put_aside(app: Sphinx, exception: Exception | None) -> None:
    """Take what is within the places to answer out of the pages; a page that is a file can load a script."""
    if exception or app.builder.format != "html":
        return
    site = Path(app.outdir)
    folder = site / "_static" / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for page, labels in answered(app.env).items():
        path = site / f"{page}.html"
        text = path.read_text(encoding="utf-8")
        inside = {match[1]: match[3] for match in ANSWER.finditer(text)}
        if list(inside) != labels:
            raise ExtensionError(f"{page} was to have places to answer {labels}, but has {list(inside)}")
        script = f"globalThis.bookAnswers = {json.dumps(inside, ensure_ascii=False)};\n"
        name = f"{posixpath.basename(page)}-{hashlib.sha256(script.encode()).hexdigest()[:8]}.js"
        (folder / name).write_text(script, encoding="utf-8")
        address = posixpath.relpath(f"_static/{FOLDER}/{name}", posixpath.dirname(page))
        place = rf'<details class="answer" data-exercise="\1" data-inside="{address}">\2</details>'
        path.write_text(ANSWER.sub(place, text), encoding="utf-8")


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the extension."""
    app.connect("build-finished", write_files, priority=600)
    app.connect("build-finished", put_aside, priority=610)  # and before the search looks at the pages
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
