"""What is left to the thorough run are further cases: each question is asked of some case by `make test`."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# Left out as wholes: each is a run of minutes, and asks of other chapters, or in Firefox, what its
# neighbour asks.
WHOLES = {
    "tests/live/test_chapters.py::test_another_chapter_gives_what_is_stored",
    "tests/live/test_code_exercises.py::test_every_function_is_judged_on_its_page",
    "tests/live/test_explorers_firefox.py",
    "tests/live/test_firefox.py",
    "tests/live/test_lab.py",
    "tests/live/test_offline_firefox.py",
    "tests/live/test_policy_firefox.py",
    "tests/live/test_zip_firefox.py",
}


def is_marked(node):
    return any(isinstance(each, ast.Attribute) and each.attr == "thorough" for each in ast.walk(node))


def left_out(tree, name):
    """The tests, or modules, that are left out as wholes; a list of cases must have one that is not."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "pytestmark" and is_marked(node):
            yield name
        elif isinstance(node, ast.FunctionDef):
            for mark in node.decorator_list:
                if isinstance(mark, ast.Attribute) and mark.attr == "thorough":
                    yield f"{name}::{node.name}"
        elif isinstance(node, ast.List) and node.elts and all(map(is_marked, node.elts)):
            yield f"{name}: {ast.unparse(node)}"


def test_only_further_cases_are_left_out():
    found = set()
    for path in sorted((ROOT / "tests").rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        found |= set(left_out(tree, path.relative_to(ROOT).as_posix()))
    assert found == WHOLES


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("@pytest.mark.thorough\ndef test_a(): pass", {"x::test_a"}),
        ("pytestmark = [pytest.mark.browser, pytest.mark.thorough]", {"x"}),
        (
            "FORMS = [pytest.param(1, marks=pytest.mark.thorough)]",
            {"x: [pytest.param(1, marks=pytest.mark.thorough)]"},
        ),
        ("FORMS = [2, pytest.param(1, marks=pytest.mark.thorough)]", set()),
    ],
)
def test_a_question_that_is_left_out_is_found(source, expected):
    assert set(left_out(ast.parse(source), "x")) == expected


CASES = """import pytest
@pytest.mark.parametrize("x", [1, pytest.param(2, marks=pytest.mark.thorough)])
def test_it(x, thorough):
    assert thorough or x == 1
"""


@pytest.mark.parametrize(("value", "passed"), [("", "1 passed, 1 deselected"), ("1", "2 passed")])
def test_the_variable_decides(tmp_path, monkeypatch, value, passed):
    monkeypatch.setenv("RNN_BOOK_THOROUGH", value)
    (tmp_path / "conftest.py").write_text((ROOT / "tests" / "conftest.py").read_text(encoding="utf-8"))
    (tmp_path / "pytest.ini").write_text("[pytest]\nmarkers = thorough\n")
    (tmp_path / "test_it.py").write_text(CASES)
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-q", "."]
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert passed in run.stdout, run.stdout + run.stderr
