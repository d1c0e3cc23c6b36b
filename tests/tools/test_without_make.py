"""What nox runs where there is no make is what make runs."""

import ast
import re
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
NOXFILE = (ROOT / "noxfile.py").read_text(encoding="utf-8")


def constant(name):
    for node in ast.parse(NOXFILE).body:
        if isinstance(node, ast.Assign) and node.targets[0].id == name:
            return ast.literal_eval(node.value)
    raise AssertionError(name)


COMMANDS = constant("COMMANDS")
# Where the Makefile names the file that a target makes, and not the target.
RULES = {"widgets": "$(BUNDLE)", "live": "$(LIVE)"}


def recipe(target):
    """The programs of the environment that a rule runs, with the settings' values."""
    name = re.escape(RULES.get(target, target))
    lines = re.search(rf"^{name}:.*\n((?:\t.*\n)+)", MAKEFILE, re.M)[1].replace("\\\n", "").splitlines()
    values = {"$(NODE)": "node", "$(BIN)/": "", "$(PORT)": "8000", "$(@D)": "_build/live"}
    found = []
    for line in lines:
        line = line.strip().removeprefix("@")
        if line.startswith(("$(BIN)/", "$(NODE)")):
            for old, new in values.items():
                line = line.replace(old, new)
            found.append(" ".join(line.split()))
    return found


@pytest.mark.parametrize("target", COMMANDS)
def test_nox_runs_the_lines_of_make(target):
    assert COMMANDS[target] == recipe(target)


def test_the_environment_is_that_of_make():
    exported = dict(re.findall(r"^export (\w+) \??:= (.*)$", MAKEFILE, re.M))
    assert len(exported) > 8
    for name, value in exported.items():
        place = value.removeprefix("$(OWN)/")
        assert re.search(rf'"{name}": "{re.escape(place)}"', NOXFILE), name


def test_a_session_for_each_list_of_commands_and_in_the_readme():
    sessions = set(re.findall(r"^def (\w+)\(session: nox", NOXFILE, re.M)) | set(
        re.findall(r'^plain\("([\w-]+)"', NOXFILE, re.M)
    )
    assert set(COMMANDS) - {"live"} <= sessions
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    named = set(re.findall(r"nox --session ([\w-]+)", readme))
    assert {"book", "core"} <= named <= sessions


def test_the_core_asks_for_what_its_tests_import():
    install = re.search(r"session\.install\((.*)\)", NOXFILE)[1]
    asked = set(re.findall(r'"([\w-]+)', install))
    test = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["optional-dependencies"]["test"]
    assert asked - {"numpy", "tqdm"} <= {re.match(r"[\w-]+", name)[0] for name in test}
    modules = set()
    for path in (ROOT / "tests" / "core").glob("*.py"):
        modules |= set(re.findall(r"^(?:import|from) (\w+)", path.read_text(), re.M))
    others = {name for name in modules if name not in sys.stdlib_module_names and name != "rnn_core"}
    assert others <= {name.replace("-", "_") for name in asked}, others
