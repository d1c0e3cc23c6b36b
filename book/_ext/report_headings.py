"""Every heading of the report with the place that answers it: on the concordance page, and beneath titles.

``book/report_headings.yml`` lists the headings. A place that the book does not have is a warning, and
warnings are errors. A section of the report may be answered by several notebooks of its number, and another
chapter may continue it; studies answer none. A chapter's own title says what the chapter is about; the
report's heading for the same thing stands beneath it.
"""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util import logging

LOGGER = logging.getLogger(__name__)
PAGE = "book/concordance"
PLACEHOLDER = "% report headings"
HEADING = re.compile(r"^#+ +(.+?) *$", re.MULTILINE)


@cache  # every chapter asks, and the notebooks hold all pictures
def read_headings(root: Path) -> list[dict[str, Any]]:
    """Return the entries of the list, in the report's order."""
    entries = yaml.safe_load((root / "book" / "report_headings.yml").read_text(encoding="utf-8"))
    assert isinstance(entries, list)
    return entries


@cache
def read_chapters(root: Path) -> dict[int, dict[str, list[str]]]:
    """Return, for each chapter of the book, its notebooks, each with its headings, the title first."""
    toc = yaml.safe_load((root / "_toc.yml").read_text(encoding="utf-8"))
    files = [chapter["file"] for part in toc["parts"] for chapter in part["chapters"]]
    chapters: dict[int, dict[str, list[str]]] = {}
    for file in files:
        if file.startswith("notebooks/") and "_study_" not in file:
            cells = json.loads((root / f"{file}.ipynb").read_text(encoding="utf-8"))["cells"]
            texts = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown"]
            number = int(file.split("/")[1].split("_")[0])
            chapters.setdefault(number, {})[file] = HEADING.findall("\n\n".join(texts))
    return chapters


def find(entry: dict[str, Any], chapters: dict[int, dict[str, list[str]]]) -> str | None:
    """Return the notebook that answers an entry, or None if no notebook of its number does."""
    notebooks = chapters.get(entry["chapter"], {})
    if "heading" not in entry:
        return next(iter(notebooks), None)
    return next((file for file, headings in notebooks.items() if entry["heading"] in headings), None)


def problems(entries: list[dict[str, Any]], chapters: dict[int, dict[str, list[str]]]) -> list[str]:
    """Return one sentence for each entry whose place is not there."""
    lost = [
        f"chapter {entry['chapter']} has no section {entry.get('heading', entry['report'])!r}"
        for entry in entries
        if "chapter" in entry and find(entry, chapters) is None
    ]
    continued = [entry["continued"] for entry in entries if "continued" in entry]
    return lost + [f"there is no chapter {number}" for number in continued if number not in chapters]


def table(entries: list[dict[str, Any]], chapters: dict[int, dict[str, list[str]]]) -> str:
    """Return the table in MyST Markdown."""
    rows = [f"| {entry['report']} | {place(entry, chapters)} |" for entry in entries]
    return "\n".join(["| Section of the report | Place in this book |", "|---|---|", *rows])


def place(entry: dict[str, Any], chapters: dict[int, dict[str, list[str]]]) -> str:
    """Return the link to an entry's place; nothing if there is none, which is told as a problem."""
    if "page" in entry:
        return f"{{doc}}`/book/{entry['page']}`"
    document = find(entry, chapters)
    if document is None:
        return ""
    if entry.get("heading") in (None, chapters[entry["chapter"]][document][0]):
        documents = [document, *list(chapters.get(entry.get("continued", 0), {}))[:1]]
        return ", ".join(f"{{doc}}`/{document}`" for document in documents)
    anchor = nodes.make_id(entry["heading"])
    return f'<a class="reference internal" href="../{document}.html#{anchor}">{entry["heading"]}</a>'


def heading_of(
    document: str, entries: list[dict[str, Any]], chapters: dict[int, dict[str, list[str]]]
) -> str | None:
    """Return the report's heading that a whole notebook answers, or None."""
    for entry in entries:
        if document in list(chapters.get(entry.get("continued", 0), {}))[:1]:
            return str(entry["report"])
        if "chapter" not in entry or find(entry, chapters) != document:
            continue
        if entry.get("heading") in (None, chapters[entry["chapter"]][document][0]):
            return str(entry["report"])
    return None


def name_heading(app: Sphinx, doctree: nodes.document) -> None:
    """Write the report's heading beneath the title of a chapter."""
    document = app.env.docname
    if not document.startswith("notebooks/"):
        return
    root = Path(app.srcdir)
    heading = heading_of(document, read_headings(root), read_chapters(root))
    title = next(iter(doctree.findall(nodes.title)), None)
    if heading is not None and title is not None:
        number, words = heading.split(" ", 1)
        line = nodes.paragraph("", f"Section {number} of the report: {words}", classes=["report-heading"])
        title.parent.insert(title.parent.index(title) + 1, line)


def fill_page(app: Sphinx, docname: str, source: list[str]) -> None:
    """Write the table into the page, and warn of every problem."""
    if docname == PAGE:
        entries, chapters = read_headings(Path(app.srcdir)), read_chapters(Path(app.srcdir))
        for problem in problems(entries, chapters):
            LOGGER.warning("report headings: %s", problem, type="concordance")
        source[0] = source[0].replace(PLACEHOLDER, table(entries, chapters))


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the extension."""
    app.connect("source-read", fill_page)
    app.connect("doctree-read", name_heading)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
