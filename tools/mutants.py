"""Change `rnn_core` in every small way and see whether a test notices: mutation testing.

Usage: python tools/mutants.py [MODULE ...]    such as grammar, or gated/lstm; all, if none is named

mutmut does it, one module after the other, each on a copy in _build/mutants. What survives must be in
tests/core/survivors, with a reason; a survivor without one is an error, and so is a reason for what is
noticed by now. Which tests a module must be held by stands in its _modules.toml; all, if it is not named.
"""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
WORK = ROOT / "_build" / "mutants"
REASONS = ROOT / "tests" / "core" / "survivors"
MODULES = REASONS / "_modules.toml"
# mutmut, which collects the tests once.
FORKED = ROOT / "tools" / "mutants_forked.py"
# It starts other processes, which know nothing of the change.
APART = "tests/core/test_checkpoint.py::test_a_loadable_checkpoint_is_there_after_each_of_fifty_kills"
SETTINGS = """
[tool.mutmut]
source_paths = ["src/rnn_core"]
only_mutate = {files}
pytest_add_cli_args_test_selection = {tests}
pytest_add_cli_args = ["-p", "no:cacheprovider", "--deselect", "{apart}"]
also_copy = ["experiments"]
use_git_change_detection = false
"""
# mutmut's own command shows one change, and takes a second for it.
SHOW = """
import sys
from mutmut.mutation.diff_apply import get_diff_for_mutant
for name in sys.argv[1:]:
    print(f"=== {name}", get_diff_for_mutant(name), sep="\\n")
"""

# The quickest tests first: most changes are noticed by any of them.
QUICKEST_FIRST = """
import json
from pathlib import Path


def pytest_collection_modifyitems(items):
    stats = Path("mutmut-stats.json")
    if stats.is_file():
        seconds = json.loads(stats.read_text(encoding="utf-8"))["duration_by_test"]
        items.sort(key=lambda item: seconds.get(item.nodeid, 0.0))
"""

# What a slow oracle has said once, while no change was made, it need not compute for each change.
REMEMBER_ORACLES = """
import pickle

from core import oracles_gated

MEMORY = Path("oracles.pickle")


def pytest_sessionstart():
    if MEMORY.is_file():
        oracles_gated.REMEMBERED |= pickle.loads(MEMORY.read_bytes())


def pytest_sessionfinish():
    if oracles_gated.REMEMBERED and not MEMORY.is_file():
        MEMORY.write_bytes(pickle.dumps(oracles_gated.REMEMBERED))
"""


class Survivor(tuple[str, str, str]):
    """A change that no test noticed: function, line before, line after."""

    __slots__ = ()


def held_by(module: str, path: Path = MODULES) -> list[str]:
    """Return the tests that must notice each change of a module."""
    files = tomllib.loads(path.read_text(encoding="utf-8"))["tests"].get(module, [])
    return [f"tests/core/{file}" for file in files] or ["tests/core"]


def prepare(module: str) -> Path:
    """Copy the package and its tests, without the mutants written by hand, which are another copy's."""
    work = WORK / module
    file = f"src/rnn_core/{module}.py"
    if not (ROOT / file).is_file():
        raise SystemExit(f"There is no {file}.")
    shutil.rmtree(work, ignore_errors=True)
    skip = shutil.ignore_patterns("__pycache__", "mutants*.py", "test_mutants.py")
    shutil.copytree(ROOT / "src" / "rnn_core", work / "src" / "rnn_core", ignore=skip)
    shutil.copytree(ROOT / "tests" / "core", work / "tests" / "core", ignore=skip)
    (work / "experiments").mkdir()
    for path in (ROOT / "experiments").glob("*.npz"):
        shutil.copy(path, work / "experiments")
    (work / "tests" / "conftest.py").write_text(QUICKEST_FIRST + REMEMBER_ORACLES, encoding="utf-8")
    # The tests' own settings: there a warning is an error.
    own = re.search(
        r"^\[tool\.pytest\.ini_options\]\n(?:(?!\[).*\n)*",
        (ROOT / "pyproject.toml").read_text(encoding="utf-8"),
        re.MULTILINE,
    )
    text = own[0] if own else ""
    text += SETTINGS.format(files=[file], tests=held_by(module), apart=APART).replace("'", '"')
    (work / "pyproject.toml").write_text(text, encoding="utf-8")
    return work


def every_module() -> list[str]:
    """Return the names of all modules that have something to change."""
    core = ROOT / "src" / "rnn_core"
    paths = [path.relative_to(core) for path in core.rglob("*.py") if path.stem != "__init__"]
    return sorted(path.with_suffix("").as_posix() for path in paths)


def within(work: Path, *command: str) -> str:
    """Run Python in the copy and return what it printed."""
    ended = subprocess.run(
        [sys.executable, *command],
        cwd=work,
        env=os.environ | {"OPENBLAS_NUM_THREADS": "1"},
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    if ended.returncode:
        raise SystemExit(f"{ended.stdout[-3000:]}\n{' '.join(command[:3])} ended with {ended.returncode}")
    return ended.stdout


def outcomes(results: str) -> dict[str, str]:
    """Return what became of each change, from mutmut's list of them all."""
    found = dict(re.findall(r"^\s*(\S+__mutmut_\d+): (.+)$", results, re.MULTILINE))
    if not found:
        raise SystemExit(f"{results[-3000:]}\nmutmut tried nothing")
    return found


def survivor(name: str, difference: str) -> Survivor:
    """Return a survivor by what it changes: names are numbers, which shift with every edit."""
    lines = re.findall(r"^([-+])(?![-+])(.*)$", difference, re.MULTILINE)
    before, after = ("\n".join(line.strip() for sign, line in lines if sign == which) for which in "-+")
    function = re.sub(r"^rnn_core\.|\bx_|__mutmut_\d+$", "", name).replace("xǁ", "").replace("ǁ", ".")
    return Survivor((function, before, after))


def entries(module: str, folder: Path = REASONS) -> list[dict[str, Any]]:
    """Return the entries of the file of a module; those of a folder, as in gated/lstm, have one together."""
    path = folder / f"{module.partition('/')[0]}.toml"
    if not path.is_file():
        return []
    found: list[dict[str, Any]] = tomllib.loads(path.read_text(encoding="utf-8"))["survivor"]
    return found


def reasons(module: str, folder: Path = REASONS) -> dict[Survivor, str]:
    """Return the survivors of a module that somebody has looked at, and why they do."""
    found = {}
    for known in entries(module, folder):
        if known["function"].startswith(module.replace("/", ".") + "."):
            for after in [known["after"]] if isinstance(known["after"], str) else known["after"]:
                found[Survivor((known["function"], known["before"], after))] = known["reason"]
    return found


def kinds(module: str, path: Path = MODULES) -> list[tuple[str, str]]:
    """Return what makes no difference wherever it is done: a part of a line, and what it becomes."""
    return [
        (kind["part"], becomes)
        for kind in tomllib.loads(path.read_text(encoding="utf-8")).get("kind", [])
        for becomes in kind["becomes"]
        if module in kind["modules"]
    ]


def is_of_a_kind(change: Survivor, parts: Iterable[tuple[str, str]]) -> bool:
    """Return whether a change is one of those that make no difference wherever they are made."""
    _, before, after = change
    return any(
        after == before[: place.start()] + becomes + before[place.end() :]
        for part, becomes in parts
        for place in re.finditer(re.escape(part), before)
    )


def compare(alive: Iterable[Survivor], known: Iterable[Survivor]) -> list[str]:
    """Return what is wrong: survivors without a reason, and reasons without a survivor."""
    alive, known = set(alive), set(known)
    new = [f"survived without a reason: {f}\n  - {b}\n  + {a}" for f, b, a in sorted(alive - known)]
    return new + [f"noticed by now, or gone: {f}\n  - {b}\n  + {a}" for f, b, a in sorted(known - alive)]


def attempt(module: str) -> bool:
    """Try all changes of one module, say what came of it, and return whether all is well."""
    work = prepare(module)
    within(work, str(FORKED))
    # A change that makes the program run for ever, or crash, is noticed too.
    became = outcomes(within(work, "-m", "mutmut", "results", "--all", "true"))
    names = [name for name, outcome in became.items() if outcome in ("survived", "no tests", "not checked")]
    shown = within(work, "-c", SHOW, *names).split("=== ")[1:]
    alive = [survivor(*one.split("\n", 1)) for one in shown]
    known = set(reasons(module)) | {change for change in alive if is_of_a_kind(change, kinds(module))}
    wrong = compare(alive, known)
    for line in wrong:
        print(line)
    without = sum(change not in known for change in alive)
    rest = len(became) - len(alive) + without
    print(
        f"{module}: {len(became)} changes, {len(alive) - without} survive with a reason; "
        f"of the others {rest - without} of {rest} noticed, {(rest - without) / max(1, rest):.1%}",
        flush=True,
    )
    return not wrong


def main(modules: list[str]) -> int:
    """Return the exit code."""
    return not all([attempt(module) for module in modules or every_module()])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
