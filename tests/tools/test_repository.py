"""What the repository says of itself: commands, locks, stored notebooks."""

import ast
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from rnn_exercises import all_exercises
from rnn_exercises.kinds import Code

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
CHAPTERS = [path for path in NOTEBOOKS if "_study_" not in path.stem]


def targets():
    return set(re.findall(r"^([a-z][a-z-]*):", (ROOT / "Makefile").read_text(), re.M))


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "benchmarks/README.md", "book/welcome.md"])
def test_every_command_that_is_named_exists(name):
    text = (ROOT / name).read_text()
    named = {a or b for a, b in re.findall(r"`make ([a-z-]+)|^\s*make ([a-z-]+)", text, re.M)}
    assert named <= targets(), named - targets()


def test_the_readmes_picture_is_there_moves_and_is_small():
    (name,) = re.findall(r"^!\[[^\]]{80,}\]\((.+)\)$", (ROOT / "README.md").read_text(), re.M)
    assert name in (ROOT / "tools" / "moving_picture.py").read_text()
    assert (ROOT / name).stat().st_size <= 2_000_000
    with Image.open(ROOT / name) as picture:
        assert picture.n_frames > 50


def test_ci_runs_the_readmes_test_command():
    readme = (ROOT / "README.md").read_text()
    last = (ROOT / ".ci" / "run").read_text().strip().splitlines()[-1]
    assert last == "make test"
    assert re.search(rf"^{last}\b", readme, re.M)


def test_the_python_lock_pins_every_package_by_version_and_hash_and_names_no_host():
    text = (ROOT / "requirements.txt").read_text()
    lines = [line for line in text.replace("\\\n", "").splitlines() if not re.match(r"\s*#|$", line)]
    assert len(lines) > 50
    for line in lines:
        package, *hashes = re.split(r" +--hash=", line.strip())
        assert re.fullmatch(r"[a-z0-9._-]+(\[[a-z,]+\])?==[^\s;]+( ; .+)?", package.strip()), line
        assert hashes, line
        assert all(re.fullmatch(r"sha256:[0-9a-f]{64} *", one) for one in hashes), line


def test_the_benchmarks_are_bound_by_the_locks_versions_alone():
    makefile = (ROOT / "Makefile").read_text()
    script = [
        word
        for word in re.search(r"@sed (.*) \$\(LOCK\)", makefile)[1].replace("$$", "$").split("'")
        if "/" in word
    ]
    command = ["sed", *(part for one in script for part in ("-e", one)), "requirements.txt"]
    bounds = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    lines = [line for line in bounds.splitlines() if not re.match(r"\s*#|$", line)]
    assert len(lines) > 50
    assert not [line for line in lines if "--hash" in line or "\\" in line]


def test_the_javascript_lock_pins_hashes_and_names_no_host():
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    wanted = json.loads((ROOT / "package.json").read_text())["devDependencies"]
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in wanted.values())
    for path, package in packages.items():
        assert "resolved" not in package, path
        assert not path or package["integrity"].startswith("sha512-"), path


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_stored_notebook_is_run_normalised_and_described(path):
    notebook = json.loads(path.read_text())
    assert set(notebook["metadata"]) == {"kernelspec", "language_info"}
    code = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    exempt = 0
    for number, cell in enumerate(code, start=1):
        where = f"code cell {number}: {''.join(cell['source'])[:60]!r}"
        assert cell["execution_count"] == number, f"not run in order: {where}"
        exempt += bool({"nbval-ignore-output", "nbval-skip"} & set(cell["metadata"].get("tags", [])))
        exempt += any(marker in "".join(cell["source"]) for marker in ("NBVAL_IGNORE_OUTPUT", "NBVAL_SKIP"))
        for output in cell["outputs"]:
            assert output["output_type"] != "error", where
            if "image/png" in output.get("data", {}):
                alt = cell["metadata"].get("mystnb", {}).get("image", {}).get("alt", "")
                assert len(alt) > 40, f"no alternative text that says what is seen: {where}"
    assert exempt <= len(code) / 10


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_chapter_has_five_exercises_with_solutions_that_assert(path):
    cells = json.loads(path.read_text())["cells"]
    sources = ["".join(cell["source"]) for cell in cells]
    exercises = set(re.findall(r"\{exercise(?:-start)?\}.*?\n:label: ([\w-]+)", "\n".join(sources)))
    assert len(exercises) >= 5 or path not in CHAPTERS
    solved, current = {}, None
    for cell, source in zip(cells, sources, strict=True):
        if current and cell["cell_type"] == "code":
            solved[current] = solved.get(current, False) or any(
                isinstance(node, ast.Assert)
                or (isinstance(node, ast.Call) and getattr(node.func, "id", "") in {"agree", "check"})
                for node in ast.walk(ast.parse(source))
            )
        # One Markdown cell may end a solution and start the next: the last gate decides.
        for gate, label in re.findall(r"\{solution-(start|end)\} ?([\w-]*)", source):
            current = label if gate == "start" else None
    # A program that is asked for is run by tests/exercises/test_programs.py.
    programs = {each.label for each in all_exercises() if any(isinstance(q, Code) for q in each.questions)}
    assert exercises - programs <= {name for name, asserts in solved.items() if asserts} <= exercises


def test_every_exercise_that_lecturers_are_pointed_to_is_in_that_chapter():
    page = (ROOT / "book" / "lecturers.md").read_text()
    homework = re.findall(r"exercises\]\(\.\./(notebooks/\w+\.ipynb)\)\n: (.*)", page)
    assert len(homework) == len(CHAPTERS)
    for path, advice in homework:
        cells = json.loads((ROOT / path).read_text())["cells"]
        titles = re.findall(r"\{exercise(?:-start)?\} (.*)", "\n".join("".join(c["source"]) for c in cells))
        named = re.findall(r"\*(.+?)\*", advice)
        assert len(named) >= 2
        for name in named:
            assert any(title.startswith(f"{name} (") or title == name for title in titles), (path, name)


def test_the_core_imports_numpy_and_the_standard_library_alone():
    allowed = {"numpy", "tqdm"}
    for path in sorted((ROOT / "src" / "rnn_core").rglob("*.py")):
        tree = ast.parse(path.read_text())
        for node in ast.walk(tree):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and not node.level:
                names = [node.module]
            for name in names:
                top = name.split(".")[0]
                assert top in allowed or top in sys.stdlib_module_names, f"{path.name}: {name}"
                lazy = node not in tree.body
                assert top != "tqdm" or lazy, f"{path.name} imports tqdm when it is itself imported"


def test_the_api_pages_list_every_public_module():
    pages = "\n".join(path.read_text() for path in (ROOT / "book").glob("api*.md"))
    listed = re.findall(r"automodule:: (\S+)\n   :members:", pages)
    assert len(listed) == len(set(listed))
    source = ROOT / "src"
    for path in sorted((source / "rnn_core").rglob("[!_]*.py")):
        module = ".".join(path.relative_to(source).with_suffix("").parts)
        package = module.rpartition(".")[0]  # one that exports the names of its modules may stand for them
        assert module in listed or package in listed, module


def test_the_readmes_example_runs():
    example = re.search(r"```python\n(.*?)```", (ROOT / "README.md").read_text(), re.S).group(1)
    scope = {}
    exec(example, scope)
    assert 0.0 < scope["loss"] < 100.0
