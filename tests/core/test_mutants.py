"""The tests can fail: each deliberate error in the mathematics is caught by the test that is named beside it.

A mutant is the whole package, copied under a name of its own with one snippet replaced; the test is the very
function that pytest runs on the real package, called with the copy.
"""

import importlib
import importlib.util
import inspect
import shutil
import sys
import uuid
from pathlib import Path

import numpy as np
import pytest

import rnn_core

from .mutant import Mutant

SOURCE = Path(rnn_core.__file__).parent
MUTANTS: list[Mutant] = [
    mutant
    for path in sorted(Path(__file__).parent.glob("mutants*.py"))
    for mutant in importlib.import_module(f".{path.stem}", __package__).MUTANTS
]


@pytest.fixture
def load(tmp_path):
    """Return a function that copies the package, replaces a snippet and imports the copy; clean up after."""
    name = f"mutant_{uuid.uuid4().hex}"

    def copy_and_import(file=None, right="", wrong=""):
        package = tmp_path / name
        shutil.copytree(SOURCE, package, ignore=shutil.ignore_patterns("__pycache__"))
        if file is not None:
            path = package / file
            text = path.read_text(encoding="utf-8")
            assert text.count(right) == 1, f"{file} must hold {right!r} once, not {text.count(right)} times"
            path.write_text(text.replace(right, wrong), encoding="utf-8")
        spec = importlib.util.spec_from_file_location(name, package / "__init__.py")
        module = importlib.util.module_from_spec(spec)
        sys.modules[name] = module
        spec.loader.exec_module(module)
        return module

    yield copy_and_import
    for loaded in [key for key in sys.modules if key.split(".")[0] == name]:
        del sys.modules[loaded]


def _call(test, core, arguments, folder):
    """Call the test that is named module.function; one that writes files gets an empty folder."""
    module, function = test.split(".")
    call = getattr(importlib.import_module(f".{module}", __package__), function)
    if "tmp_path" in inspect.signature(call).parameters:
        arguments = arguments | {"tmp_path": folder / uuid.uuid4().hex}
        arguments["tmp_path"].mkdir()
    call(core=core, **arguments)


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: f"{mutant.file[:-3]}: {mutant.name}")
def test_the_mutant_is_caught(load, mutant, tmp_path):
    core = load(mutant.file, mutant.right, mutant.wrong)
    with np.errstate(all="ignore"), pytest.raises(AssertionError):
        _call(mutant.test, core, mutant.arguments, tmp_path)


def test_the_copy_without_a_mutation_passes_the_same_tests(load, tmp_path):
    core = load()
    assert core is not rnn_core
    calls = {(m.test, repr(m.arguments)): m.arguments for m in MUTANTS}
    for (test, _), arguments in calls.items():
        _call(test, core, arguments, tmp_path)


def test_every_mutant_has_its_own_name():
    names = [(mutant.file, mutant.name) for mutant in MUTANTS]
    assert len(set(names)) == len(names)
