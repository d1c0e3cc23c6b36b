"""Change `rnn_core` in every small way and see whether a test notices: mutation testing of chosen modules.

Usage: python tools/mutants.py MODULE ...      such as grammar, or gated/lstm

mutmut does it, on a copy in _build/mutants. What survives must be in tests/core/survivors.toml, with a
reason; a survivor without one is an error, and so is a reason for what is noticed by now.
"""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
WORK = ROOT / "_build" / "mutants"
REASONS = ROOT / "tests" / "core" / "survivors.toml"
# It starts other processes, which know nothing of the change.
APART = "tests/core/test_checkpoint.py::test_a_loadable_checkpoint_is_there_after_each_of_fifty_kills"
SETTINGS = """
[tool.mutmut]
source_paths = ["src/rnn_core"]
only_mutate = {files}
pytest_add_cli_args_test_selection = ["tests/core"]
pytest_add_cli_args = ["-p", "no:cacheprovider", "--deselect", "{apart}"]
also_copy = ["experiments"]
use_git_change_detection = false

[tool.pytest.ini_options]
markers = ["equation(n): the test of equation (n) of the report"]
"""


class Survivor(tuple[str, str, str]):
    """A change that no test noticed: function, line before, line after."""

    __slots__ = ()


def prepare(modules: Iterable[str]) -> None:
    """Copy the package and its tests, without the mutants written by hand, which are another copy's."""
    files = [f"src/rnn_core/{module}.py" for module in modules]
    for file in files:
        if not (ROOT / file).is_file():
            raise SystemExit(f"There is no {file}.")
    shutil.rmtree(WORK, ignore_errors=True)
    skip = shutil.ignore_patterns("__pycache__", "mutants*.py", "test_mutants.py")
    shutil.copytree(ROOT / "src" / "rnn_core", WORK / "src" / "rnn_core", ignore=skip)
    shutil.copytree(ROOT / "tests" / "core", WORK / "tests" / "core", ignore=skip)
    (WORK / "experiments").mkdir()
    for path in (ROOT / "experiments").glob("*.npz"):
        shutil.copy(path, WORK / "experiments")
    text = SETTINGS.format(files=files, apart=APART).replace("'", '"')
    (WORK / "pyproject.toml").write_text(text, encoding="utf-8")


def mutmut(*arguments: str) -> str:
    """Run mutmut in the copy and return what it printed."""
    program = str(Path(sys.executable).parent / "mutmut")
    environment = os.environ | {"OPENBLAS_NUM_THREADS": "1"}
    ended = subprocess.run(
        [program, *arguments], cwd=WORK, env=environment, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    )
    if ended.returncode:
        raise SystemExit(
            f"{ended.stdout[-3000:]}\nmutmut {' '.join(arguments)} ended with {ended.returncode}"
        )
    return ended.stdout


def counts(progress: str) -> tuple[int, int]:
    """Return how many changes there were and how many were noticed, from the last line of progress."""
    found = re.findall(r"(\d+)/(\d+)  \N{PARTY POPPER} (\d+)", progress)
    if not found:
        raise SystemExit(f"{progress[-3000:]}\nmutmut tried nothing")
    _, total, killed = found[-1]
    return int(total), int(killed)


def survivor(name: str, difference: str) -> Survivor:
    """Return a survivor by what it changes: names are numbers, which shift with every edit."""
    lines = re.findall(r"^([-+])(?![-+])(.*)$", difference, re.MULTILINE)
    before, after = ("\n".join(line.strip() for sign, line in lines if sign == which) for which in "-+")
    function = re.sub(r"^rnn_core\.|\bx_|__mutmut_\d+$", "", name).replace("xǁ", "").replace("ǁ", ".")
    return Survivor((function, before, after))


def reasons(modules: Iterable[str], path: Path = REASONS) -> dict[Survivor, str]:
    """Return the survivors of these modules that somebody has looked at, and why they do."""
    known = tomllib.loads(path.read_text(encoding="utf-8"))["survivor"]
    prefixes = tuple(module.replace("/", ".") + "." for module in modules)
    found = {Survivor((s["function"], s["before"], s["after"])): s["reason"] for s in known}
    return {key: reason for key, reason in found.items() if key[0].startswith(prefixes)}


def compare(alive: Iterable[Survivor], known: Iterable[Survivor]) -> list[str]:
    """Return what is wrong: survivors without a reason, and reasons without a survivor."""
    alive, known = set(alive), set(known)
    new = [f"survived without a reason: {f}\n  - {b}\n  + {a}" for f, b, a in sorted(alive - known)]
    return new + [f"noticed by now, or gone: {f}\n  - {b}\n  + {a}" for f, b, a in sorted(known - alive)]


def main(modules: list[str]) -> int:
    """Return the exit code."""
    if not modules:
        print(__doc__, file=sys.stderr)
        return 2
    prepare(modules)
    total, killed = counts(mutmut("run"))
    names = re.findall(r"^\s*(\S+): survived$", mutmut("results"), re.MULTILINE)
    alive = [survivor(name, mutmut("show", name)) for name in names]
    known = reasons(modules)
    wrong = compare(alive, known)
    print("\n".join(wrong))
    equivalent = len(set(alive) & set(known))
    share = killed / max(1, total - equivalent)
    print(
        f"{total} changes, {killed} noticed: {share:.1%} of all but {equivalent} that survive with a reason"
    )
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
