"""The four roles of code cells: what is folded, what is seen of it, and the switch for the whole book."""

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import nbformat
import pytest
import yaml
from accessible import MENDS
from bs4 import BeautifulSoup, Tag
from roles import ROLES, SWITCH, TITLE, quiet_line, role_of, shown_functions

BOOK = Path(__file__).resolve().parents[2] / "book"
CONFIG = yaml.safe_load((BOOK.parent / "_config.yml").read_text(encoding="utf-8"))["sphinx"]["config"]
API = """---
orphan: true
---

# API

```{py:function} core.equations.state(a)
```

```{py:function} core.rnn.forward(x)
```

```{py:function} core.old.forward(x)
```
"""
TABLE = "| T | bound |\n|:--|--:|\n| 10 | 0.3 |\n"
PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


def printed(text: str) -> nbformat.NotebookNode:
    """Return what a cell printed."""
    return nbformat.v4.new_output("stream", name="stdout", text=text)


def shown(**formats: str) -> nbformat.NotebookNode:
    """Return what a cell displayed."""
    return nbformat.v4.new_output("display_data", {key.replace("_", "/"): v for key, v in formats.items()})


def cell(tags: str, source: str, *outputs: nbformat.NotebookNode, **metadata: Any) -> nbformat.NotebookNode:
    """Return a code cell."""
    return nbformat.v4.new_code_cell(
        source, metadata={"tags": tags.split(), **metadata}, outputs=list(outputs), execution_count=1
    )


def text(source: str) -> nbformat.NotebookNode:
    """Return a cell of text."""
    return nbformat.v4.new_markdown_cell(source)


FIGURE = {
    "mystnb": {"image": {"alt": "a dot"}, "figure": {"caption": "A dot. It is small.", "name": "fig-dot"}}
}
CELLS = [
    text("# A chapter\n\n{numref}`fig-dot` shows a dot."),
    cell("plumbing", "import numpy as np\n\n\ndef show(x):\n    print(x)"),
    cell("equation", "show_source(equations.state)", shown(text_markdown="```python\ndef state(a): 1\n```")),
    cell("equation", "show_source(forward)", shown(text_markdown="```python\ndef forward(x): ...\n```")),
    cell("equation", "def energy(h):\n    return h @ h"),
    cell("run", "print(6 * 7)", printed("42\n✓ forty-two\n")),
    cell("run", "answer = 42"),
    cell("plumbing", "axes.plot(1)", shown(image_png=PIXEL), **FIGURE),
    cell("plumbing", "table(head, rows)", shown(text_markdown=TABLE, text_plain="a table")),
    cell("plumbing", "for i in range(9): print(i)", printed("0\n1\n")),
    cell("check", "agree('a <and> b', 1, 1)", printed("✓ a <and> b agree to 10⁻¹²\n✓ c\n")),
    cell("check", "check('d', True)\nprint('e')", printed("before\n✓ d\nafter\n")),
    cell("check", "assert True"),
    cell("check", "axes.plot(2); check('f', True)", shown(image_png=PIXEL), printed("g\n✓ f\n"), **{
        "mystnb": {"image": {"alt": "another dot"}}}),
    text("```{exercise}\n:label: ex-one\nWhy?\n```\n\n````{solution-start} ex-one\n````"),
    cell("check", "check('g', True)", printed("✓ g\n")),
    cell("plumbing", "values = [1]"),
    text("````{solution-end}\n````"),
]  # fmt: skip


def build(folder: Path, cells: list[nbformat.NotebookNode]) -> tuple[BeautifulSoup, str]:
    """Build a book of one chapter; return its page and the warnings."""
    source = folder / "source"
    source.mkdir()
    notebook = nbformat.v4.new_notebook(cells=cells, metadata={"language_info": {"name": "python"}})
    notebook.metadata["language_info"]["pygments_lexer"] = "ipython3"
    nbformat.write(notebook, source / "index.ipynb")
    (source / "api.md").write_text(API, encoding="utf-8")
    # Only the switch: the other templates are those of the book's theme.
    shutil.copytree(BOOK / "_templates", folder / "templates", ignore=lambda _, names: {*names} - {SWITCH})
    settings = {
        "extensions": ["myst_nb", "sphinx_exercise", "folds", "roles"],
        "nb_execution_mode": "off",
        "nb_render_markdown_format": CONFIG["nb_render_markdown_format"],
        "numfig": True,
        "html_theme": "basic",
        "templates_path": [str(folder / "templates")],
    }
    lines = ["import sys", f"sys.path.insert(0, {str(BOOK / '_ext')!r})"]
    lines += [f"{name} = {value!r}" for name, value in settings.items()]
    (source / "conf.py").write_text("\n".join(lines), encoding="utf-8")
    # A process of its own: the nodes of docutils are the same for all books of a process.
    sphinx = [sys.executable, "-m", "sphinx", "-q", "-N", str(source), str(folder / "site")]
    done = subprocess.run(sphinx, capture_output=True, text=True, check=True)
    page = (folder / "site" / "index.html").read_text(encoding="utf-8")
    return BeautifulSoup(page, "html.parser"), done.stderr


@pytest.fixture(scope="module")
def chapter(tmp_path_factory: pytest.TempPathFactory) -> BeautifulSoup:
    """Return the page of a chapter that has a cell of every kind."""
    page, warnings = build(tmp_path_factory.mktemp("roles"), CELLS)
    assert warnings == ""
    return page


def cell_with(page: BeautifulSoup, code: str) -> Tag:
    """Return the cell whose code begins with some words."""
    found = [
        one
        for one in page.select("div.cell")
        if one.select_one(".cell_input") and one.select_one(".cell_input").text.strip().startswith(code)
    ]
    assert len(found) == 1, f"{len(found)} cells begin with {code}"
    return found[0]


def summary(one: Tag) -> str | None:
    """Return what is seen of the folded part of a cell."""
    found = one.select("details.fold > summary")
    assert len(found) <= 1
    return " | ".join(span.text for span in found[0].find_all("span", recursive=False)) if found else None


def seen(one: Tag) -> str:
    """Return the text of a cell apart from what is folded."""
    copy = BeautifulSoup(str(one), "html.parser")
    for fold in copy.select("details"):
        fold.replace_with(fold.summary.text if fold.summary else "")
    return " ".join(copy.text.split())


@pytest.mark.parametrize(
    ("code", "role", "line"),
    [
        ("import numpy", "plumbing", "Imports and helpers: show"),
        ("show_source(equations", "equation", "Code"),
        ("def energy", "equation", None),
        ("print(6", "run", None),
        ("answer", "run", None),
        ("axes.plot(1)", "plumbing", "Code of this figure"),
        ("table(", "plumbing", "Code of this table"),
        ("for i", "plumbing", "Code"),
        ("agree(", "check", "✓ a <and> b agree to 10⁻¹² | ✓ c"),
        ("check('d'", "check", "✓ d"),
        ("assert", "check", "✓ checked"),
        ("axes.plot(2)", "check", "✓ f"),
        ("check('g'", "check", "✓ g"),
        ("values", "plumbing", "Code"),
    ],
)
def test_a_cell_has_its_fold(chapter: BeautifulSoup, code: str, role: str, line: str | None) -> None:
    """Its class says its role, its summary what is in it; the code is in the page, once."""
    one = cell_with(chapter, code)
    assert f"cell-{role}" in one["class"]
    assert summary(one) == line
    assert len(one.select(".cell_input")) == 1
    assert all(f"fold-{role}" in fold["class"] and "open" not in fold.attrs for fold in one.select("details"))


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("import numpy", "Imports and helpers: show"),
        ("show_source(equations", "Code def state(a): 1"),
        ("def energy", "def energy(h): return h @ h"),
        ("print(6", "print(6 * 7) 42 ✓ forty-two"),
        ("for i", "Code 0 1"),
        ("table(", "Code of this table T bound 10 0.3"),
        ("agree(", "✓ a <and> b agree to 10⁻¹²✓ c"),
        ("check('d'", "✓ d"),
        ("assert", "✓ checked"),
    ],
)
def test_what_is_seen_of_a_cell(chapter: BeautifulSoup, code: str, text: str) -> None:
    assert seen(cell_with(chapter, code)) == text


def test_other_lines_of_a_check_are_in_its_fold(chapter: BeautifulSoup) -> None:
    inside = cell_with(chapter, "check('d'").select_one("details .cell_output")
    assert inside is not None
    assert inside.text.split() == ["before", "after"]


def test_a_check_that_prints_only_marks_has_no_empty_box(chapter: BeautifulSoup) -> None:
    assert cell_with(chapter, "agree(").select(".cell_output") == []


def test_figures_stay_in_sight(chapter: BeautifulSoup) -> None:
    """With number and caption under a fold of plumbing, and under a check too."""
    figure = cell_with(chapter, "axes.plot(1)").select_one("figure")
    assert figure is not None
    assert figure.find_parent("details") is None
    assert "A dot. It is small." in figure.text
    assert "Fig. 1" in figure.text
    assert "Fig. 1" in chapter.select_one("p").text
    image = cell_with(chapter, "axes.plot(2)").select_one("img")
    assert image is not None
    assert image.find_parent("details") is None


def test_an_empty_corner_of_a_table_heads_nothing() -> None:
    corner, words = '<th class="head text-left"><p></p></th>', '<th class="head text-left"><p>T</p></th>'
    for pattern, replacement in MENDS:
        corner, words = pattern.sub(replacement, corner), pattern.sub(replacement, words)
    assert corner == "<td></td>"
    assert words.startswith("<th")


def test_a_shown_function_leads_to_its_place(chapter: BeautifulSoup) -> None:
    """The name that only one function of the API has; another is no link."""
    links = cell_with(chapter, "show_source(equations").select(".cell_output a")
    assert [(link.text, link["href"]) for link in links] == [("state", "api.html#core.equations.state")]
    assert cell_with(chapter, "show_source(forward").select("a") == []


def test_cells_in_a_solution_are_folded_as_elsewhere(chapter: BeautifulSoup) -> None:
    assert cell_with(chapter, "check('g'").find_parent("details", class_="solution") is not None
    assert cell_with(chapter, "values").find_parent("details", class_="solution") is not None


def test_the_switch_stands_below_the_title(chapter: BeautifulSoup) -> None:
    """And below the report's heading, where that stands beneath the title."""
    switch = chapter.select_one("h1 + .code-switch")
    assert switch is not None
    assert [one["value"] for one in switch.select("input")] == ["mathematics", "code", "all"]
    heading = '<p class="report-heading">Section 1</p>\n'
    assert all(
        TITLE.search(f"<h1>1</h1>\n{below}<p>text").end() == len(f"<h1>1</h1>\n{below}")
        for below in ("", heading)
    )


def test_a_cell_without_one_role_is_an_error(tmp_path: Path) -> None:
    """The warning names the notebook, the cell, and its roles."""
    tags = ["run", "", "nbval-skip", "hide-input", "run check", "plumbing"]
    cells = [text("# A chapter")] + [cell(one, f"x = {i}\ny = 2") for i, one in enumerate(tags, 1)]
    _, warnings = build(tmp_path, cells)
    for number, has in (2, "none"), (3, "none"), (4, "none"), (5, "run, check"):
        words = f"'x = {number}', needs exactly one of the tags {', '.join(ROLES)}, and has {has}\n"
        assert f"index.ipynb: WARNING: cell {number}, {words}" in warnings
    assert warnings.count("WARNING") == 4


def test_a_tag_of_the_notebook_reader_beside_a_role_folds_nothing(tmp_path: Path) -> None:
    page, warnings = build(tmp_path, [text("# A chapter"), cell("run hide-input", "w = 4")])
    assert cell_with(page, "w").select("details") == []
    assert warnings == ""


def test_one_role_of_several_tags() -> None:
    assert role_of(["nbval-skip", "check"]) == "check"
    assert role_of(["check", "run"]) is None


def test_only_a_call_that_shows_a_source_is_folded() -> None:
    assert shown_functions("show_source(a.b, c)\nshow_source(d)") == ["a.b", "c", "d"]
    assert shown_functions("show_source(a)\nx = 1") == []
    assert shown_functions("%matplotlib inline") == []


def test_words_for_code_without_output() -> None:
    assert quiet_line("import a\nfrom b import c\nc()", None) == "Imports"
    assert quiet_line("def f(x): ...\n\n\nclass G: ...", None) == "Helpers: f, G"
    assert quiet_line("%magic", None) == "Code"
