"""Numbers by chapter in a small project: counted by page, and right after a part is rebuilt."""

import base64
import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from PIL import Image

EXTENSIONS = Path(__file__).resolve().parents[2] / "book" / "_ext"
CONF = """
extensions = ["myst_parser", "sphinx_proof", "sphinx_exercise", "chapter_numbers"]
myst_enable_extensions = ["colon_fence"]
numfig_format = {"figure": "Figure %s"}
chapter_numbers = {"02_remedies": "2R"}
html_theme = "basic"
"""
ROOT_PAGE = """# Root

```{toctree}
02_first
02_remedies
```
"""
FIRST = """# First

See {prf:ref}`def-new`.

```{prf:theorem} One
:label: thm-one
A theorem.
```

```{prf:example}
:label: exa-two
An example.
```

```{exercise} A sum
:label: ex-a
Add.
```

:::{figure} dot.png
:name: fig-dot

A dot.
:::
"""
REMEDIES = """# Remedies

See {prf:ref}`exa-two`, {ref}`ex-a` and {numref}`fig-dot`; then {prf:ref}`def-new` and {ref}`ex-b`.

```{prf:definition}
:label: def-new
A definition.
```

```{exercise}
:label: ex-b
Multiply.
```

```{solution} ex-b
:label: sol-b
Done.
```
"""


def picture() -> bytes:
    """Return a PNG file, eight dots wide and six high."""
    file = io.BytesIO()
    Image.new("RGB", (8, 6), "white").save(file, "PNG")
    return file.getvalue()


def figure_cell(name: str, tags: list[str]) -> dict[str, Any]:
    """Return a cell that drew a picture, and gives it a text, a caption and a name."""
    figure = {"caption": f"The caption of {name}, $x$.", "name": f"fig-{name}"}
    data = {"image/png": base64.b64encode(picture()).decode(), "text/plain": ["<Figure>"]}
    return {
        "cell_type": "code",
        "execution_count": 1,
        "id": name,
        "metadata": {"tags": tags, "mystnb": {"image": {"alt": f"Text of {name}"}, "figure": figure}},
        "outputs": [{"output_type": "display_data", "metadata": {}, "data": data}],
        "source": ["draw()"],
    }


class Project:
    """A small Sphinx project and its built pages."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "dot.png").write_bytes(picture())
        for name, text in {
            "conf.py": CONF,
            "index.md": ROOT_PAGE,
            "02_first.md": FIRST,
            "02_remedies.md": REMEDIES,
        }.items():
            (folder / name).write_text(text, encoding="utf-8")

    def build(self, *options: str) -> str:
        """Build what changed, with every warning an error, and return what Sphinx said."""
        command = [sys.executable, "-m", "sphinx", "-W", "--keep-going", *options, ".", "_site"]
        environment = os.environ | {"PYTHONPATH": str(EXTENSIONS)}
        done = subprocess.run(
            command, cwd=self.folder, env=environment, capture_output=True, text=True, check=False
        )
        said = done.stdout + done.stderr
        assert done.returncode == 0, said
        return said

    def numbers(self, page: str) -> list[str]:
        """Return every "Theorem 2.1" on a page, in order."""
        html = (self.folder / "_site" / f"{page}.html").read_text(encoding="utf-8")
        body = re.sub(
            r"<[^>]*>", "", html[html.index('<div class="body"') : html.index('<div class="sphinxsidebar"')]
        )
        return re.findall(r"(?:Theorem|Example|Definition|Exercise|Figure|Lemma) \w+\.\d+", body)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path)


def test_blocks_are_counted_by_page_and_references_say_the_same(project: Project) -> None:
    project.build("-j", "2")
    assert project.numbers("02_first") == [
        *("Definition 2R.1", "Theorem 2.1", "Example 2.2", "Exercise 2.1", "Figure 2.1"),
    ]
    assert project.numbers("02_remedies") == [
        *("Example 2.2", "Exercise 2.1", "Figure 2.1", "Definition 2R.1", "Exercise 2R.1"),
        *("Definition 2R.1", "Exercise 2R.1", "Exercise 2R.1"),
    ]


def test_a_page_that_is_not_read_again_keeps_its_numbers_and_follows_others(project: Project) -> None:
    project.build()
    (project.folder / "02_remedies.md").write_text(REMEDIES + "\nMore.\n", encoding="utf-8")
    said = project.build()
    written = re.findall(r"writing output\.\.\. \[.*\] (\w+)", said)
    assert written == ["02_remedies", "index"], "no number has changed"
    assert project.numbers("02_remedies")[3:5] == ["Definition 2R.1", "Exercise 2R.1"]

    new = "```{prf:lemma}\n:label: lem-new\nA lemma.\n```\n\n```{prf:definition}"
    (project.folder / "02_remedies.md").write_text(REMEDIES.replace("```{prf:definition}", new), "utf-8")
    project.build()
    assert project.numbers("02_remedies")[3:5] == ["Definition 2R.2", "Exercise 2R.1"]
    assert "Lemma 2R.1" in project.numbers("02_remedies")
    assert project.numbers("02_first")[0] == "Definition 2R.2", "Sphinx counts its blocks as before"


def test_a_page_with_blocks_and_without_a_number_is_a_warning(project: Project) -> None:
    conf = project.folder / "conf.py"
    conf.write_text(CONF, encoding="utf-8")
    (project.folder / "02_remedies.md").rename(project.folder / "remedies.md")
    (project.folder / "index.md").write_text(ROOT_PAGE.replace("02_remedies", "remedies"), encoding="utf-8")
    with pytest.raises(AssertionError, match=r"remedies.*give it a number in chapter_numbers"):
        project.build()


def test_a_captioned_figure_keeps_text_and_size_and_is_counted_in_order_folded_or_not(
    project: Project,
) -> None:
    tags = {"shown": [], "code": ["hide-input"], "all": ["hide-cell"], "output": ["hide-output"]}
    text = "# Figures\n\n" + ", ".join(f"{{numref}}`fig-{name}`" for name in reversed(tags))
    words = {"cell_type": "markdown", "id": "words", "metadata": {}, "source": [text]}
    cells = [words, *(figure_cell(name, marks) for name, marks in tags.items())]
    notebook = {
        "cells": cells,
        "metadata": {"language_info": {"name": "python"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    (project.folder / "03_figures.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    (project.folder / "index.md").write_text(ROOT_PAGE.replace("02_first", "02_first\n03_figures"), "utf-8")
    conf = CONF.replace("myst_parser", 'light_images", "myst_nb') + "nb_execution_mode = 'off'\n"
    conf = conf.replace('"colon_fence"', '"dollarmath", "colon_fence"')
    (project.folder / "conf.py").write_text(conf, encoding="utf-8")
    project.build()
    html = (project.folder / "_site" / "03_figures.html").read_text(encoding="utf-8")
    page = BeautifulSoup(html, "html.parser")
    figures = {str(figure["id"]): figure for figure in page.find_all("figure")}
    assert list(figures) == [f"fig-{name}" for name in tags]
    for place, name in enumerate(tags, start=1):
        figure = figures[f"fig-{name}"]
        assert figure.find(class_="caption-number").get_text().strip() == f"Figure 3.{place}"
        assert figure.find(class_="caption-text").get_text().startswith(f"The caption of {name}")
        image = figure.find("img")
        assert (image["alt"], image["width"], image["height"]) == (f"Text of {name}", "8", "6")
        assert page.find("a", href=f"#fig-{name}", class_="internal").get_text() == f"Figure 3.{place}"
        assert bool(figure.find_parent("details")) == (name in ("all", "output"))
