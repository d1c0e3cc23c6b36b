"""Every heading of the report with the place that answers it, a table of the concordance page.

``book/report_headings.yml`` lists the headings. A place that a chapter of the book does not have, or a
place that is marked as coming and has come, is a warning, and warnings are errors.
"""

import json
import re
from pathlib import Path
from typing import Any

import yaml
from docutils.nodes import make_id
from sphinx.application import Sphinx
from sphinx.util import logging

LOGGER = logging.getLogger(__name__)
PAGE = "book/concordance"
PLACEHOLDER = "% report headings"
HEADING = re.compile(r"^#+ +(.+?) *$", re.MULTILINE)


def read_headings(root: Path) -> list[dict[str, Any]]:
    """Return the entries of the list, in the report's order."""
    entries = yaml.safe_load((root / "book" / "report_headings.yml").read_text(encoding="utf-8"))
    assert isinstance(entries, list)
    return entries


def read_chapters(root: Path) -> dict[int, tuple[str, list[str]]]:
    """Return, for each chapter of the book, its document and its headings, the title first."""
    toc = yaml.safe_load((root / "_toc.yml").read_text(encoding="utf-8"))
    files = [chapter["file"] for part in toc["parts"] for chapter in part["chapters"]]
    chapters = {}
    for file in files:
        if file.startswith("notebooks/"):
            cells = json.loads((root / f"{file}.ipynb").read_text(encoding="utf-8"))["cells"]
            texts = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown"]
            number = int(file.split("/")[1].split("_")[0])
            chapters[number] = (file, HEADING.findall("\n\n".join(texts)))
    return chapters


def problems(entries: list[dict[str, Any]], chapters: dict[int, tuple[str, list[str]]]) -> list[str]:
    """Return one sentence for each entry whose place is not there, or is there and should not be."""
    found = []
    for entry in entries:
        if entry.get("chapter") not in chapters or "heading" not in entry:
            continue
        document, headings = chapters[entry["chapter"]]
        present = entry["heading"] in headings
        if present and entry.get("coming"):
            found.append(f"{document} has the section {entry['heading']!r}, which is marked as coming")
        if not present and not entry.get("coming"):
            found.append(f"{document} has no section {entry['heading']!r}")
    return found


def table(entries: list[dict[str, Any]], chapters: dict[int, tuple[str, list[str]]]) -> str:
    """Return the table in MyST Markdown."""
    rows = [f"| {entry['report']} | {place(entry, chapters)} |" for entry in entries]
    return "\n".join(["| Section of the report | Place in this book |", "|---|---|", *rows])


def place(entry: dict[str, Any], chapters: dict[int, tuple[str, list[str]]]) -> str:
    """Return the link to an entry's place, or say that it is still to come."""
    if "page" in entry:
        return f"{{doc}}`/book/{entry['page']}`"
    if entry["chapter"] not in chapters:
        return f"Chapter {entry['chapter']}, not written yet"
    document, _ = chapters[entry["chapter"]]
    if entry.get("coming"):
        return f"Chapter {entry['chapter']}, a section that is not written yet"
    if "heading" not in entry:
        return f"{{doc}}`/{document}`"
    anchor = make_id(entry["heading"])
    return f'<a class="reference internal" href="../{document}.html#{anchor}">{entry["heading"]}</a>'


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
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
