"""Numbers by chapter in a small project: counted by page, and right after a part is rebuilt."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

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
# The smallest picture there is: one dot.
DOT = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010804000000b51c0c02"
    "0000000b4944415478da63fcff1f0003030200efa2a75b0000000049454e44ae426082"
)


class Project:
    """A small Sphinx project and its built pages."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "dot.png").write_bytes(DOT)
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
    assert project.numbers("02_first") == ["Theorem 2.1", "Example 2.2", "Exercise 2.1", "Figure 2.1"]
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

    new = "```{prf:lemma}\n:label: lem-new\nA lemma.\n```\n\n```{exercise}\n:label: ex-new\nDivide.\n```\n\n"
    (project.folder / "02_first.md").write_text(
        FIRST.replace("```{prf:theorem}", new + "```{prf:theorem}"), "utf-8"
    )
    project.build()
    assert project.numbers("02_first")[:5] == [
        *("Lemma 2.1", "Exercise 2.1", "Theorem 2.2", "Example 2.3", "Exercise 2.2"),
    ]
    assert project.numbers("02_remedies")[:3] == ["Example 2.3", "Exercise 2.2", "Figure 2.1"]


def test_a_page_with_blocks_and_without_a_number_is_a_warning(project: Project) -> None:
    conf = project.folder / "conf.py"
    conf.write_text(CONF, encoding="utf-8")
    (project.folder / "02_remedies.md").rename(project.folder / "remedies.md")
    (project.folder / "index.md").write_text(ROOT_PAGE.replace("02_remedies", "remedies"), encoding="utf-8")
    with pytest.raises(AssertionError, match=r"remedies.*give it a number in chapter_numbers"):
        project.build()
