"""What the explorers say, in all their settings: every sentence is held against what is true there.

The settings are a grid over all controls and 1000 more at random, 10 000 in the thorough run. What is true is
computed in an explorer's truth.py, the sentences are those of its JavaScript, and the Python side must say
the same.

An untrue condition is looked for in some of the settings first, and in all of them only where it is not found
there. The tests of one explorer stay with one process (see conftest), which computes its sweep once.
"""

import json
from typing import Any, NamedTuple

import numpy as np
import pytest
from claims import UntrueError
from javascript import EXPLORERS, HERE, copy_modules, room, run_node

NAMES = sorted(path.parent.name for path in HERE.glob("*/truth.py"))
ALL, SOME = slice(None), slice(None, None, 17)


class Sweep(NamedTuple):
    """All settings of an explorer, what is true there, what is said; sweep.mjs finds them in the folder."""

    truth: Any
    settings: list
    facts: list
    measured: list
    said: list
    folder: Any


def run_sweep(task, explorer, folder, modules=EXPLORERS):
    result = run_node(str(HERE / "sweep.mjs"), task, explorer, str(folder), RNN_FRONTEND=str(modules))
    assert result.returncode == 0, result.stdout + result.stderr


def read(folder, name):
    return json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))


def write(folder, **parts):
    for name, part in parts.items():
        (folder / f"{name}.json").write_text(json.dumps(part), encoding="utf-8")


@pytest.fixture(scope="module", params=NAMES)
def explorer(request):
    return request.param


@pytest.fixture(scope="module")
def sweeps(tmp_path_factory, thorough):
    """Return a function: the name of an explorer -> its sweep."""
    known = {}

    def sweep(explorer):
        if explorer not in known:
            folder = tmp_path_factory.mktemp(explorer)
            known[explorer] = make_sweep(explorer, folder, 10_000 if thorough else 1000)
        return known[explorer]

    return sweep


def make_sweep(explorer, folder, at_random):
    truth = room(explorer, "truth")
    settings, carried = truth.settings(at_random, np.random.default_rng(3)), truth.carried()
    write(folder, settings={"settings": settings, "carried": carried})
    run_sweep("measure", explorer, folder)
    run_sweep("say", explorer, folder)
    measured = read(folder, "measured")
    facts = list(truth.facts(settings, carried, measured))
    otherwise = [i for i, numbers in enumerate(measured) if not truth.agrees(facts[i], numbers)]
    assert len(otherwise) <= truth.OTHERWISE * len(settings), f"{len(otherwise)} of {len(settings)}"
    truth.assert_sensitive([settings[i] for i in otherwise], [facts[i] for i in otherwise], carried)
    for i in otherwise:
        facts[i] = truth.as_measured(facts[i], measured[i])
    (folder / "some").mkdir()
    write(folder / "some", settings={"settings": settings[SOME], "carried": carried}, measured=measured[SOME])
    return Sweep(truth, settings, facts, measured, read(folder, "said"), folder)


def assert_true(sweep, said):
    """Hold words against the facts; `said` has pairs of the number of a setting and its words."""
    for i, words in said:
        try:
            sweep.truth.check(sweep.settings[i], sweep.facts[i], words)
        except UntrueError as error:
            at = f"at {sweep.settings[i]}\n  it says: {words}\n  it is: {sweep.facts[i]}"
            raise UntrueError(f"{error}\n  {at}") from None
        except (AttributeError, TypeError, ValueError) as error:
            raise AssertionError(f"not understood at {sweep.settings[i]}: {words}") from error


def test_every_sentence_is_true(explorer, sweeps):
    sweep = sweeps(explorer)
    assert len(sweep.said) == len(sweep.settings) == len(sweep.facts)
    assert_true(sweep, enumerate(sweep.said))


@pytest.mark.parametrize("explorer", [name for name in NAMES if hasattr(room(name, "truth"), "python_words")])
def test_python_says_the_same(explorer, sweeps):
    sweep = sweeps(explorer)
    for each, numbers, said in zip(sweep.settings, sweep.measured, sweep.said, strict=True):
        mine = sweep.truth.python_words(each, numbers)
        assert mine == {name: said[name] for name in mine}, each


MUTANTS = {name: room(name, "mutants").MUTANTS for name in NAMES}
CASES = [(explorer, name) for explorer, faults in MUTANTS.items() for name in faults]


@pytest.mark.parametrize(("name", "fault"), CASES, ids=[f"{name}: {fault}" for name, fault in CASES])
def test_untrue_condition_is_found(name, fault, sweeps, tmp_path):
    sweep = sweeps(name)
    module, original, replacement = MUTANTS[name][fault]
    copy_modules([*(EXPLORERS / name).glob("*.js"), *(EXPLORERS / "kit").glob("*.js")], tmp_path)
    path = tmp_path / f"{module}.js"
    source = path.read_text(encoding="utf-8")
    assert source.count(original) == 1
    path.write_text(source.replace(original, replacement), encoding="utf-8")
    for place, which in ((sweep.folder / "some", SOME), (sweep.folder, ALL)):
        folder = tmp_path / place.name
        folder.mkdir()
        for data in ("settings.json", "measured.json"):
            (folder / data).symlink_to(place / data)
        run_sweep("say", name, folder, tmp_path)
        said = zip(range(len(sweep.said))[which], read(folder, "said"), strict=True)
        try:  # what is said without the fault is true: the test above
            assert_true(sweep, [(i, words) for i, words in said if words != sweep.said[i]])
        except UntrueError:
            return
    pytest.fail("the fault was not found")
