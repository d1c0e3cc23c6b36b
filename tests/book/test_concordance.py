"""The checker behind the concordance page: each kind of contradiction between the three marks is found."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import concordance
import pytest
from equation_marks import named_numbers, read_functions, read_labels, read_tests

ROOT = Path(__file__).resolve().parents[2]
CHAPTERS = {5: "05_architecture", 6: "06_backpropagation", 9: "09_vanishing"}


def chapter_text(numbers: range) -> str:
    """Return a chapter in which every number is labelled and tagged as it should be."""
    blocks = [
        f"Text.\n\n(eq-{n})=\n$$\na_{n} = b \\tag{{{n}}}\n$$\n\nMore on [({n})](#eq-{n})." for n in numbers
    ]
    return "\n\n".join(blocks)


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """Return a small source tree in which all marks agree."""
    toc = {"parts": [{"chapters": [{"file": f"notebooks/{name}"} for name in CHAPTERS.values()]}]}
    (tmp_path / "_toc.yml").write_text(json.dumps(toc))
    (tmp_path / "notebooks").mkdir()
    for section, name in CHAPTERS.items():
        cells = [{"cell_type": "markdown", "source": [chapter_text(concordance.SECTIONS[section])]}]
        (tmp_path / "notebooks" / f"{name}.ipynb").write_text(json.dumps({"cells": cells}))
    package = tmp_path / "src" / "rnn_core"
    package.mkdir(parents=True)
    functions = [f'def f{n}():\n    """Equation ({n}): what it says."""\n' for n in range(1, 22)]
    functions.append('def whole():\n    """Equations (1)–(4), one after the other."""\n')
    (package / "equations.py").write_text("\n\n".join(functions))
    (package / "engine.py").write_text('def fast():\n    """All of it: Equations (5) to (10)."""\n')
    (tmp_path / "tests").mkdir()
    tests = [f"@pytest.mark.equation({n})\ndef test_{n}():\n    assert f{n}()\n" for n in range(1, 22)]
    (tmp_path / "tests" / "test_all.py").write_text("\n\n".join(tests))
    return tmp_path


def problems(tree: Path) -> list[str]:
    """Return what the checker says of a tree."""
    return concordance.problems(concordance.read_marks(tree))


def replacer(path: str, old: str, new: str) -> Callable[[Path], None]:
    """Return a function that edits one file of a tree, and fails if there is nothing to edit."""

    def edit(tree: Path) -> None:
        text = (tree / path).read_text()
        assert old in text
        (tree / path).write_text(text.replace(old, new, 1))

    return edit


CHAPTER_5 = "notebooks/05_architecture.ipynb"
EQUATIONS = "src/rnn_core/equations.py"
TESTS = "tests/test_all.py"
FAULTS = {
    "label missing": (CHAPTER_5, "(eq-3)=", "", "no target (eq-3)="),
    "tag without label": (CHAPTER_5, "(eq-3)=", "", "tagged (3) has no target"),
    "label doubled": (CHAPTER_5, "(eq-3)=", "(eq-2)=", "(2) is labelled 2 times"),
    "label and tag differ": (CHAPTER_5, "(eq-3)=", "(eq-4)=", "after (eq-4)= carries the tag (3)"),
    "tag missing": (CHAPTER_5, r"\\tag{3}", "", "after (eq-3)= carries no tag"),
    "label in another chapter": (CHAPTER_5, "(eq-3)=", "(eq-7)=", "(7) is labelled in notebooks/05"),
    "label of no equation": (CHAPTER_5, "(eq-3)=", "(eq-33)=", "a label names (33)"),
    "function missing": (EQUATIONS, "Equation (13)", "Update", "(13) has 0 functions"),
    "function doubled": (EQUATIONS, "Equation (13)", "Equation (14)", "(14) has 2 functions"),
    "function of no equation": (EQUATIONS, "Equation (13)", "Equation (30)", "a docstring names (30)"),
    "test missing": (TESTS, "@pytest.mark.equation(11)", "", "(11) has no test"),
    "test of no equation": (TESTS, "equation(11)", "equation(22)", "a test names (22)"),
}


def test_marks_that_agree_give_no_problem(tree: Path) -> None:
    assert problems(tree) == []


@pytest.mark.parametrize(("path", "old", "new", "expected"), FAULTS.values(), ids=FAULTS.keys())
def test_each_fault_is_found(tree: Path, path: str, old: str, new: str, expected: str) -> None:
    replacer(path, old, new)(tree)
    assert any(expected in problem for problem in problems(tree)), problems(tree)


def test_a_chapter_that_is_not_in_the_book_needs_no_labels(tree: Path) -> None:
    replacer("_toc.yml", '{"file": "notebooks/05_architecture"}, ', "")(tree)
    assert problems(tree) == []
    shutil.rmtree(tree / "tests")
    (tree / "tests").mkdir()
    assert "(3) has no test with @pytest.mark.equation(3)" in problems(tree)


def test_a_displayed_equation_that_is_not_the_next_thing_is_not_the_labels_own(tmp_path: Path) -> None:
    text = "(eq-3)=\nSome words.\n\n$$ a \\tag{3} $$"
    (tmp_path / "c.ipynb").write_text(json.dumps({"cells": [{"cell_type": "markdown", "source": [text]}]}))
    labels, loose = read_labels(tmp_path / "c.ipynb", "c")
    assert [(label.number, label.tag) for label in labels] == [(3, None)]
    assert loose == [3]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Equation (7): a sum.", [7]),
        ("Loss and gradient: Equations (5) to (8), corrected.", [5, 6, 7, 8]),
        ("Equations (1)–(3) for all t, and more (9).", [1, 2, 3]),
        ("Equations (13), (14), (15), and the biases.", [13, 14, 15]),
        ("by step: Equations (11) and (12).", [11, 12]),
        ("as in (7)", []),
    ],
)
def test_the_numbers_in_a_docstring(text: str, numbers: list[int]) -> None:
    assert named_numbers(text) == numbers


def test_only_public_functions_and_their_summaries_count(tmp_path: Path) -> None:
    package = tmp_path / "rnn_core"
    package.mkdir()
    private = 'def _private():\n    """Equation (1)."""\n'
    public = 'def public():\n    """What.\n\n    Equation (2).\n    """\n'
    source = private + public
    (package / "equations.py").write_text(source)
    assert read_functions(package) == []


def test_a_helper_that_the_module_does_not_export_does_not_count(tmp_path: Path) -> None:
    package = tmp_path / "rnn_core"
    package.mkdir()
    functions = [f'def f{n}():\n    """Equation ({n})."""\n' for n in (1, 2, 3)]
    (package / "some.py").write_text("\n".join(['__all__ = ["f1", "f3"]', *functions]))
    assert [found.number for found in read_functions(package)] == [1, 3]


def test_tests_in_classes_and_with_several_marks_are_read(tmp_path: Path) -> None:
    marks = "    @pytest.mark.equation(4)\n    @pytest.mark.equation(5)\n"
    source = f"class TestIt:\n{marks}    def test_a(self): ...\n"
    (tmp_path / "test_x.py").write_text(source)
    found = read_tests(tmp_path, tmp_path)
    assert [(t.number, t.path, t.name) for t in found] == [
        (4, "test_x.py", "TestIt::test_a"),
        (5, "test_x.py", "TestIt::test_a"),
    ]
    assert found[0].source.startswith("    @pytest.mark.equation(4)")


def test_the_page_has_a_row_for_each_equation_with_its_links(tree: Path) -> None:
    text = concordance.page(concordance.read_marks(tree))
    row = next(line for line in text.splitlines() if line.startswith("| (7) |"))
    assert "[6](#eq-7)" in row
    assert "{py:func}`f7 <rnn_core.equations.f7>`" in row
    assert "{py:func}`fast <rnn_core.engine.fast>`" in row
    assert "[test_<wbr>7](#tests-of-7)" in row
    assert "| (12) | not yet |" in text
    assert "tests/test_all.py::test_7" in text


def test_the_books_own_marks_agree() -> None:
    assert problems(ROOT) == []
