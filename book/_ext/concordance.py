"""The concordance page: each equation of the report, its chapter, its function and its tests.

The page is made from the marks that `equation_marks` finds. Marks that contradict each other, or are
missing, are warnings, and the book is built with warnings as errors.
"""

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from equation_marks import Function, Label, Test, read_functions, read_labels, read_tests
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import logging

LOGGER = logging.getLogger(__name__)
PAGE = "book/concordance"
PLACEHOLDER = "% concordance"
SECTIONS = {5: range(1, 6), 6: range(6, 11), 7: range(11, 13), 8: range(13, 16), 9: range(16, 22)}
LAST_SECTION = 10
SECTION_OF = {number: section for section, numbers in SECTIONS.items() for number in numbers}


@dataclass
class Marks:
    """All marks of one source tree."""

    chapters: list[str] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)
    loose_tags: list[tuple[int, str]] = field(default_factory=list)
    functions: list[Function] = field(default_factory=list)
    tests: list[Test] = field(default_factory=list)


def read_marks(root: Path) -> Marks:
    """Read the marks of the book, the package and the tests below `root`."""
    marks = Marks(functions=read_functions(root / "src" / "rnn_core"), tests=read_tests(root / "tests", root))
    toc = yaml.safe_load((root / "_toc.yml").read_text(encoding="utf-8"))
    entries = [chapter["file"] for part in toc["parts"] for chapter in part["chapters"]]
    marks.chapters = [entry for entry in entries if entry.startswith("notebooks/")]
    for chapter in marks.chapters:
        labels, loose = read_labels(root / f"{chapter}.ipynb", chapter)
        marks.labels += labels
        marks.loose_tags += [(number, chapter) for number in loose]
    return marks


def section_of_chapter(chapter: str) -> int:
    """Return the section of the report that ``notebooks/05_architecture`` mirrors; 11 goes on with 10."""
    return min(int(chapter.split("/")[1].split("_")[0]), LAST_SECTION)


def problems(marks: Marks) -> list[str]:
    """Return one sentence for each mark that is missing, doubled or at odds with another."""
    found = []
    for what, numbers in (
        ("label", [label.number for label in marks.labels]),
        ("docstring", [function.number for function in marks.functions]),
        ("test", [test.number for test in marks.tests]),
    ):
        found += [
            f"a {what} names ({n}), which the report does not have" for n in set(numbers) - set(SECTION_OF)
        ]
    for number, chapter in marks.loose_tags:
        found.append(f"{chapter}: the equation tagged ({number}) has no target (eq-{number})= before it")
    for label in marks.labels:
        if label.tag != label.number:
            printed = "no tag" if label.tag is None else f"the tag ({label.tag})"
            found.append(f"{label.chapter}: the equation after (eq-{label.number})= carries {printed}")
        if SECTION_OF.get(label.number) not in (None, section_of_chapter(label.chapter)):
            found.append(f"({label.number}) is labelled in {label.chapter}, not in its own chapter")
    counts = Counter(label.number for label in marks.labels)
    found += [f"({number}) is labelled {count} times" for number, count in counts.items() if count > 1]

    specified = Counter(
        f.number for f in marks.functions if f.is_specification and not is_composite(f, marks)
    )
    tested = {test.number for test in marks.tests}
    present = {section_of_chapter(chapter) for chapter in marks.chapters}
    for number, section in SECTION_OF.items():
        if specified[number] != 1:
            found.append(f"({number}) has {specified[number]} functions in rnn_core.equations, not one")
        if number not in tested:
            found.append(f"({number}) has no test with @pytest.mark.equation({number})")
        if section in present and not counts[number]:
            found.append(f"({number}) has no target (eq-{number})= although chapter {section} exists")
    return sorted(found)


def is_composite(function: Function, marks: Marks) -> bool:
    """Whether a function puts several equations together, as one that runs the whole network does."""
    return sum((f.module, f.name) == (function.module, function.name) for f in marks.functions) > 1


def page(marks: Marks) -> str:
    """Return the body of the page in MyST Markdown: the table, then the tests in full."""
    lines = [
        "| Equation | Chapter | Specification | Used by | Tests |",
        "|---|---|---|---|---|",
        *(row(number, marks) for number in SECTION_OF),
        "",
        "## The tests in full",
        "",
    ]
    for number in SECTION_OF:
        lines += [f"(tests-of-{number})=", f"### Tests of ({number})", ""]
        for test in (t for t in marks.tests if t.number == number):
            lines += [
                f"````{{dropdown}} {test.path}::{test.name}",
                "```python",
                test.source,
                "```",
                "````",
                "",
            ]
    return "\n".join(lines)


def row(number: int, marks: Marks) -> str:
    """Return one row of the table."""
    functions = [f for f in marks.functions if f.number == number]
    written = [f for f in functions if f.is_specification and not is_composite(f, marks)]
    others = [f for f in functions if f not in written]
    tests = [t for t in marks.tests if t.number == number]
    label = next((x for x in marks.labels if x.number == number), None)
    chapter = f"[{SECTION_OF[number]}](#eq-{number})" if label else "not yet"
    cells = [
        f"({number})",
        chapter,
        "<br>".join(map(link, written)),
        "<br>".join(map(link, others)) or "–",
        "<br>".join(f"[{in_pieces(t.name)}](#tests-of-{number})" for t in tests),
    ]
    return f"| {' | '.join(cells)} |"


def in_pieces(name: str) -> str:
    """Return a name that may go on in a new line after each underscore, and nowhere else."""
    return name.replace("_", "_<wbr>")


def link(function: Function) -> str:
    """Return a link to a function's entry in the API pages."""
    return f"{{py:func}}`{function.name} <{function.module}.{function.name}>`"


def fill_page(app: Sphinx, docname: str, source: list[str]) -> None:
    """Write the table into the page, and warn of every problem."""
    if docname == PAGE:
        marks = read_marks(Path(app.srcdir))
        for problem in problems(marks):
            LOGGER.warning("concordance: %s", problem, type="concordance")
        source[0] = source[0].replace(PLACEHOLDER, page(marks))


def always_outdated(app: Sphinx, env: BuildEnvironment, added: Any, changed: Any, removed: Any) -> list[str]:
    """Make the page again in each build: it depends on files that Sphinx does not watch."""
    return [PAGE] if PAGE in env.found_docs else []


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the extension."""
    app.connect("source-read", fill_page)
    app.connect("env-get-outdated", always_outdated)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
